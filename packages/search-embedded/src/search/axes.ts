import type { Dimension, KeywordField } from '@credatlas/model';
import { type CountArray, countArray } from '../arrays/arrays.ts';
import { sizeOf } from '../arrays/StringTable.ts';
import { flagsOf } from './clauses.ts';
import { bandByRank, bandNames } from './facets.ts';
import type { GlobalValues } from './GlobalValues.ts';
import type { Matches } from './matches.ts';
import { type Lists, listsFrom } from './Rows.ts';

/** A dimension as numbers: `size` values, and the number `size` for those without one. */
export interface Axis {
  size: number;
  textAt(value: number): string | null;
  /** In UTF-8 bytes, missing last. */
  compare(a: number, b: number): number;
  /** For each key of a document of this segment, its values; and the key of each document. */
  readerOf(match: Matches): { keys: CountArray; lists: Lists };
}

export function axisOf(dimension: Dimension, values: (field: KeywordField) => GlobalValues): Axis {
  if (dimension.kind === 'values') return valueAxis(dimension, values(dimension.field));
  const names = dimension.kind === 'bands' ? bandNames(dimension.edges) : dimension.values.map(({ value }) => value);
  const size = names.length;
  const bytes = names.map((name) => Buffer.from(name));
  return {
    size,
    textAt: (value) => names[value] ?? null,
    compare: (a, b) => (a === size || b === size ? a - b : Buffer.compare(bytes[a]!, bytes[b]!)),
    readerOf: (match) => (dimension.kind === 'bands' ? bandReader(match, dimension) : clauseReader(match, dimension)),
  };
}

function valueAxis(dimension: Extract<Dimension, { kind: 'values' }>, values: GlobalValues): Axis {
  const { size } = values;
  const only = dimension.only && new Set(dimension.only);
  const isWanted = (value: number): boolean => {
    const text = values.textAt(value);
    return (dimension.length === undefined || text.length === dimension.length) && (!only || only.has(text));
  };
  const takesAll = dimension.length === undefined && !only;
  const wanted = takesAll ? undefined : Uint8Array.from({ length: size }, (_, value) => Number(isWanted(value)));
  return {
    size,
    textAt: (value) => (value === size ? null : values.textAt(value)),
    compare: (a, b) => (a === size || b === size ? a - b : values.compare(a, b)),
    readerOf: ({ live }) => {
      const column = live.segment.columns[dimension.field];
      if (!column) return { keys: new Uint8Array(live.segment.size), lists: listsFrom([[size]]) };
      const map = values.mapOf(live.uid);
      const targets = Uint32Array.from({ length: sizeOf(column.values) }, (_, member) => {
        const value = map ? map[member]! : member;
        return !wanted || wanted[value] ? value : unwanted;
      });
      const lists = mappedLists(column, targets, size);
      return { keys: column.sets, lists };
    },
  };
}

/** Stands for values that a dimension leaves out. */
const unwanted = 0xffffffff;

function mappedLists(
  { offsets: ends, members }: { offsets: Uint32Array; members: ArrayLike<number> },
  targets: Uint32Array,
  missing: number,
): Lists {
  const sets = ends.length - 1;
  const offsets = new Uint32Array(sets + 1);
  const values = new Uint32Array(members.length + sets);
  let count = 0;
  for (let set = 0; set < sets; set++) {
    for (let at = ends[set]!; at < ends[set + 1]!; at++) {
      const value = targets[members[at]!]!;
      if (value !== unwanted) values[count++] = value;
    }
    if (count === offsets[set]) values[count++] = missing;
    offsets[set + 1] = count;
  }
  return { offsets, values: values.subarray(0, count) };
}

function bandReader(
  { live }: Matches,
  { field, edges }: Extract<Dimension, { kind: 'bands' }>,
): ReturnType<Axis['readerOf']> {
  const missing = edges.length + 1;
  const column = live.segment.numbers[field];
  if (!column) return { keys: new Uint8Array(live.segment.size), lists: listsFrom([[missing]]) };
  const values = new Uint32Array(column.values.length + 1);
  values[0] = missing;
  values.set(bandByRank(column.values, edges), 1);
  return {
    keys: column.ranks,
    lists: { offsets: Uint32Array.from({ length: values.length + 1 }, (_, at) => at), values },
  };
}

/** Clauses whose combinations are all kept room for, bit by bit; of more, only those that occur are. */
const fewClauses = 10;

/** Keys of a document tell which of the clauses hold. */
function clauseReader(
  match: Matches,
  { values }: Extract<Dimension, { kind: 'clauses' }>,
): ReturnType<Axis['readerOf']> {
  const { live, documents } = match;
  const { size } = live.segment;
  const flags = values.map(({ clause }) => flagsOf(live, clause, documents));
  if (values.length > fewClauses) {
    const keys = new Uint32Array(size);
    return { keys, lists: listsFrom(occurring(flags, keys, documents)) };
  }
  const keys = countArray(size, (1 << values.length) - 1);
  flags.forEach((own, value) => {
    for (let index = 0; index < documents.length; index++) keys[documents[index]!]! |= own[index]! << value;
  });
  const combinations = Array.from({ length: 1 << values.length }, (_, held) => {
    const bits = [...values.keys()].filter((value) => held & (1 << value));
    return bits.length > 0 ? bits : [values.length];
  });
  return { keys, lists: listsFrom(combinations) };
}

/** Numbers the combinations of flags that occur, in `keys`; answers which flags each has. */
function occurring(flags: readonly Uint8Array[], keys: Uint32Array, documents: Uint32Array): number[][] {
  const known = new Map<string, number>();
  const lists: number[][] = [];
  for (let index = 0; index < documents.length; index++) {
    const held = flags.flatMap((own, value) => (own[index] ? [value] : []));
    const name = held.join();
    let key = known.get(name);
    if (key === undefined) {
      key = lists.length;
      known.set(name, key);
      lists.push(held.length > 0 ? held : [flags.length]);
    }
    keys[documents[index]!] = key;
  }
  return lists;
}
