import { sortedUtf8 } from '@credatlas/skills';
import { type Arrays, countArray, GrowingList, offsetsOf } from '../arrays/arrays.ts';
import { SetTable } from '../arrays/SetTable.ts';
import { type StringTable, sizeOf, tableOf } from '../arrays/StringTable.ts';

/** With more sets than this, a value's documents are listed: below it, one look at each document's set costs less than the list. */
const mostSetsWithoutPostings = 16_384;

/** Writes the arrays of a keyword column: sorted values, the sets of them, and the set of each document. */
export function putColumn(
  arrays: Arrays,
  name: string,
  given: { values: StringTable; sets: SetTable['lists']; documents: Uint32Array },
): void {
  const { values, sets, documents } = given;
  const { offsets, members } = sets;
  const counts = new Uint32Array(sizeOf(values));
  for (let document = 0; document < documents.length; document++) {
    const set = documents[document]!;
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++) counts[members[at]!]! += 1;
  }
  arrays.set(`${name}.bytes`, values.bytes);
  arrays.set(`${name}.offsets`, values.offsets);
  arrays.set(`${name}.counts`, counts);
  arrays.set(`${name}.set.offsets`, offsets);
  arrays.set(`${name}.set.members`, narrowed(members, sizeOf(values)));
  arrays.set(`${name}.sets`, narrowed(documents, offsets.length - 1));
  if (offsets.length - 1 <= mostSetsWithoutPostings) return;
  const postingOffsets = offsetsOf(counts);
  const next = postingOffsets.slice();
  const postings = new Uint32Array(postingOffsets.at(-1)!);
  for (let document = 0; document < documents.length; document++) {
    const set = documents[document]!;
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++) {
      const value = members[at]!;
      postings[next[value]!] = document;
      next[value]! += 1;
    }
  }
  arrays.set(`${name}.posting.offsets`, postingOffsets);
  arrays.set(`${name}.posting.documents`, postings);
}

function narrowed(values: Uint32Array, largest: number) {
  const narrow = countArray(values.length, largest);
  narrow.set(values);
  return narrow;
}

/** Gathers one keyword column. */
export class ColumnBuilder {
  readonly #values = new Map<string, number>();
  readonly #documents = new GrowingList();
  readonly #firstSeen = new SetTable();
  /** By value: the set of it alone, which most documents have; 0: not met yet. */
  readonly #setsOfOne = new GrowingList();
  /** By value that is suggested: the tokens it is found by. */
  readonly #labels: (readonly string[] | undefined)[] = [];
  /** By value, once they have been written: its place. */
  #places = new Uint32Array();

  /** Documents come in ascending order; those between have no value. */
  set(document: number, values: readonly string[]): void {
    while (this.#documents.length < document) this.#documents.push(0);
    this.#documents.push(values.length === 1 ? this.#setOfOne(this.#ordinalOf(values[0]!)) : this.#setOf(values));
  }

  /** One value may come with several labels, whose tokens all lead to it. A value that no document has is not suggested. */
  label(value: string, tokens: readonly string[]): void {
    const ordinal = this.#values.get(value);
    if (ordinal === undefined) return;
    const known = this.#labels[ordinal];
    if (!known) this.#labels[ordinal] = tokens;
    else if (!tokens.every((token) => known.includes(token))) this.#labels[ordinal] = [...known, ...tokens];
  }

  /** The places of the values that each token leads to; asked for once they have been written. */
  valuesByToken(): Map<string, number[]> {
    const found = new Map<string, number[]>();
    this.#labels.forEach((tokens, ordinal) => {
      for (const token of tokens ?? []) {
        const places = found.get(token);
        if (places) places.push(this.#places[ordinal]!);
        else found.set(token, [this.#places[ordinal]!]);
      }
    });
    return found;
  }

  #setOf(values: readonly string[]): number {
    return this.#firstSeen.add(distinctAscending(values.map((value) => this.#ordinalOf(value))));
  }

  #ordinalOf(value: string): number {
    let ordinal = this.#values.get(value);
    if (ordinal === undefined) {
      ordinal = this.#values.size;
      this.#values.set(value, ordinal);
      this.#setsOfOne.push(0);
    }
    return ordinal;
  }

  #setOfOne(ordinal: number): number {
    const known = this.#setsOfOne.at(ordinal);
    if (known !== 0) return known;
    const set = this.#firstSeen.add([ordinal]);
    this.#setsOfOne.set(ordinal, set);
    return set;
  }

  put(arrays: Arrays, name: string, size: number): void {
    while (this.#documents.length < size) this.#documents.push(0);
    const sorted = sortedUtf8(this.#values.keys());
    this.#places = new Uint32Array(sorted.length);
    for (let place = 0; place < sorted.length; place++) this.#places[this.#values.get(sorted[place]!)!] = place;
    // Sets keep their numbers: the same lists in the same order, over other names for the same values.
    const sets = this.#firstSeen.lists;
    const { offsets, members } = sets;
    for (let at = 0; at < members.length; at++) members[at] = this.#places[members[at]!]!;
    for (let set = 1; set + 1 < offsets.length; set++) sortList(members, offsets[set]!, offsets[set + 1]!);
    putColumn(arrays, name, { values: tableOf(sorted), sets, documents: this.#documents.copy() });
  }
}

/** Up to this many, sorting by insertion is faster than calling the built-in sort. */
const shortList = 24;

function sortList(values: Uint32Array, from: number, to: number): void {
  if (to - from > shortList) values.subarray(from, to).sort();
  else sortWithin(values, from, to);
}

/** Sorts what lies in [from, to). */
function sortWithin(values: number[] | Uint32Array, from: number, to: number): void {
  for (let index = from + 1; index < to; index++) {
    const value = values[index]!;
    let at = index;
    for (; at > from && values[at - 1]! > value; at--) values[at] = values[at - 1]!;
    values[at] = value;
  }
}

/** The values in order, each once; the list itself may be worked in. */
export function distinctAscending(values: number[]): ArrayLike<number> {
  if (values.length < 2) return values;
  if (values.length > shortList) return distinct(Uint32Array.from(values).sort());
  sortWithin(values, 0, values.length);
  return distinct(values);
}

function distinct<T extends number[] | Uint32Array>(values: T): ArrayLike<number> {
  let kept = 1;
  for (let index = 1; index < values.length; index++)
    if (values[index] !== values[index - 1]) values[kept++] = values[index]!;
  return kept === values.length ? values : values.slice(0, kept);
}

/** Writes a number column; NaN stands for missing. Nothing when all are. */
export function putNumbers(arrays: Arrays, name: string, given: Float64Array): void {
  const values = distinctNumbers(given);
  if (values.length === 0) return;
  const ranks = countArray(given.length, values.length);
  for (let document = 0; document < given.length; document++) {
    const value = given[document]!;
    ranks[document] = Number.isNaN(value) ? 0 : rankOf(values, value) + 1;
  }
  arrays.set(`${name}.numbers`, values);
  arrays.set(`${name}.ranks`, ranks);
}

/** Those that are not NaN, ascending, each once. */
export function distinctNumbers(given: Float64Array): Float64Array {
  // Sorting puts NaN last.
  const sorted = given.slice().sort();
  let kept = 0;
  for (const value of sorted) {
    if (Number.isNaN(value)) break;
    if (kept === 0 || value !== sorted[kept - 1]) sorted[kept++] = value;
  }
  return sorted.slice(0, kept);
}

/** Place of the first value that is not below `wanted`. */
export function rankOf(values: Float64Array, wanted: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
