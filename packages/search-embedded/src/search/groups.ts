import {
  type Dimension,
  type GroupAnswer,
  type GroupQuery,
  type GroupRow,
  InvalidInputError,
  type KeywordField,
  maxGroups,
} from '@credatlas/model';
import { flagsOf } from './clauses.ts';
import { bandByRank, bandNames } from './facets.ts';
import type { GlobalValues } from './GlobalValues.ts';
import type { Matches } from './matches.ts';
import { metricValues } from './metrics.ts';
import type { Rows } from './Rows.ts';

/** A table over the matching documents, exact. */
export function groupsOf(
  matches: readonly Matches[],
  query: Pick<GroupQuery, 'by' | 'metrics'>,
  values: (field: KeywordField) => GlobalValues,
): Omit<GroupAnswer, 'seq'> {
  const start = matches.map(
    (match): Rows => ({
      match,
      documents: match.documents,
      groups: new Uint32Array(match.documents.length),
    }),
  );
  const axes = query.by.map((dimension) => axisOf(dimension, values));
  let rows = start;
  /** Of each group: the group it split off from, and its value there. */
  const splits: { parents: number[]; values: number[] }[] = [];
  let groups = 1;
  for (const axis of axes) {
    const split = splitBy(rows, axis, groups);
    rows = split.rows;
    groups = split.values.length;
    splits.push(split);
  }
  const counts = countsOf(rows, groups);
  const columns = query.metrics.map((metric) => metricValues(rows, { metric, groups, values }));
  const made = Array.from({ length: groups }, (_, group) => ({
    group,
    count: counts[group]!,
    by: pathOf(splits, group),
  }));
  made.sort((a, b) => b.count - a.count || comparePaths(axes, a.by, b.by));
  const totals = query.metrics.map((metric) => metricValues(start, { metric, groups: 1, values })[0]!);
  return {
    rows: made
      .filter(({ count }) => count > 0)
      .map(
        ({ group, count, by }): GroupRow => ({
          by: by.map((value, at) => axes[at]!.textAt(value)),
          count,
          values: columns.map((column) => column[group]!),
        }),
      ),
    totals: { count: start.reduce((sum, { documents }) => sum + documents.length, 0), values: totals },
    approximate: [],
  };
}

function countsOf(rows: readonly Rows[], groups: number): Uint32Array {
  const counts = new Uint32Array(groups);
  for (const { groups: own } of rows) for (let index = 0; index < own.length; index++) counts[own[index]!]! += 1;
  return counts;
}

function pathOf(splits: readonly { parents: number[]; values: number[] }[], group: number): number[] {
  const path: number[] = [];
  let at = group;
  for (const { parents, values } of [...splits].reverse()) {
    path.unshift(values[at]!);
    at = parents[at]!;
  }
  return path;
}

function comparePaths(axes: readonly Axis[], a: number[], b: number[]): number {
  for (const [at, axis] of axes.entries()) {
    const difference = axis.compare(a[at]!, b[at]!);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A dimension as numbers: `size` values, and the number `size` for those without one. */
interface Axis {
  size: number;
  textAt(value: number): string | null;
  /** In UTF-8 bytes, missing last. */
  compare(a: number, b: number): number;
  /** For each key of a document of this segment, its values; and the key of each document. */
  readerOf(match: Matches): { keys: ArrayLike<number>; lists: Lists };
}

/** Values of key k: values[offsets[k] … offsets[k + 1]], never none. */
interface Lists {
  offsets: Uint32Array;
  values: Uint32Array;
  /** Every key has exactly one. */
  isSingle: boolean;
}

function axisOf(dimension: Dimension, values: (field: KeywordField) => GlobalValues): Axis {
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
      const lists = mappedLists(
        column,
        (member) => {
          const value = map ? map[member]! : member;
          return !wanted || wanted[value] ? value : undefined;
        },
        size,
      );
      return { keys: column.sets, lists };
    },
  };
}

function mappedLists(
  column: { offsets: Uint32Array; members: ArrayLike<number> },
  target: (member: number) => number | undefined,
  missing: number,
): Lists {
  const sets = column.offsets.length - 1;
  const offsets = new Uint32Array(sets + 1);
  const values = new Uint32Array(column.members.length + sets);
  let count = 0;
  for (let set = 0; set < sets; set++) {
    for (let at = column.offsets[set]!; at < column.offsets[set + 1]!; at++) {
      const value = target(column.members[at]!);
      if (value !== undefined) values[count++] = value;
    }
    if (count === offsets[set]) values[count++] = missing;
    offsets[set + 1] = count;
  }
  return { offsets, values: values.subarray(0, count), isSingle: count === sets };
}

