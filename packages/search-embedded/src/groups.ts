import {
  type Dimension,
  type GroupAnswer,
  type GroupQuery,
  type GroupRow,
  InvalidInputError,
  type Metric,
  maxGroups,
} from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { clauseMask } from './clauseMask.ts';
import type { SegmentMatches } from './matches.ts';

/** Values seen so far for one metric of one group. */
interface Gathered {
  numbers: number[];
  distinct: Set<string>;
}

interface Group {
  by: (string | null)[];
  count: number;
  metrics: Gathered[];
}

/** A table over the matching documents, exact. */
export function groupsOf(matches: readonly SegmentMatches[], query: GroupQuery): Omit<GroupAnswer, 'seq'> {
  const groups = new Map<string, Group>();
  const totals = newGroup([], query.metrics);
  for (const match of matches) {
    const axes = query.by.map((dimension) => valuesAlong(match, dimension));
    const metrics = query.metrics.map((metric) => metricReader(match, metric));
    for (let document = 0; document < match.all.length; document++) {
      if (!match.all[document]) continue;
      gather(totals, document, metrics);
      for (const by of combinations(axes.map((values) => values(document)))) {
        const key = JSON.stringify(by);
        let group = groups.get(key);
        if (!group) {
          if (groups.size === maxGroups) throw tooManyGroups();
          group = newGroup(by, query.metrics);
          groups.set(key, group);
        }
        gather(group, document, metrics);
      }
    }
  }
  const written = (group: Group): Omit<GroupRow, 'by'> => ({
    count: group.count,
    values: query.metrics.map((metric, index) => metricValue(metric, group.metrics[index])),
  });
  const rows = [...groups.values()].map((group) => ({ by: group.by, ...written(group) })).sort(byCount);
  return { rows, totals: written(totals), approximate: [] };
}

export function tooManyGroups(): InvalidInputError {
  return new InvalidInputError(
    'too_many_groups',
    `The table has more than ${maxGroups} rows. Take fewer dimensions, fewer digits of a code, or a narrower filter.`,
  );
}

function byCount(a: GroupRow, b: GroupRow): number {
  if (a.count !== b.count) return b.count - a.count;
  for (const [index, left] of a.by.entries()) {
    const right = b.by[index] ?? null;
    if (left !== right)
      return left === null || right === null
        ? Number(left === null) - Number(right === null)
        : compareUtf8(left, right);
  }
  return 0;
}

function newGroup(by: (string | null)[], metrics: readonly Metric[]): Group {
  return { by, count: 0, metrics: metrics.map(() => ({ numbers: [], distinct: new Set() })) };
}

type ReadMetric = (document: number, gathered: Gathered) => void;

function gather(group: Group, document: number, metrics: readonly ReadMetric[]): void {
  group.count += 1;
  metrics.forEach((read, index) => {
    const gathered = group.metrics[index];
    if (gathered) read(document, gathered);
  });
}

function metricReader({ live: { segment } }: SegmentMatches, metric: Metric): ReadMetric {
  if (metric.kind !== 'distinct') {
    const column = segment.numbers[metric.field];
    return (document, { numbers }) => {
      const value = column?.[document] ?? Number.NaN;
      if (!Number.isNaN(value)) numbers.push(value);
    };
  }
  const index = segment.keywords[metric.field];
  return (document, { distinct }) => {
    for (let at = index?.documentOffsets[document] ?? 0; at < (index?.documentOffsets[document + 1] ?? 0); at++)
      distinct.add(index?.values[index.ordinals[at] ?? 0] ?? '');
  };
}

function metricValue(metric: Metric, gathered: Gathered | undefined): number | null {
  const { numbers, distinct } = gathered ?? { numbers: [], distinct: new Set() };
  if (metric.kind === 'distinct') return distinct.size;
  if (metric.kind === 'present') return numbers.length;
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (metric.kind === 'sum') return sum;
  if (numbers.length === 0) return null;
  switch (metric.kind) {
    case 'mean':
      return sum / numbers.length;
    case 'min':
      return numbers.reduce((a, b) => Math.min(a, b));
    case 'max':
      return numbers.reduce((a, b) => Math.max(a, b));
    case 'percentile':
      return percentile(Float64Array.from(numbers).sort(), metric.p);
  }
}

/** h = (n − 1)p, linear between floor and ceiling. */
export function percentile(sorted: Float64Array, p: number): number {
  const h = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(h)] ?? 0, sorted[Math.ceil(h)] ?? 0];
  return low + (high - low) * (h - Math.floor(h));
}

function valuesAlong(match: SegmentMatches, dimension: Dimension): (document: number) => (string | null)[] {
  const found = dimensionValues(match, dimension);
  return (document) => {
    const values = found(document);
    return values.length > 0 ? values : [null];
  };
}

function dimensionValues({ live }: SegmentMatches, dimension: Dimension): (document: number) => string[] {
  if (dimension.kind === 'clauses') {
    const masks = dimension.values.map(({ value, clause }) => ({ value, mask: clauseMask(live, clause) }));
    return (document) => masks.filter(({ mask }) => mask[document]).map(({ value }) => value);
  }
  if (dimension.kind === 'bands') {
    const column = live.segment.numbers[dimension.field];
    return (document) => {
      const value = column?.[document] ?? Number.NaN;
      return Number.isNaN(value) ? [] : [bandOf(dimension.edges, value)];
    };
  }
  const index = live.segment.keywords[dimension.field];
  const isWanted = (value: string): boolean =>
    (dimension.length === undefined || value.length === dimension.length) &&
    (!dimension.only || dimension.only.includes(value));
  const wanted = index?.values.map((value) => (isWanted(value) ? value : undefined));
  return (document) => {
    const values: string[] = [];
    for (let at = index?.documentOffsets[document] ?? 0; at < (index?.documentOffsets[document + 1] ?? 0); at++) {
      const value = wanted?.[index?.ordinals[at] ?? 0];
      if (value !== undefined) values.push(value);
    }
    return values;
  };
}

function bandOf(edges: readonly number[], value: number): string {
  const above = edges.findIndex((edge) => value < edge);
  const [from, to] = above === -1 ? [edges.at(-1), undefined] : [edges[above - 1], edges[above]];
  return `${from ?? ''}..${to ?? ''}`;
}

function combinations(lists: (string | null)[][]): (string | null)[][] {
  return lists.reduce<(string | null)[][]>(
    (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
    [[]],
  );
}
