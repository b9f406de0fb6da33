import {
  type GroupAnswer,
  type GroupQuery,
  type GroupRow,
  InvalidInputError,
  type KeywordField,
  maxGroups,
} from '@credatlas/model';
import type { CountArray } from '../arrays/arrays.ts';
import type { Room } from '../arrays/Room.ts';
import { type Axis, axisOf } from './axes.ts';
import { GatheredValues } from './GatheredValues.ts';
import type { GlobalValues } from './GlobalValues.ts';
import type { Matches } from './matches.ts';
import { metricValues } from './metrics.ts';
import { addedUp, blockSize, keysIn, type Lists, ofMatches, type Rows, undivided, withEverywhere } from './Rows.ts';

/** A table over the matching documents, exact. */
export function groupsOf(
  matches: readonly Matches[],
  query: Pick<GroupQuery, 'by' | 'metrics'>,
  values: (field: KeywordField) => GlobalValues,
): Omit<GroupAnswer, 'seq'> {
  const axes = query.by.map((dimension) => axisOf(dimension, values));
  const { rows: divided, splits } = splitAlong(axes, matches);
  // Totals are one more group, that everything falls into.
  const total = splits.at(-1)?.groups ?? 1;
  const rows = divided.map((own) => ({ ...own, lists: withEverywhere(own.lists, total) }));
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
  for (const own of rows) addedUp(own.lists, own.counts ?? countsByKey(own), counts);
  return counts;
}

function countsByKey({ keys, lists }: Rows): Uint32Array {
  const counts = new Uint32Array(keysIn(lists));
  for (let index = 0; index < keys.length; index++) counts[keys[index]!]! += 1;
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

/** The groups that all axes make, one after the other; the first two at once where they make few. */
function splitAlong(axes: readonly Axis[], matches: readonly Matches[]): { rows: Rows[]; splits: Split[] } {
  const [first, second] = axes;
  let rows: Rows[];
  const splits: Split[] = [];
  if (first && second && (first.size + 1) * (second.size + 1) <= fewPairs) {
    splits.push(new Split(1, first.size + 1), new Split(first.size + 1, second.size + 1));
    rows = matches.map((match) => splitByBoth(match, [first, second], splits));
  } else rows = matches.map(undivided);
  for (const axis of axes.slice(splits.length)) {
    const split = new Split(splits.at(-1)?.groups ?? 1, axis.size + 1);
    rows = rows.map((own) => splitBy(own, axis, split));
    splits.push(split);
  }
  return { rows, splits };
}

function splitByBoth(match: Matches, [first, second]: readonly [Axis, Axis], [outer, inner]: Split[]): Rows {
  const [one, other] = [first.readerOf(match), second.readerOf(match)];
  const [ones, width] = [keysIn(one.lists), keysIn(other.lists)];
  if (ones * width > fewPairs) return splitBy(splitBy(undivided(match), first, outer!), second, inner!);
  const { room } = match.live;
  const given = { keys: ofMatches(one.keys, match), own: ofMatches(other.keys, match), width, room };
  const { keys, pairs, counts } = pairKeys(given, ones * width);
  const met = Int32Array.from({ length: ones }, (_, key) =>
    counts.subarray(key * width, (key + 1) * width).some((count) => count > 0) ? key : -1,
  );
  const parents = renumbered(met, one.lists, outer!);
  return { match, keys, counts, lists: crossed(pairs, { parents, values: other.lists, width, split: inner! }) };
}

/** Splits the groups of a segment by the values along an axis. Each combination of keys that occurs is split once. */
function splitBy({ match, keys, lists: parents }: Rows, axis: Axis, split: Split): Rows {
  const { keys: own, lists: values } = axis.readerOf(match);
  const width = keysIn(values);
  const possible = keysIn(parents) * width;
  const given = { keys, own: ofMatches(own, match), width, room: match.live.room };
  // What was not split before has the axis' own keys: no pair is to be numbered.
  const isFirst = keysIn(parents) === 1;
  const { pairs, ...paired } =
    possible <= fewPairs || isFirst ? pairKeys(given, possible) : numberPairs(given, possible);
  return {
    match,
    ...paired,
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

/** Two keys of each match, the second one below `width`. */
interface Pairing {
  keys: CountArray;
  own: CountArray;
  width: number;
  /** Where the pairs go. */
  room: Room;
}

/** The pair of each match as its key, and which occur. */
interface Paired {
  keys: CountArray;
  pairs: Pairs;
  counts?: Uint32Array;
}

/** A pair of keys by its number; −1: does not occur. */
type Pairs = ArrayLike<number>;

/** Numbers all pairs that are possible, and counts them. Whole numbers of 32 bits and no branch: this looks at every match. */
function pairKeys({ keys, own, width, room }: Pairing, possible: number): Required<Paired> {
  const [paired, counts] = [room.take(keys.length, possible - 1), new Uint32Array(possible)];
  for (let from = 0; from < keys.length; from += blockSize) pairBlock({ keys, own, width }, from, { paired, counts });
  return { keys: paired, pairs: occurring(counts), counts };
}

function pairBlock(
  { keys, own, width }: Omit<Pairing, 'room'>,
  from: number,
  { paired, counts }: { paired: CountArray; counts: Uint32Array },
): void {
  const to = Math.min(from + blockSize, keys.length);
  for (let index = from; index < to; index++) {
    const pair = (Math.imul(keys[index]!, width) + own[index]!) | 0;
    paired[index] = pair;
    counts[pair]! += 1;
  }
}

/** The keys that have been counted; −1: does not occur. */
function occurring(counts: Uint32Array): Int32Array {
  return Int32Array.from(counts, (count, key) => (count === 0 ? -1 : key));
}

/** The same where few of very many pairs occur: they are numbered as they are met. */
function numberPairs({ keys, own, width, room }: Pairing, possible: number): Paired {
  const [paired, pairs] = [room.take(keys.length, 0xffffffff), new Numbering(possible)];
  for (let index = 0; index < keys.length; index++)
    paired[index] = pairs.numberOf(keys[index]! * width + own[index]!) - 1;
  return { keys: paired, pairs: pairs.met };
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

export function tooManyGroups(): InvalidInputError {
  return new InvalidInputError(
    'too_many_groups',
    `The table has more than ${maxGroups} rows. Take fewer dimensions, fewer digits of a code, or a narrower filter.`,
  );
}