function listsFrom(lists: number[][]): Lists {
  const offsets = new Uint32Array(lists.length + 1);
  lists.forEach((list, key) => {
    offsets[key + 1] = offsets[key]! + list.length;
  });
  return { offsets, values: Uint32Array.from(lists.flat()), isSingle: lists.every(({ length }) => length === 1) };
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
    lists: { offsets: Uint32Array.from({ length: values.length + 1 }, (_, at) => at), values, isSingle: true },
  };
}

/** Keys of a document number which of the clauses hold, bit by bit; only combinations that occur are listed. */
function clauseReader(
  match: Matches,
  { values }: Extract<Dimension, { kind: 'clauses' }>,
): ReturnType<Axis['readerOf']> {
  const { live, documents } = match;
  const flags = values.map(({ clause }) => flagsOf(live, clause, documents));
  const keys = new Uint32Array(live.segment.size);
  const known = new Map<string, number>();
  const lists: number[][] = [];
  for (let index = 0; index < documents.length; index++) {
    const held = flags.flatMap((own, value) => (own[index] ? [value] : []));
    const name = held.join();
    let key = known.get(name);
    if (key === undefined) {
      key = lists.length;
      known.set(name, key);
      lists.push(held.length > 0 ? held : [values.length]);
    }
    keys[documents[index]!] = key;
  }
  return { keys, lists: listsFrom(lists) };
}

/** Beyond this many possible groups a map costs less than a table of all. */
const largestTable = 16_000_000;

/** Splits every group by the values along an axis. */
function splitBy(
  rows: readonly Rows[],
  axis: Axis,
  groups: number,
): { rows: Rows[]; parents: number[]; values: number[] } {
  const split = new Split(groups, axis.size + 1);
  const made = rows.map((own): Rows => {
    const { keys, lists } = axis.readerOf(own.match);
    return lists.isSingle
      ? splitSingle(own, { keys, values: lists.values, split })
      : splitMany(own, { keys, lists, split });
  });
  return { rows: made, parents: split.parents, values: split.values };
}

/** Numbers the groups that a split makes, in the order in which they are met. */
class Split {
  readonly parents: number[] = [];
  readonly values: number[] = [];
  readonly width: number;
  /** Group + 1 by old group and value; 0: not met yet. Without a table, the map has it. */
  readonly table: Uint32Array;
  readonly #map = new Map<number, number>();

  constructor(groups: number, width: number) {
    this.width = width;
    this.table = new Uint32Array(groups * width <= largestTable ? groups * width : 0);
  }

  /** Group + 1 of a key that is not in the table. */
  meet(key: number): number {
    const known = this.#map.get(key);
    if (known !== undefined) return known;
    if (this.values.length === maxGroups) throw tooManyGroups();
    this.parents.push(Math.floor(key / this.width));
    this.values.push(key % this.width);
    if (key < this.table.length) this.table[key] = this.values.length;
    else this.#map.set(key, this.values.length);
    return this.values.length;
  }
}

function splitSingle(
  { match, documents, groups }: Rows,
  { keys, values, split }: { keys: ArrayLike<number>; values: Uint32Array; split: Split },
): Rows {
  const { table, width } = split;
  const made = new Uint32Array(documents.length);
  for (let index = 0; index < documents.length; index++) {
    const key = groups[index]! * width + values[keys[documents[index]!]!]!;
    made[index] = (table[key] || split.meet(key)) - 1;
  }
  return { match, documents, groups: made };
}

function splitMany(
  { match, documents, groups }: Rows,
  { keys, lists, split }: { keys: ArrayLike<number>; lists: Lists; split: Split },
): Rows {
  const { table, width } = split;
  const { offsets, values } = lists;
  let count = 0;
  for (let index = 0; index < documents.length; index++) {
    const key = keys[documents[index]!]!;
    count += offsets[key + 1]! - offsets[key]!;
  }
  const made = { match, documents: new Uint32Array(count), groups: new Uint32Array(count) };
  let to = 0;
  for (let index = 0; index < documents.length; index++) {
    const list = keys[documents[index]!]!;
    for (let at = offsets[list]!; at < offsets[list + 1]!; at++) {
      const key = groups[index]! * width + values[at]!;
      made.documents[to] = documents[index]!;
      made.groups[to++] = (table[key] || split.meet(key)) - 1;
    }
  }
  return made;
}

function tooManyGroups(): InvalidInputError {
  return new InvalidInputError(
    'too_many_groups',
    `The table has more than ${maxGroups} rows. Take fewer dimensions, fewer digits of a code, or a narrower filter.`,
  );
}
