import type { Credential, SearchableCurrency } from '@credatlas/model';
import { measures } from './comparedMeasures.ts';

export interface MissingValue {
  id: string;
  field: string;
  reason: string;
}

/** A row per measure, a value per credential in their order; null is missing, with its reason. */
export function comparisonRows(
  credentials: Credential[],
  currency: SearchableCurrency,
): { rows: { field: string; values: unknown[] }[]; missing: MissingValue[] } {
  const rows = measures.map(({ field, read }) => ({
    field,
    values: credentials.map((credential) => read(credential, currency) ?? null),
  }));
  const missing = measures.flatMap(({ field, absent }, row) =>
    credentials.flatMap((credential, column) =>
      rows[row]?.values[column] === null ? [{ id: credential.id, field, reason: absent(credential, currency) }] : [],
    ),
  );
  return { rows, missing };
}
