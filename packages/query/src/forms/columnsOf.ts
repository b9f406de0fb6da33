import type { z } from 'zod';
import type { Column } from './Column.ts';

interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
}

/** What stands above a value. */
interface Place {
  path: readonly string[];
  isList: boolean;
  description?: string | undefined;
}

/**
 * The columns of a table whose rows have this shape, in its order: objects are taken apart, lists become lists; lists within lists and
 * what has no fixed shape become JSON.
 */
export function columnsOf(schema: z.ZodType, place: Place = { path: [], isList: false }): Column[] {
  const { type, shape, element, innerType } = schema.def as unknown as Definition;
  const here = { ...place, description: schema.description ?? place.description };
  if (innerType) return columnsOf(innerType, here);
  if (shape) {
    const { path, isList } = place;
    return Object.entries(shape).flatMap(([name, inner]) => columnsOf(inner, { path: [...path, name], isList }));
  }
  if (element && !place.isList) return columnsOf(element, { ...here, isList: true });
  return [column(element ? 'json' : kindOf(type, schema), here)];
}

function column(kind: Column['kind'], { path, isList, description }: Place): Column {
  // What is told as JSON is told whole, lists and all.
  return {
    name: path.join('.'),
    path,
    kind,
    isList: isList && kind !== 'json',
    ...(description ? { description } : {}),
  };
}

function kindOf(type: string, schema: z.ZodType): Column['kind'] {
  if (type === 'boolean') return 'boolean';
  if (type === 'number') return (schema as z.ZodNumber).isInt ? 'integer' : 'number';
  if (type !== 'string' && type !== 'enum' && type !== 'literal') return 'json';
  const format = schema.meta()?.format;
  if (format === 'date-time') return 'timestamp';
  return format === 'decimal' ? 'decimal' : 'text';
}
