import type { TableColumn } from '@credatlas/documents';

/**
 * A column of a table that is made from JSON, called by its path with dots: a value of a row, or of each thing in a list that stands
 * on the path.
 */
export interface Column extends TableColumn {
  path: readonly string[];
  description?: string;
}

export type Scalar = string | number | boolean;

/** The cell of a row: nothing stated is null, never an empty text. Of a list one value, or null, for each thing in it. */
export function cellOf(row: unknown, { path, kind, isList }: Column): Scalar | null | (Scalar | null)[] {
  const found = valueAt(row, path);
  if (kind === 'json') return isEmpty(found) ? null : JSON.stringify(found);
  if (!isList) return scalar(found);
  return Array.isArray(found) ? found.map(scalar) : [];
}

function valueAt(value: unknown, path: readonly string[], from = 0): unknown {
  if (from === path.length || value === null || value === undefined) return value ?? null;
  if (Array.isArray(value)) return value.map((each) => valueAt(each, path, from));
  return valueAt((value as Record<string, unknown>)[path[from]!], path, from + 1);
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.every(isEmpty));
}

function scalar(value: unknown): Scalar | null {
  return value === null || value === undefined ? null : (value as Scalar);
}
