import type { Arrays } from '../arrays/arrays.ts';
import { dropped, mergeTables } from '../arrays/mergeTables.ts';
import { SetTable } from '../arrays/SetTable.ts';
import { emptyTable, sizeOf } from '../arrays/StringTable.ts';
import { mostFrequentFirst } from './byFrequency.ts';
import { putColumn } from './columns.ts';
import { type Merge, usedIn } from './Merge.ts';
import type { ColumnName, KeywordColumn, SuggestionField } from './Segment.ts';
import { isSuggested, putSuggestionLists } from './SegmentBuilder.ts';

/** Writes a keyword column of live documents, and what suggestions lead to its values. */
export function putMergedColumn(arrays: Arrays, merge: Merge, name: ColumnName): void {
  const columns = merge.parts.map(({ segment }) => segment.columns[name]);
  if (!columns.some((column) => column)) return;
  const used = usedIn(merge, (_, k) => {
    const column = columns[k];
    const marks = new Uint8Array(column ? sizeOf(column.values) : 0);
    merge.moved[k]!.forEach((target, document) => {
      if (target === dropped || !column) return;
      const set = column.sets[document]!;
      for (let at = column.offsets[set]!; at < column.offsets[set + 1]!; at++) marks[column.members[at]!] = 1;
    });
    return marks;
  });
  const tables = columns.map((column) => column?.values ?? emptyTable);
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

function putMergedSuggestions(
  arrays: Arrays,
  { parts }: Merge,
  { name, maps }: { name: SuggestionField; maps: readonly Uint32Array[] },
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
