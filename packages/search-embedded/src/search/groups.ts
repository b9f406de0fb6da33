import {
  type Dimension,
  type GroupAnswer,
  type GroupQuery,
  type GroupRow,
  InvalidInputError,
  type KeywordField,
  maxGroups,
} from '@credatlas/model';
import { sizeOf } from '../arrays/StringTable.ts';
import { flagsOf } from './clauses.ts';
import { bandByRank, bandNames } from './facets.ts';
import { GatheredValues } from './GatheredValues.ts';
import type { GlobalValues } from './GlobalValues.ts';
import type { Matches } from './matches.ts';
import { metricValues } from './metrics.ts';
import { addedUp, keysIn, type Lists, listsFrom, type Rows, undivided, withEverywhere } from './Rows.ts';

/** A table over the matching documents, exact. */
export function groupsOf(
  matches: readonly Matches[],
  query: Pick<GroupQuery, 'by' | 'metrics'>,
  values: (field: KeywordField) => GlobalValues,
): Omit<GroupAnswer, 'seq'> {
  const axes = query.by.map((dimension) => axisOf(dimension, values));
  let rows = matches.map(undivided);
  const splits: Split[] = [];
  for (const axis of axes) {
    const split = new Split(splits.at(-1)?.groups ?? 1, axis.size + 1);
    rows = rows.map((own) => splitBy(own, axis, split));
    splits.push(split);
  }
  // Totals are one more group, that everything falls into.
  const total = splits.at(-1)?.groups ?? 1;
  rows = rows.map((own) => ({ ...own, lists: withEverywhere(own.lists, total) }));
  const counts = countsOf(rows, total + 1);
  const groups = total + 1;
  const gathered = new GatheredValues({ rows, groups, values });
  const columns = query.metrics.map((metric) => metricValues(rows, { metric, groups, gathered }));
  const answer = (group: number): Omit<GroupRow, 'by'> => ({
    count: counts[group]!,
    values: columns.map((column) => column[group]!),
  });
  return {
    rows: Array.from({ length: total }, (_, group) => ({ group, by: pathOf(splits, group) }))
      .filter(({ group }) => counts[group]! > 0)
      .sort((a, b) => counts[b.group]! - counts[a.group]! || comparePaths(axes, a.by, b.by))
      .map(({ group, by }): GroupRow => ({ by: by.map((value, at) => axes[at]!.textAt(value)), ...answer(group) })),
    totals: answer(total),
    approximate: [],
  };
}

function countsOf(rows: readonly Rows[], groups: number): Uint32Array {
  const counts = new Uint32Array(groups);
  for (const { keys, lists } of rows) {
    const byKey = new Uint32Array(keysIn(lists));
    for (let index = 0; index < keys.length; index++) byKey[keys[index]!]! += 1;
    addedUp(lists, byKey, counts);
  }
  return counts;
}

