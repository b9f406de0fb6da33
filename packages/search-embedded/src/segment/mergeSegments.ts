import { type NumberField, numberFields } from '@credatlas/model';
import { type Arrays, type CountArray, countArray, GrowingBytes } from '../arrays/arrays.ts';
import { dropped, mergeTables } from '../arrays/mergeTables.ts';
import { type StringTable, sizeOf } from '../arrays/StringTable.ts';
import { distinctNumbers, rankOf } from './columns.ts';
import { eachLive, type Merge, type MergePart, usedIn } from './Merge.ts';
import { putMergedColumn } from './putMergedColumn.ts';
import { putMergedText } from './putMergedText.ts';
import { columnNames, type Segment } from './Segment.ts';
import { putIds } from './SegmentBuilder.ts';

/** Arrays of one segment with the live documents of several, in their order. */
export function mergeSegments(parts: readonly MergePart[]): Arrays {
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
  return arrays;
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
function usedBy(merge: Merge, sizes: number[], numberOf: (segment: Segment) => CountArray): ReturnType<typeof usedIn> {
  return usedIn(merge, (segment, k) => {
    const used = new Uint8Array(sizes[k]!);
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

function putMergedNumbers(arrays: Arrays, merge: Merge, name: NumberField): void {
  if (!merge.parts.some(({ segment }) => segment.numbers[name])) return;
  const own = merge.parts.map(({ segment }) => segment.numbers[name]?.values ?? new Float64Array());
  const numberOf = ({ numbers }: Segment): CountArray => numbers[name]?.ranks ?? new Uint8Array();
  const used = usedBy(
    merge,
    own.map(({ length }) => length),
    numberOf,
  );
  const values = distinctNumbers(
    Float64Array.from(own.flatMap((part, k) => [...part.filter((_, at) => used[k]?.[at] !== 0)])),
  );
  if (values.length === 0) return;
  const maps = own.map((part) => Uint32Array.from(part, (value) => rankOf(values, value)));
  arrays.set(`${name}.numbers`, values);
  arrays.set(`${name}.ranks`, mergedNumbers(merge, { size: values.length, maps, numberOf }));
}
