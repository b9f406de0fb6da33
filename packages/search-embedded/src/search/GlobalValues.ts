import { compareEntries, emptyTable, indexOf, type StringTable, sizeOf, textAt } from '../arrays/StringTable.ts';
import type { ColumnName } from '../segment/Segment.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** One numbering of a column's values over all segments: the largest segment's own numbers, then what only others have. */
export class GlobalValues {
  readonly #base: StringTable;
  readonly #extras: string[] = [];
  readonly #places: ReadonlyMap<string, number>;
  readonly #maps = new Map<number, Uint32Array | undefined>();

  constructor(segments: readonly LiveSegment[], name: ColumnName) {
    const tables = segments.map(({ uid, segment }) => ({ uid, table: segment.columns[name]?.values ?? emptyTable }));
    const base = tables.reduce((a, b) => (sizeOf(b.table) > sizeOf(a.table) ? b : a), { uid: -1, table: emptyTable });
    this.#base = base.table;
    const extras = new Map<string, number>();
    for (const { uid, table } of tables) {
      this.#maps.set(uid, uid === base.uid ? undefined : mapped(table, base.table, extras));
    }
    this.#extras = [...extras.keys()];
    this.#places = extras;
  }

  get size(): number {
    return sizeOf(this.#base) + this.#extras.length;
  }

  textAt(value: number): string {
    const own = sizeOf(this.#base);
    return value < own ? textAt(this.#base, value) : this.#extras[value - own]!;
  }

  indexOf(text: string): number | undefined {
    const own = indexOf(this.#base, text);
    if (own !== undefined) return own;
    const place = this.#places.get(text);
    return place === undefined ? undefined : sizeOf(this.#base) + place;
  }

  /** Numbers by the segment's own; undefined: they are the same. */
  mapOf(uid: number): Uint32Array | undefined {
    return this.#maps.get(uid);
  }

  /** Values in UTF-8 byte order. */
  compare(a: number, b: number): number {
    const own = sizeOf(this.#base);
    if (a < own && b < own) return a - b;
    return Buffer.compare(Buffer.from(this.textAt(a)), Buffer.from(this.textAt(b)));
  }
}

function mapped(table: StringTable, base: StringTable, extras: Map<string, number>): Uint32Array {
  const map = new Uint32Array(sizeOf(table));
  const size = sizeOf(base);
  // Both ascend: a table as large as the base is walked beside it, a small one is looked up.
  if (map.length * 16 > size) {
    let at = 0;
    for (let value = 0; value < map.length; value++) {
      while (at < size && compareEntries(base, at, { table, at: value }) < 0) at += 1;
      const isSame = at < size && compareEntries(base, at, { table, at: value }) === 0;
      map[value] = isSame ? at : extra(textAt(table, value), { size, extras });
    }
    return map;
  }
  for (let value = 0; value < map.length; value++) {
    const text = textAt(table, value);
    map[value] = indexOf(base, text) ?? extra(text, { size, extras });
  }
  return map;
}

function extra(text: string, { size, extras }: { size: number; extras: Map<string, number> }): number {
  let number = extras.get(text);
  if (number === undefined) {
    number = extras.size;
    extras.set(text, number);
  }
  return size + number;
}