function pathOf(splits: readonly Split[], group: number): number[] {
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
  const keys = new Uint32Array(live.segment.size);
  const flags = values.map(({ clause }) => flagsOf(live, clause, documents));
  if (values.length > fewClauses) return { keys, lists: listsFrom(occurring(flags, keys, documents)) };
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

/** Beyond this many possible keys a map costs less than a table of all. */
const largestTable = 16_000_000;

/** Numbers whatever occurs, in the order in which it is met. */
class Numbering {
  readonly met: number[] = [];
  /** Number + 1 of each key; 0: not met yet. Beyond the table, the map has it. */
  readonly table: Uint32Array;
  readonly #map = new Map<number, number>();

  constructor(possible: number) {
    this.table = new Uint32Array(possible <= largestTable ? possible : 0);
  }

  /** Number + 1 of a key. */
  numberOf(key: number): number {
    const known = this.table[key] || this.#map.get(key);
    if (known) return known;
    this.met.push(key);
    if (key < this.table.length) this.table[key] = this.met.length;
    else this.#map.set(key, this.met.length);
    return this.met.length;
  }
}

/** The groups that an axis makes of those before it. */
class Split {
  /** Of each group: the group it split off from, and its value there. */
  readonly parents: number[] = [];
  readonly values: number[] = [];
  readonly #numbers: Numbering;
  readonly #width: number;

  constructor(groups: number, width: number) {
    this.#width = width;
    this.#numbers = new Numbering(groups * width);
  }

  get groups(): number {
    return this.values.length;
  }

  groupOf(parent: number, value: number): number {
    const key = parent * this.#width + value;
    const known = this.#numbers.table[key];
    if (known) return known - 1;
    const number = this.#numbers.numberOf(key);
    if (number <= this.values.length) return number - 1;
    if (number > maxGroups) throw tooManyGroups();
    this.parents.push(parent);
    this.values.push(value);
    return number - 1;
  }
}

/** Splits the groups of a segment by the values along an axis, in place. Each combination of keys that occurs is split once. */
function splitBy({ match, keys, lists: parents }: Rows, axis: Axis, split: Split): Rows {
  const { keys: own, lists: values } = axis.readerOf(match);
  const width = keysIn(values);
  const possible = keysIn(parents) * width;
  const given = { documents: match.documents, keys, own, width };
  // What was not split before has the axis' own keys: no pair is to be numbered.
  const isFirst = keysIn(parents) === 1;
  const pairs = possible <= fewPairs || isFirst ? pairKeys(given, possible) : numberPairs(given, possible);
  return {
    match,
    keys,
    lists: isFirst ? renumbered(pairs, values, split) : crossed(pairs, { parents, values, width, split }),
  };
}

/** The axis' own lists, of what occurs, with groups in the place of values. */
function renumbered(pairs: Pairs, { offsets, values }: Lists, split: Split): Lists {
  const groups = new Uint32Array(values.length);
  for (let key = 0; key < pairs.length; key++)
    if (pairs[key]! >= 0)
      for (let at = offsets[key]!; at < offsets[key + 1]!; at++) groups[at] = split.groupOf(0, values[at]!);
  return { offsets, values: groups };
}

/** Up to so many, all pairs of keys that are possible are kept room for. */
const fewPairs = 1 << 18;

interface Pairing {
  documents: Uint32Array;
  keys: Uint32Array;
  own: ArrayLike<number>;
  width: number;
}

/** A pair of keys by its number; −1: does not occur. */
type Pairs = ArrayLike<number>;

/** Puts pairs in the place of the keys. Whole numbers of 32 bits and no branch: this looks at every match. */
function pairKeys({ documents, keys, own, width }: Pairing, possible: number): Pairs {
  const pairs = new Int32Array(possible).fill(-1);
  for (let index = 0; index < documents.length; index++) {
    const pair = (Math.imul(keys[index]!, width) + own[documents[index]!]!) | 0;
    keys[index] = pair;
    pairs[pair] = pair;
  }
  return pairs;
}

/** The same where few of very many pairs occur: they are numbered as they are met. */
function numberPairs({ documents, keys, own, width }: Pairing, possible: number): Pairs {
  const pairs = new Numbering(possible);
  for (let index = 0; index < documents.length; index++)
    keys[index] = pairs.numberOf(keys[index]! * width + own[documents[index]!]!) - 1;
  return pairs.met;
}

/** For each pair of keys that occurs: every group of the one, at every value of the other. */
function crossed(pairs: Pairs, given: { parents: Lists; values: Lists; width: number; split: Split }): Lists {
  const { parents, values, width, split } = given;
  const offsets = new Uint32Array(pairs.length + 1);
  const groups = new Uint32Array(crossings(pairs, given));
  let to = 0;
  for (let number = 0; number < pairs.length; number++) {
    const pair = pairs[number]!;
    if (pair >= 0) {
      const [parent, key] = [Math.floor(pair / width), pair % width];
      for (let p = parents.offsets[parent]!; p < parents.offsets[parent + 1]!; p++)
        for (let at = values.offsets[key]!; at < values.offsets[key + 1]!; at++)
          groups[to++] = split.groupOf(parents.values[p]!, values.values[at]!);
    }
    offsets[number + 1] = to;
  }
  return { offsets, values: groups };
}

/** How many groups all pairs fall into together. */
function crossings(pairs: Pairs, { parents, values, width }: { parents: Lists; values: Lists; width: number }): number {
  let sum = 0;
  for (let number = 0; number < pairs.length; number++) {
    const pair = pairs[number]!;
    if (pair < 0) continue;
    const [parent, key] = [Math.floor(pair / width), pair % width];
    sum +=
      (parents.offsets[parent + 1]! - parents.offsets[parent]!) * (values.offsets[key + 1]! - values.offsets[key]!);
  }
  return sum;
}

function tooManyGroups(): InvalidInputError {
  return new InvalidInputError(
    'too_many_groups',
    `The table has more than ${maxGroups} rows. Take fewer dimensions, fewer digits of a code, or a narrower filter.`,
  );
}
