import { hhiOf, type Metric, topShareOf } from '@credatlas/model';
import type { ValuesByGroup } from './GatheredValues.ts';

type ValueMetric = Extract<Metric, { kind: 'distinct' | 'hhi' | 'top' }>;

/** A metric of how often each value occurs, for every group. */
export function valueMetric({ ends, values, size }: ValuesByGroup, metric: ValueMetric): (number | null)[] {
  const counts = new Uint32Array(size);
  /** Values of the group as they are met, and then how often each was. */
  const met = new Uint32Array(size);
  return Array.from({ length: ends.length - 1 }, (_, group) => {
    let distinct = 0;
    for (let at = ends[group]!; at < ends[group + 1]!; at++) {
      const value = values[at]!;
      if (counts[value] === 0) met[distinct++] = value;
      counts[value]! += 1;
    }
    for (let at = 0; at < distinct; at++) {
      const value = met[at]!;
      met[at] = counts[value]!;
      counts[value] = 0;
    }
    return metric.kind === 'distinct' ? distinct : concentration(met.subarray(0, distinct), metric);
  });
}

function concentration(counts: Uint32Array, metric: Extract<Metric, { kind: 'hhi' | 'top' }>): number | null {
  return (metric.kind === 'hhi' ? hhiOf(counts) : topShareOf(counts, metric.n)) ?? null;
}
