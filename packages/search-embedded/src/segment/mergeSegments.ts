import { numberFields } from '@credatlas/model';
import { type Arrays, type CountArray, countArray, GrowingBytes, GrowingList } from '../arrays/arrays.ts';
import { dropped, mergeTables } from '../arrays/mergeTables.ts';
import { SetTable } from '../arrays/SetTable.ts';
import { type StringTable, sizeOf, textAt } from '../arrays/StringTable.ts';
import { mostFrequentFirst } from './byFrequency.ts';
import { distinctNumbers, putColumn, rankOf } from './columns.ts';
import { PostingList } from './PostingList.ts';
import { frequencyOf, type PositionReader } from './postings.ts';
import { columnNames, type KeywordColumn, type Segment, suggestionFields } from './Segment.ts';
import { putIds, putSuggestionLists } from './SegmentBuilder.ts';
import { largestFrequency, type Overflow, putLengths, putPostings, putStems, weightedFields } from './TextBuilder.ts';

/** A segment to be merged: what of it is left. */
export interface MergePart {
  segment: Segment;
  positions: PositionReader;
  /** 1: not to be taken over. */
  deleted: Uint8Array;
}

/** Arrays of one segment with the live documents of several, in their order; and where each document went (`dropped`: nowhere). */
export function mergeSegments(parts: readonly MergePart[]): { arrays: Arrays; moved: Uint32Array[] } {
  const arrays: Arrays = new Map();
  let size = 0;
  const moved = parts.map(({ segment, deleted }) =>
    Uint32Array.from({ length: segment.size }, (_, document) => (deleted[document] ? dropped : size++)),
  );
  const merge: Merge = { parts, moved, size, isWhole: parts.map(({ deleted }) => !deleted.includes(1)) };
  putIds(arrays, mergedIds(merge), mergedOrders(merge));
  putMergedNames(arrays, merge);
  putMergedText(arrays, merge);
  for (const name of columnNames) putMergedColumn(arrays, merge, name);
  for (const name of numberFields) putMergedNumbers(arrays, merge, name);
  return { arrays, moved };
}

interface Merge {
  parts: readonly MergePart[];
  moved: readonly Uint32Array[];
  size: number;
  /** Of each part: nothing is deleted from it. */
  isWhole: readonly boolean[];
}

function eachLive({ parts, moved }: Merge, visit: (segment: Segment, document: number, target: number) => void): void {
  parts.forEach(({ segment }, k) => {
    const own = moved[k]!;
    for (let document = 0; document < own.length; document++)
      if (own[document] !== dropped) visit(segment, document, own[document]!);
  });
}

function mergedIds(merge: Merge): StringTable {
  const bytes = new GrowingBytes();
  const offsets = new Uint32Array(merge.size + 1);
  eachLive(merge, ({ ids }, document, target) => {
    bytes.pushBytes(ids.bytes, ids.offsets[document]!, ids.offsets[document + 1]!);
    offsets[target + 1] = bytes.length;
  });
  return { bytes: bytes.values.slice(), offsets };
}

/** Documents by their ids, one part after the other. */
function mergedOrders({ parts, moved }: Merge): number[] {
  const orders: number[] = [];
  parts.forEach(({ segment }, k) => {
    for (const document of segment.idOrder) if (moved[k]![document] !== dropped) orders.push(moved[k]![document]!);
  });
  return orders;
}

/** Which entries of each table a live document uses, by the one number that each document has (less one; 0: none). */
function usedBy(merge: Merge, sizes: number[], numberOf: (segment: Segment) => CountArray): Uint8Array[] {
  return merge.parts.map(({ segment }, k) => {
    const used = new Uint8Array(sizes[k]!);
    if (merge.isWhole[k]) return used.fill(1);
    const numbers = numberOf(segment);
    merge.moved[k]!.forEach((target, document) => {
      if (target !== dropped && numbers[document]! > 0) used[numbers[document]! - 1] = 1;
    });
    return used;
  });
}

/** The one number that each document has, where entry i (number i + 1) of part k is now entry `maps[k][i]` of so many. */
function mergedNumbers(
  merge: Merge,
  given: { size: number; maps: readonly Uint32Array[]; numberOf(segment: Segment): CountArray },
): CountArray {
  const numbers = countArray(merge.size, given.size);
  merge.parts.forEach(({ segment }, k) => {
    const [own, map, moved] = [given.numberOf(segment), given.maps[k]!, merge.moved[k]!];
    for (let document = 0; document < own.length; document++)
      if (own[document]! > 0 && moved[document] !== dropped) numbers[moved[document]!] = map[own[document]! - 1]! + 1;
  });
  return numbers;
}

function putMergedNames(arrays: Arrays, merge: Merge): void {
  const tables = merge.parts.map(({ segment }) => segment.names.values);
  const numberOf = ({ names }: Segment): CountArray => names.ranks;
  const { table, maps } = mergeTables(tables, usedBy(merge, tables.map(sizeOf), numberOf));
  arrays.set('names.bytes', table.bytes);
  arrays.set('names.offsets', table.offsets);
  arrays.set('names.ranks', mergedNumbers(merge, { size: sizeOf(table), maps, numberOf }));
}

