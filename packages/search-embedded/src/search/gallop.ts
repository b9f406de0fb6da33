/** First place in [from, to) whose number is not below `wanted`; `to` when there is none. */
export function gallop(ascending: Uint32Array, given: { from: number; to: number; wanted: number }): number {
  const { to, wanted } = given;
  let low = given.from;
  if (low >= to || ascending[low]! >= wanted) return low;
  let step = 1;
  while (low + step < to && ascending[low + step]! < wanted) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, to);
  low += 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
