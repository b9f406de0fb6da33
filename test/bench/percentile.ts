/** By nearest rank: the least of the values that a share p of all do not exceed; NaN without any. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil(sorted.length * p) - 1, 0)] ?? Number.NaN;
}