function putMergedNumbers(arrays: Arrays, merge: Merge, name: (typeof numberFields)[number]): void {
  if (!merge.parts.some(({ segment }) => segment.numbers[name])) return;
  const own = merge.parts.map(({ segment }) => segment.numbers[name]?.values ?? new Float64Array());
  const numberOf = ({ numbers }: Segment): CountArray => numbers[name]?.ranks ?? new Uint8Array();
  const used = usedBy(
    merge,
    own.map(({ length }) => length),
    numberOf,
  );
  const values = distinctNumbers(
    Float64Array.from(own.flatMap((part, k) => [...part.filter((_, at) => used[k]![at])])),
  );
  if (values.length === 0) return;
  const maps = own.map((part) => Uint32Array.from(part, (value) => rankOf(values, value)));
  arrays.set(`${name}.numbers`, values);
  arrays.set(`${name}.ranks`, mergedNumbers(merge, { size: values.length, maps, numberOf }));
}

function putMergedColumn(arrays: Arrays, merge: Merge, name: (typeof columnNames)[number]): void {
  const columns = merge.parts.map(({ segment }) => segment.columns[name]);
  if (!columns.some((column) => column)) return;
  const used = columns.map((column, k) => {
    const marks = new Uint8Array(column ? sizeOf(column.values) : 0);
    if (merge.isWhole[k]) return marks.fill(1);
    merge.moved[k]!.forEach((target, document) => {
      if (target === dropped || !column) return;
      const set = column.sets[document]!;
      for (let at = column.offsets[set]!; at < column.offsets[set + 1]!; at++) marks[column.members[at]!] = 1;
    });
    return marks;
  });
  const tables = columns.map((column) => column?.values ?? { bytes: new Uint8Array(), offsets: new Uint32Array(1) });
  const { table, maps } = mergeTables(tables, used);
  if (sizeOf(table) === 0) return;
  putColumn(arrays, name, { values: table, ...mergedSets(merge, { columns, maps }) });
  if (isSuggested(name)) putMergedSuggestions(arrays, merge, { name, maps });
}

function mergedSets(
  merge: Merge,
  { columns, maps }: { columns: readonly (KeywordColumn | undefined)[]; maps: readonly Uint32Array[] },
): { sets: SetTable['lists']; documents: Uint32Array } {
  const sets = new SetTable();
  const documents = new Uint32Array(merge.size);
  columns.forEach((column, k) => {
    if (!column) return;
    const [{ offsets, members }, map, moved] = [column, maps[k]!, merge.moved[k]!];
    // Each list is looked up once: 0 means not yet, as the empty list needs no look-up.
    const targets = new Uint32Array(offsets.length - 1);
    const mapped: number[] = [];
    for (let document = 0; document < moved.length; document++) {
      const set = column.sets[document]!;
      if (moved[document] === dropped || set === 0) continue;
      if (targets[set] === 0) {
        mapped.length = 0;
        for (let at = offsets[set]!; at < offsets[set + 1]!; at++) mapped.push(map[members[at]!]!);
        targets[set] = sets.add(mapped);
      }
      documents[moved[document]!] = targets[set]!;
    }
  });
  return { sets: sets.lists, documents };
}

function isSuggested(name: string): name is (typeof suggestionFields)[number] {
  return (suggestionFields as readonly string[]).includes(name);
}

function putMergedSuggestions(
  arrays: Arrays,
  { parts }: Merge,
  { name, maps }: { name: (typeof suggestionFields)[number]; maps: readonly Uint32Array[] },
): void {
  const own = parts.flatMap(({ segment }, k) => {
    const [index, column] = [segment.suggestions[name], segment.columns[name]];
    if (!index || !column) return [];
    return [{ index, map: mostFrequentFirst(column.counts).map((value) => maps[k]![value]!) }];
  });
  const used = own.map(({ index, map }) => {
    const marks = new Uint8Array(sizeOf(index.tokens));
    for (let token = 0; token < marks.length; token++)
      for (let at = index.offsets[token]!; at < index.offsets[token + 1]!; at++)
        if (map[index.ranks[at]!] !== dropped) marks[token] = 1;
    return marks;
  });
  const { table, maps: tokenMaps } = mergeTables(
    own.map(({ index }) => index.tokens),
    used,
  );
  if (sizeOf(table) === 0) return;
  const lists: number[][] = Array.from({ length: sizeOf(table) });
  own.forEach(({ index, map }, k) => {
    tokenMaps[k]!.forEach((merged, token) => {
      if (merged === dropped) return;
      lists[merged] ??= [];
      for (let at = index.offsets[token]!; at < index.offsets[token + 1]!; at++)
        if (map[index.ranks[at]!] !== dropped) lists[merged].push(map[index.ranks[at]!]!);
    });
  });
  putSuggestionLists(arrays, name, { tokens: table, lists });
}

