import type { SearchCursor, SortKey } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { nearestDistance } from './distance.ts';
import type { SegmentMatches } from './matches.ts';

/** A matching document: segment by position, document by number. */
export interface Ranked {
  match: SegmentMatches;
  document: number;
}

type Compare = (a: Ranked, b: Ranked) => number;

export function idOf({ match, document }: Ranked): string {
  return match.live.segment.ids[document] ?? '';
}

export function scoreOf({ match, document }: Ranked): { isStrict: boolean; score: number } {
  const { scores } = match;
  if (!scores) return { isStrict: true, score: 0 };
  const isStrict = scores.isStrict[document] === 1;
  return { isStrict, score: (isStrict ? scores.strict[document] : scores.expanded?.[document]) ?? 0 };
}

/** Strict hits by score, then the others by evidence; ties by id. */
export const byRelevance: Compare = (a, b) => {
  const [left, right] = [scoreOf(a), scoreOf(b)];
  return Number(right.isStrict) - Number(left.isStrict) || right.score - left.score || compareUtf8(idOf(a), idOf(b));
};

/** Key by key, missing values last in both directions; ties by id. */
export function bySort(sort: readonly SortKey[]): Compare {
  return (a, b) => {
    for (const key of sort) {
      const difference = compareValues(keyValue(a, key), keyValue(b, key), key.descending);
      if (difference !== 0) return difference;
    }
    return compareUtf8(idOf(a), idOf(b));
  };
}

export function sortValues(hit: Ranked, sort: readonly SortKey[]): (number | string | null)[] {
  return sort.map((key) => keyValue(hit, key));
}

function keyValue({ match, document }: Ranked, key: SortKey): number | string | null {
  const { segment } = match.live;
  const { by } = key;
  if (by === 'name') return segment.sortNames[document] || null;
  if (by === 'relevance') return scoreOf({ match, document }).score;
  const value =
    by === 'distance' ? nearestDistance(segment.points[document], key.from) : segment.numbers[by]?.[document];
  return value === undefined || Number.isNaN(value) ? null : value;
}

function compareValues(a: number | string | null, b: number | string | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const difference = typeof a === 'string' && typeof b === 'string' ? compareUtf8(a, b) : Number(a) - Number(b);
  return descending ? -difference : difference;
}

/** True for hits that come after where a page ended. */
export function isAfter(
  cursor: Extract<SearchCursor, { kind: 'keyset' }>,
  sort: readonly SortKey[],
): (hit: Ranked) => boolean {
  return (hit) => {
    for (const [index, key] of sort.entries()) {
      const difference = compareValues(keyValue(hit, key), cursor.values[index] ?? null, key.descending);
      if (difference !== 0) return difference > 0;
    }
    return compareUtf8(idOf(hit), cursor.id) > 0;
  };
}

export function* hitsOf(matches: readonly SegmentMatches[]): Iterable<Ranked> {
  for (const match of matches) {
    for (let document = 0; document < match.all.length; document++) if (match.all[document]) yield { match, document };
  }
}

/** The first `size` in order, by a bounded heap whose root is the last of them. */
export function firstOf(hits: Iterable<Ranked>, size: number, compare: Compare): Ranked[] {
  const heap: Ranked[] = [];
  for (const hit of hits) {
    if (heap.length < size) {
      heap.push(hit);
      siftUp(heap, compare);
    } else if (size > 0 && compare(hit, heap[0]!) < 0) {
      heap[0] = hit;
      siftDown(heap, compare);
    }
  }
  return heap.sort(compare);
}

function siftUp(heap: Ranked[], compare: Compare): void {
  for (let at = heap.length - 1; at > 0; ) {
    const parent = (at - 1) >> 1;
    if (compare(heap[at]!, heap[parent]!) <= 0) return;
    [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
    at = parent;
  }
}

function siftDown(heap: Ranked[], compare: Compare): void {
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    let last = at;
    if (left < heap.length && compare(heap[left]!, heap[last]!) > 0) last = left;
    if (right < heap.length && compare(heap[right]!, heap[last]!) > 0) last = right;
    if (last === at) return;
    [heap[at], heap[last]] = [heap[last]!, heap[at]!];
    at = last;
  }
}
