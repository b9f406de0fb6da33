import type { Metric, NumberField } from '@credatlas/model';
import type { GatheredValues } from './GatheredValues.ts';
import { percentiles } from './percentiles.ts';
import { addedUp, keysIn, ofMatches, type Rows } from './Rows.ts';
import { valueMetric } from './valueMetrics.ts';

/** One metric of every group. */
export function metricValues(
  rows: readonly Rows[],
  { metric, groups, gathered }: { metric: Metric; groups: number; gathered: GatheredValues },
): (number | null)[] {
  switch (metric.kind) {
    case 'distinct':
    case 'hhi':
    case 'top':
      return valueMetric(gathered.of(metric), metric);
    case 'percentile':
      return percentiles(rows, { ...metric, groups });
    case 'min':
    case 'max':
      return extremes(rows, { kind: metric.kind, field: metric.field, groups });
    default:
      return sums(rows, { kind: metric.kind, field: metric.field, groups });
  }
}

function sums(
  rows: readonly Rows[],
  { kind, field, groups }: { kind: 'present' | 'sum' | 'mean'; field: NumberField; groups: number },
): (number | null)[] {
  const [present, total] = [new Float64Array(groups), new Float64Array(groups)];
  for (const { match, keys, lists } of rows) {
    const column = match.live.segment.numbers[field];
    if (!column) continue;
    const ranks = ofMatches(column.ranks, match);
    const [presentByKey, totalByKey] = [new Float64Array(keysIn(lists)), new Float64Array(keysIn(lists))];
    for (let index = 0; index < keys.length; index++) {
      const rank = ranks[index]!;
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
    const [ranks, bestByKey] = [ofMatches(column.ranks, match), new Uint32Array(keysIn(lists))];
    for (let index = 0; index < keys.length; index++) {
      const rank = ranks[index]!;
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