function putMergedText(arrays: Arrays, merge: Merge): void {
  const { parts, moved } = merge;
  const used = parts.map(({ segment: { text } }, k) => {
    const marks = new Uint8Array(sizeOf(text.terms));
    if (merge.isWhole[k]) return marks.fill(1);
    const isKept = (document: number): boolean => moved[k]![document] !== dropped;
    const { inferredOffsets, inferredDocuments } = text;
    for (let term = 0; term < marks.length; term++) {
      const inferred = inferredDocuments.subarray(inferredOffsets[term], inferredOffsets[term + 1]);
      marks[term] = Number(new PostingList(text, term).documents().some(isKept) || inferred.some(isKept));
    }
    return marks;
  });
  const { table, maps } = mergeTables(
    parts.map(({ segment }) => segment.text.terms),
    used,
  );
  arrays.set('terms.bytes', table.bytes);
  arrays.set('terms.offsets', table.offsets);
  putStems(
    arrays,
    Array.from({ length: sizeOf(table) }, (_, term) => textAt(table, term)),
  );
  const lengths = new Uint32Array(merge.size * weightedFields.length);
  eachLive(merge, ({ text }, document, target) => {
    for (let field = 0; field < weightedFields.length; field++)
      lengths[target * weightedFields.length + field] = text.lengths[document * weightedFields.length + field]!;
  });
  putLengths(arrays, lengths);
  putMergedPostings(arrays, merge, { terms: sizeOf(table), maps });
}

function putMergedPostings(arrays: Arrays, merge: Merge, given: { terms: number; maps: Uint32Array[] }): void {
  const room = merge.parts.reduce((sum, { segment }) => sum + segment.text.weights.length, 0);
  const target: Target = {
    documents: new Uint32Array(room),
    weights: new Uint16Array(room),
    size: 0,
    overflow: [],
    bytes: new GrowingBytes(),
  };
  const [offsets, positionOffsets] = [new Uint32Array(given.terms + 1), new Uint32Array(given.terms + 1)];
  const inferredOffsets = new Uint32Array(given.terms + 1);
  const inferred = new GrowingList();
  const next = merge.parts.map(() => 0);
  for (let term = 0; term < given.terms; term++) {
    merge.parts.forEach((part, k) => {
      const map = given.maps[k]!;
      // Terms of a part ascend in the merged table too, so one pass over each part finds them all.
      while (next[k]! < map.length && map[next[k]!] === dropped) next[k]! += 1;
      if (map[next[k]!] !== term) return;
      const own = next[k]!;
      next[k]! += 1;
      movePostings(target, { part, moved: merge.moved[k]!, isWhole: merge.isWhole[k]!, own });
      const text = part.segment.text;
      for (let at = text.inferredOffsets[own]!; at < text.inferredOffsets[own + 1]!; at++) {
        const document = merge.moved[k]![text.inferredDocuments[at]!]!;
        if (document !== dropped) inferred.push(document);
      }
    });
    offsets[term + 1] = target.size;
    positionOffsets[term + 1] = target.bytes.length;
    inferredOffsets[term + 1] = inferred.length;
  }
  const { documents, weights, size, overflow, bytes } = target;
  putPostings(arrays, {
    size: merge.size,
    offsets,
    positionOffsets,
    documents: documents.subarray(0, size),
    weights: weights.subarray(0, size),
    overflow,
    bytes: bytes.values,
  });
  arrays.set('text.inferred.offsets', inferredOffsets);
  arrays.set('text.inferred.documents', inferred.values.slice());
}

interface Target {
  documents: Uint32Array;
  weights: Uint16Array;
  size: number;
  overflow: Overflow[];
  bytes: GrowingBytes;
}

/** Takes over the postings of one term of one part. */
function movePostings(
  target: Target,
  { part, moved, isWhole, own }: { part: MergePart; moved: Uint32Array; isWhole: boolean; own: number },
): void {
  const { text } = part.segment;
  const bytes = part.positions(text.positionOffsets[own]!, text.positionOffsets[own + 1]!);
  const documents = new PostingList(text, own).documents();
  let begin = 0;
  for (let index = 0, posting = text.offsets[own]!; index < documents.length; index++, posting++) {
    const document = moved[documents[index]!]!;
    const end = isWhole ? begin : endOfPositions(bytes, begin);
    if (document !== dropped) {
      if ((text.weights[posting]! & largestFrequency) === largestFrequency)
        target.overflow.push({ posting: target.size, frequency: frequencyOf(text, posting) });
      target.documents[target.size] = document;
      target.weights[target.size++] = text.weights[posting]!;
      target.bytes.pushBytes(bytes, begin, end);
    }
    begin = end;
  }
  // Of a whole part they are taken over as they are.
  target.bytes.pushBytes(bytes, begin, bytes.length);
}

/** Where the positions of the posting that begins here end. */
function endOfPositions(bytes: Uint8Array, begin: number): number {
  let at = begin;
  let count = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    count |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  for (; count > 0; at++) if (bytes[at]! < 0x80) count -= 1;
  return at;
}
