import { compareUtf8 } from '@credatlas/skills';

/** First index whose value is not below `wanted`, in values sorted by UTF-8 bytes. */
export function lowerBound(values: readonly string[], wanted: string): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareUtf8(values[middle] ?? '', wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function indexOf(values: readonly string[], wanted: string): number | undefined {
  const index = lowerBound(values, wanted);
  return values[index] === wanted ? index : undefined;
}
