import type { Segment } from './Segment.ts';

/** The document with this id, deleted or not. */
export function documentOf({ ids, idOrder }: Segment, id: string): number | undefined {
  const wanted = Buffer.from(id);
  let [low, high] = [0, idOrder.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const difference = compare(ids, idOrder[middle]!, wanted);
    if (difference === 0) return idOrder[middle];
    if (difference < 0) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

function compare({ bytes, offsets }: Segment['ids'], document: number, wanted: Uint8Array): number {
  const [from, to] = [offsets[document]!, offsets[document + 1]!];
  for (let at = 0; at < wanted.length; at++) {
    if (from + at === to) return -1;
    const difference = bytes[from + at]! - wanted[at]!;
    if (difference !== 0) return difference;
  }
  return to - from - wanted.length;
}
