import type { Credential, SearchableCurrency } from '@credatlas/model';
import { type Measure, measures } from './measures.ts';

export interface MissingValue {
  id: string;
  field: string;
  reason: string;
}

/** A row per measure, those `judged` for the question last, a value per credential in their order; null is missing, with its reason. */
export function comparisonRows(
  credentials: readonly Credential[],
  currency: SearchableCurrency,
  judged: readonly Measure[] = [],
): { rows: { field: string; values: unknown[] }[]; missing: MissingValue[] } {
  const all = [...measures, ...judged];
  const rows = all.map(({ field, read }) => ({
    field,
    values: credentials.map((credential) => read(credential, currency) ?? null),
  }));
  const missing = all.flatMap(({ field, absent }, row) =>
    credentials.flatMap((credential, column) =>
      rows[row]?.values[column] === null ? [{ id: credential.id, field, reason: absent(credential, currency) }] : [],
    ),
  );
  return { rows, missing };
}
