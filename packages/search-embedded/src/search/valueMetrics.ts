import { hhiOf, type Metric, topShareOf } from '@credatlas/model';
import type { ValuesByGroup } from './GatheredValues.ts';

export type ValueMetric = Extract<Metric, { kind: 'distinct' | 'hhi' | 'top' }>;

/** A metric of how often each value occurs, for every group. */
export function valueMetric({ ends, values, size }: ValuesByGroup, metric: ValueMetric): (number | null)[] {
  const tally = new ValueTally(size);
  return Array.from({ length: ends.length - 1 }, (_, group) => {
    for (let at = ends[group]!; at < ends[group + 1]!; at++) tally.add(values[at]!);
    return tally.finish(metric);
  });
}

/** How often each value occurs, of one group after the other; `size` is one more than the highest value. */
export class ValueTally {
  readonly #counts: Uint32Array;
  /** Values of the group as they are met, and then how often each was. */
  readonly #met: Uint32Array;
  #distinct = 0;

  constructor(size: number) {
    this.#counts = new Uint32Array(size);
    this.#met = new Uint32Array(size);
  }

  add(value: number): void {
    const count = this.#counts[value]!;
    if (count === 0) this.#met[this.#distinct++] = value;
    this.#counts[value] = count + 1;
  }

  /** The metric of what has been added; then begins anew. */
  finish(metric: ValueMetric): number | null {
    const distinct = this.#distinct;
    this.#distinct = 0;
    for (let at = 0; at < distinct; at++) {
      const value = this.#met[at]!;
      this.#met[at] = this.#counts[value]!;
      this.#counts[value] = 0;
    }
    return metric.kind === 'distinct' ? distinct : concentration(this.#met.subarray(0, distinct), metric);
  }
}

function concentration(counts: Uint32Array, metric: Extract<Metric, { kind: 'hhi' | 'top' }>): number | null {
  return (metric.kind === 'hhi' ? hhiOf(counts) : topShareOf(counts, metric.n)) ?? null;
}
