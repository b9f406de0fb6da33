import { type CountArray, countArray } from '../arrays/arrays.ts';
import type { Matches } from './matches.ts';

/** Values of key k: values[offsets[k] … offsets[k + 1]], never none for a key that occurs. */
export interface Lists {
  offsets: Uint32Array;
  values: Uint32Array;
}

/** The matches of one segment by the groups they fall into. Documents that fall into the same groups share a key. */
export interface Rows {
  match: Matches;
  /** Beside `match.documents`. */
  keys: CountArray;
  /** Matches of each key, where they have been counted. */
  counts?: Uint32Array;
  /** Groups of each key. */
  lists: Lists;
}

export function listsFrom(lists: readonly (readonly number[])[]): Lists {
  const offsets = new Uint32Array(lists.length + 1);
  lists.forEach((list, key) => {
    offsets[key + 1] = offsets[key]! + list.length;
  });
  return { offsets, values: Uint32Array.from(lists.flat()) };
}

/** What each of the matches has of what every document has: with the same places as `match.documents`, so that no loop looks a document up. */
export function ofMatches(byDocument: CountArray, { documents }: Matches): CountArray {
  if (documents.length === byDocument.length) return byDocument;
  const own = countArray(documents.length, 2 ** (8 * byDocument.BYTES_PER_ELEMENT) - 1);
  for (let index = 0; index < own.length; index++) own[index] = byDocument[documents[index]!]!;
  return own;
}

/**
 * Rows looked at by one call of the functions that look at all: one that is called for everything at once would be compiled while it runs,
 * and anew whenever garbage has been collected.
 */
export const blockSize = 4_096;

export function keysIn({ offsets }: Lists): number {
  return offsets.length - 1;
}

/** Everything in one group. */
export function undivided(match: Matches): Rows {
  return { match, keys: new Uint8Array(match.documents.length), lists: listsFrom([[0]]) };
}

/** The same with one more group, that every key falls into. */
export function withEverywhere({ offsets, values }: Lists, group: number): Lists {
  const keys = offsets.length - 1;
  const wider = { offsets: new Uint32Array(keys + 1), values: new Uint32Array(values.length + keys) };
  let to = 0;
  for (let key = 0; key < keys; key++) {
    for (let at = offsets[key]!; at < offsets[key + 1]!; at++) wider.values[to++] = values[at]!;
    wider.values[to++] = group;
    wider.offsets[key + 1] = to;
  }
  return wider;
}

/** What is counted for each key, added up for each group. */
export function addedUp(lists: Lists, byKey: ArrayLike<number>, groups: Uint32Array | Float64Array): void {
  const { offsets, values } = lists;
  for (let key = 0; key < offsets.length - 1; key++)
    if (byKey[key] !== 0)
      for (let at = offsets[key]!; at < offsets[key + 1]!; at++) groups[values[at]!]! += byKey[key]!;
}
