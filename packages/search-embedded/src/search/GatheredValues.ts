import type { KeywordField, MergedValues } from '@credatlas/model';
import type { GlobalValues } from './GlobalValues.ts';
import { addedUp, keysIn, ofMatches, type Rows } from './Rows.ts';

/** Values of a field group by group: those of group g are values[ends[g]] to values[ends[g + 1]], as often as documents have them. */
export interface ValuesByGroup {
  ends: Uint32Array;
  values: Uint32Array;
  /** One more than the highest value. */
  size: number;
}

/** The values of keyword fields in every group of one table, gathered once however many metrics look at them. */
export class GatheredValues {
  readonly #rows: readonly Rows[];
  readonly #groups: number;
  readonly #values: (field: KeywordField) => GlobalValues;
  readonly #known = new Map<KeywordField, { merged: MergedValues | undefined; gathered: ValuesByGroup }>();

  constructor(options: { rows: readonly Rows[]; groups: number; values: (field: KeywordField) => GlobalValues }) {
    this.#rows = options.rows;
    this.#groups = options.groups;
    this.#values = options.values;
  }

  of({ field, merged }: { field: KeywordField; merged?: MergedValues }): ValuesByGroup {
    const known = this.#known.get(field);
    if (known && known.merged === merged) return known.gathered;
    const gathered = gather(this.#rows, { field, groups: this.#groups, ...targetsOf(this.#values(field), merged) });
    this.#known.set(field, { merged, gathered });
    return gathered;
  }
}

/** The number that each value counts as, and how many numbers there are; one that stands for others need not occur itself. */
export function targetsOf(
  values: GlobalValues,
  merged: MergedValues = [],
): { targets: Uint32Array; size: number; values: GlobalValues } {
  const targets = Uint32Array.from({ length: values.size }, (_, value) => value);
  const absent = new Map<string, number>();
  for (const [value, as] of merged) {
    const own = values.indexOf(value);
    if (own === undefined) continue;
    const target = values.indexOf(as) ?? absent.get(as) ?? values.size + absent.size;
    if (target >= values.size) absent.set(as, target);
    targets[own] = target;
  }
  return { targets, values, size: values.size + absent.size };
}

interface Gathering {
  field: KeywordField;
  groups: number;
  values: GlobalValues;
  targets: Uint32Array;
  size: number;
}

function gather(rows: readonly Rows[], { field, groups, values, targets, size }: Gathering): ValuesByGroup {
  const ends = endsOf(rows, field, groups);
  const next = ends.slice();
  const gathered = new Uint32Array(ends[groups]!);
  for (const { match, keys, lists } of rows) {
    const column = match.live.segment.columns[field];
    if (!column) continue;
    const { offsets, members } = column;
    const [sets, map] = [ofMatches(column.sets, match), values.mapOf(match.live.uid)];
    for (let index = 0; index < keys.length; index++) {
      const set = sets[index]!;
      const [from, to] = [lists.offsets[keys[index]!]!, lists.offsets[keys[index]! + 1]!];
      for (let at = offsets[set]!; at < offsets[set + 1]!; at++) {
        const value = targets[map ? map[members[at]!]! : members[at]!]!;
        for (let of = from; of < to; of++) gathered[next[lists.values[of]!]!++] = value;
      }
    }
  }
  return { ends, values: gathered, size };
}

/** Where the values of each group end: what documents have is added up by key first, and keys are fewer than documents. */
function endsOf(rows: readonly Rows[], field: KeywordField, groups: number): Uint32Array {
  const counts = new Uint32Array(groups);
  for (const { match, keys, lists } of rows) {
    const column = match.live.segment.columns[field];
    if (!column) continue;
    const { offsets } = column;
    const [sets, byKey] = [ofMatches(column.sets, match), new Uint32Array(keysIn(lists))];
    for (let index = 0; index < keys.length; index++) {
      const set = sets[index]!;
      byKey[keys[index]!]! += offsets[set + 1]! - offsets[set]!;
    }
    addedUp(lists, byKey, counts);
  }
  const ends = new Uint32Array(groups + 1);
  for (let group = 0; group < groups; group++) ends[group + 1] = ends[group]! + counts[group]!;
  return ends;
}
