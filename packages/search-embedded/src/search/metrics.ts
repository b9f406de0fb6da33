import type { KeywordField, Metric, NumberField } from '@credatlas/model';
import type { GlobalValues } from './GlobalValues.ts';
import { percentiles } from './percentiles.ts';
import { addedUp, keysIn, type Rows } from './Rows.ts';

/** One metric of every group. */
export function metricValues(
  rows: readonly Rows[],
  given: { metric: Metric; groups: number; values: (field: KeywordField) => GlobalValues },
): (number | null)[] {
  const { metric, groups } = given;
  if (metric.kind === 'distinct')
    return distinctValues(rows, { field: metric.field, groups, values: given.values(metric.field) });
  if (metric.kind === 'percentile') return percentiles(rows, { ...metric, groups });
  return metric.kind === 'min' || metric.kind === 'max'
    ? extremes(rows, { kind: metric.kind, field: metric.field, groups })
    : sums(rows, { kind: metric.kind, field: metric.field, groups });
}

function sums(
  rows: readonly Rows[],
  { kind, field, groups }: { kind: 'present' | 'sum' | 'mean'; field: NumberField; groups: number },
): (number | null)[] {
  const [present, total] = [new Float64Array(groups), new Float64Array(groups)];
  for (const { match, keys, lists } of rows) {
    const column = match.live.segment.numbers[field];
    if (!column) continue;
    const [presentByKey, totalByKey] = [new Float64Array(keysIn(lists)), new Float64Array(keysIn(lists))];
    for (let index = 0; index < keys.length; index++) {
      const rank = column.ranks[match.documents[index]!]!;
      if (rank === 0) continue;
      presentByKey[keys[index]!]! += 1;
      totalByKey[keys[index]!]! += column.values[rank - 1]!;
    }
    addedUp(lists, presentByKey, present);
    addedUp(lists, totalByKey, total);
  }
  if (kind === 'present') return [...present];
  if (kind === 'sum') return [...total];
  return Array.from(total, (sum, group) => (present[group] === 0 ? null : sum / present[group]!));
}

function extremes(
  rows: readonly Rows[],
  { kind, field, groups }: { kind: 'min' | 'max'; field: NumberField; groups: number },
): (number | null)[] {
  const extreme: (number | null)[] = new Array<number | null>(groups).fill(null);
  const isBetter = (value: number, than: number | null): boolean =>
    than === null || (kind === 'min' ? value < than : value > than);
  for (const { match, keys, lists } of rows) {
    const column = match.live.segment.numbers[field];
    if (!column) continue;
    // Ranks ascend with the values, so the best rank has the best value.
    const bestByKey = new Uint32Array(keysIn(lists));
    for (let index = 0; index < keys.length; index++) {
      const rank = column.ranks[match.documents[index]!]!;
      const best = bestByKey[keys[index]!]!;
      if (rank > 0 && (best === 0 || (kind === 'min' ? rank < best : rank > best))) bestByKey[keys[index]!] = rank;
    }
    bestByKey.forEach((rank, key) => {
      if (rank === 0) return;
      const value = column.values[rank - 1]!;
      for (let at = lists.offsets[key]!; at < lists.offsets[key + 1]!; at++) {
        const group = lists.values[at]!;
        if (isBetter(value, extreme[group]!)) extreme[group] = value;
      }
    });
  }
  return extreme;
}

function distinctValues(
  rows: readonly Rows[],
  { field, groups, values }: { field: KeywordField; groups: number; values: GlobalValues },
): number[] {
  const ends = new Uint32Array(groups + 1);
  eachValue(rows, { field, values }, (group) => {
    ends[group + 1]! += 1;
  });
  for (let group = 0; group < groups; group++) ends[group + 1]! += ends[group]!;
  const next = ends.slice();
  const gathered = new Uint32Array(ends[groups]!);
  eachValue(rows, { field, values }, (group, value) => {
    gathered[next[group]!] = value;
    next[group]! += 1;
  });
  const lastSeen = new Uint32Array(values.size);
  return Array.from({ length: groups }, (_, group) => {
    let distinct = 0;
    for (let at = ends[group]!; at < ends[group + 1]!; at++) {
      if (lastSeen[gathered[at]!] === group + 1) continue;
      lastSeen[gathered[at]!] = group + 1;
      distinct += 1;
    }
    return distinct;
  });
}

/** Every value of every document in every group it falls into. */
function eachValue(
  rows: readonly Rows[],
  { field, values }: { field: KeywordField; values: GlobalValues },
  visit: (group: number, value: number) => void,
): void {
  for (const { match, keys, lists } of rows) {
    const column = match.live.segment.columns[field];
    if (!column) continue;
    const { offsets, members, sets } = column;
    const map = values.mapOf(match.live.uid);
    for (let index = 0; index < keys.length; index++) {
      const set = sets[match.documents[index]!]!;
      for (let at = offsets[set]!; at < offsets[set + 1]!; at++) {
        const value = map ? map[members[at]!]! : members[at]!;
        for (let of = lists.offsets[keys[index]!]!; of < lists.offsets[keys[index]! + 1]!; of++)
          visit(lists.values[of]!, value);
      }
    }
  }
}
