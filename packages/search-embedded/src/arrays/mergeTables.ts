import { GrowingBytes, GrowingList } from './arrays.ts';
import { compareEntries, emptyTable, type StringTable, sizeOf } from './StringTable.ts';

/** What maps to this is not in the merged table. */
export const dropped = 0xffffffff;

export interface MergedTables {
  table: StringTable;
  /** Where string i of table k went: maps[k][i]. */
  maps: Uint32Array[];
}

/** One sorted table from several, without repetition. A string that `keeps` marks 0 in each table that has it is left out; undefined marks none. */
export function mergeTables(tables: readonly StringTable[], keeps?: readonly (Uint8Array | undefined)[]): MergedTables {
  const kept = tables.map((table, k) => keptOf(table, keeps?.[k]));
  return kept.length > 0 ? mergeHalves(kept) : { table: emptyTable, maps: [] };
}

/** Two by two: every string is compared as often as the number of tables can be halved. */
function mergeHalves(tables: readonly MergedTables[]): MergedTables {
  if (tables.length === 1) return tables[0]!;
  const middle = tables.length >> 1;
  return mergeTwo(mergeHalves(tables.slice(0, middle)), mergeHalves(tables.slice(middle)));
}

function keptOf(table: StringTable, keep: Uint8Array | undefined): MergedTables {
  const map = new Uint32Array(sizeOf(table));
  if (!keep?.includes(0)) {
    for (let at = 0; at < map.length; at++) map[at] = at;
    return { table, maps: [map] };
  }
  const target = new GrowingTable();
  for (let at = 0; at < map.length; at++) map[at] = keep[at] ? target.push(table, at) : dropped;
  return { table: target.finish(), maps: [map] };
}

function mergeTwo(left: MergedTables, right: MergedTables): MergedTables {
  const [leftMap, rightMap] = [new Uint32Array(sizeOf(left.table)), new Uint32Array(sizeOf(right.table))];
  const target = new GrowingTable();
  const head = { table: right.table, at: 0 };
  let at = 0;
  while (at < leftMap.length && head.at < rightMap.length) {
    const order = compareEntries(left.table, at, head);
    const place = order > 0 ? target.push(head.table, head.at) : target.push(left.table, at);
    if (order <= 0) leftMap[at++] = place;
    if (order >= 0) rightMap[head.at++] = place;
  }
  for (; at < leftMap.length; at++) leftMap[at] = target.push(left.table, at);
  for (; head.at < rightMap.length; head.at++) rightMap[head.at] = target.push(head.table, head.at);
  return {
    table: target.finish(),
    maps: [...left.maps.map((map) => through(map, leftMap)), ...right.maps.map((map) => through(map, rightMap))],
  };
}

/** Where a string goes that goes to `next[map[i]]`; worked in `map`. */
function through(map: Uint32Array, next: Uint32Array): Uint32Array {
  for (let at = 0; at < map.length; at++) if (map[at] !== dropped) map[at] = next[map[at]!]!;
  return map;
}

class GrowingTable {
  readonly #bytes = new GrowingBytes();
  readonly #offsets = new GrowingList();

  constructor() {
    this.#offsets.push(0);
  }

  /** Appends string `at` of a table and answers its place. */
  push({ bytes, offsets }: StringTable, at: number): number {
    this.#bytes.pushBytes(bytes, offsets[at]!, offsets[at + 1]!);
    this.#offsets.push(this.#bytes.length);
    return this.#offsets.length - 2;
  }

  finish(): StringTable {
    return { bytes: this.#bytes.values.slice(), offsets: this.#offsets.copy() };
  }
}
