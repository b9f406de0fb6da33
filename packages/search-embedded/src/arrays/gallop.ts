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

/** What two ascending lists have in common; the first is the shorter. */
export function inBoth(shorter: Uint32Array, longer: Uint32Array): Uint32Array {
  const both = new Uint32Array(shorter.length);
  let [count, at] = [0, 0];
  for (let index = 0; index < shorter.length; index++) {
    const document = shorter[index]!;
    at = gallop(longer, { from: at, to: longer.length, wanted: document });
    if (at === longer.length) break;
    if (longer[at] === document) both[count++] = document;
  }
  return both.subarray(0, count);
}

/** What is on either of two ascending lists, ascending, each once. */
export function inEither(left: Uint32Array, right: Uint32Array): Uint32Array {
  if (left.length === 0) return right;
  const either = new Uint32Array(left.length + right.length);
  let [count, i, j] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    const a = left[i]!;
    const b = right[j]!;
    either[count++] = Math.min(a, b);
    i += Number(a <= b);
    j += Number(b <= a);
  }
  const rest = i < left.length ? left.subarray(i) : right.subarray(j);
  either.set(rest, count);
  return either.subarray(0, count + rest.length);
}
