import { dropped } from '../arrays/mergeTables.ts';
import type { PositionReader } from './postings.ts';
import type { Segment } from './Segment.ts';

/** A segment to be merged: what of it is left. */
export interface MergePart {
  segment: Segment;
  positions: PositionReader;
  /** 1: not to be taken over. */
  deleted: Uint8Array;
}

/** Segments on their way into one. */
export interface Merge {
  parts: readonly MergePart[];
  moved: readonly Uint32Array[];
  size: number;
  /** Of each part: nothing is deleted from it. */
  isWhole: readonly boolean[];
}

/** Which entries of something of each part are used by a live document, as `mark` finds; undefined: all, since nothing is deleted. */
export function usedIn(
  { parts, isWhole }: Merge,
  mark: (segment: Segment, k: number) => Uint8Array,
): (Uint8Array | undefined)[] {
  return parts.map(({ segment }, k) => (isWhole[k] ? undefined : mark(segment, k)));
}

export function eachLive(
  { parts, moved }: Merge,
  visit: (segment: Segment, document: number, target: number) => void,
): void {
  parts.forEach(({ segment }, k) => {
    const own = moved[k]!;
    for (let document = 0; document < own.length; document++)
      if (own[document] !== dropped) visit(segment, document, own[document]!);
  });
}
