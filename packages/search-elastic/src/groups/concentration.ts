import { hhiOf, type MergedValues, type Metric, topShareOf } from '@credatlas/model';
import { keywordOf } from '../documentBody.ts';

/** How many documents have each value, and what is only known of the others together. */
export interface ValueCounts {
  counts: readonly (readonly [value: string | number, count: number])[];
  others?: { values: number; count: number };
}

/** What a metric says of counted values; of the others as if they were all of one size. */
export function concentrationOf(
  { counts, others }: ValueCounts,
  metric: Extract<Metric, { kind: 'distinct' | 'hhi' | 'top' }>,
): number | null {
  const known = mergedCounts(counts, metric.merged);
  if (metric.kind === 'distinct') return known.length + (others?.values ?? 0);
  const all = others ? [...known, ...new Array<number>(others.values).fill(others.count / others.values)] : known;
  return (metric.kind === 'hhi' ? hhiOf(all) : topShareOf(all, metric.n)) ?? null;
}

function mergedCounts(counts: ValueCounts['counts'], merged: MergedValues = []): number[] {
  // Long values are held by their hashes.
  const as = new Map(merged.map((pair) => [keywordOf(pair[0]), keywordOf(pair[1])]));
  const sums = new Map<string, number>();
  for (const [value, count] of counts) {
    const key = as.get(String(value)) ?? String(value);
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return [...sums.values()];
}
