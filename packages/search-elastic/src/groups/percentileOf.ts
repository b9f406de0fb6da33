/** A value and how many documents have it. */
export interface WeightedValue {
  value: number;
  count: number;
}

/** The percentile of interface §4: h = (n − 1)p over all sorted values, linear between floor and ceiling; null without values. */
export function percentileOf(values: readonly WeightedValue[], p: number): number | null {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const n = sorted.reduce((sum, { count }) => sum + count, 0);
  if (n === 0) return null;
  const h = (n - 1) * p;
  const [low, high] = [valueAt(sorted, Math.floor(h)), valueAt(sorted, Math.ceil(h))];
  return low + (high - low) * (h - Math.floor(h));
}

function valueAt(sorted: readonly WeightedValue[], rank: number): number {
  let passed = 0;
  for (const { value, count } of sorted) {
    passed += count;
    if (rank < passed) return value;
  }
  return sorted.at(-1)!.value;
}
