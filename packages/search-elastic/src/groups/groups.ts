import {
  type GroupAnswer,
  type GroupQuery,
  type GroupRow,
  InvalidInputError,
  type Metric,
  maxGroups,
} from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { estypes } from '@elastic/elasticsearch';
import { numberPath } from '../indexDefinition.ts';
import { type Column, type Counted, keyOf, percentileColumn, valueColumn } from './columns.ts';
import { type Aggregations, type Ask, enumerate, type GroupBucket } from './enumerate.ts';
import { planOf } from './plan.ts';

/** A table over what `ask` looks at: exact, but for the metrics named in `approximate`. */
export async function groupsOf(
  ask: Ask,
  { by, metrics, maxExactValues }: Pick<GroupQuery, 'by' | 'metrics'> & { maxExactValues: number },
): Promise<Omit<GroupAnswer, 'seq'>> {
  const table = await tableOf({ ask, plan: planOf(by), maxExactValues }, metrics);
  const whole = by.length === 0 ? table : await tableOf({ ask, plan: planOf([]), maxExactValues }, metrics);
  table.rows.sort((a, b) => b.count - a.count || compareValues(a.by, b.by));
  const { count, values } = whole.rows[0] ?? {
    count: 0,
    values: metrics.map(({ kind }) => (isCounted(kind) ? 0 : null)),
  };
  const approximate = [...new Set([...table.approximate, ...whole.approximate])].sort((a, b) => a - b);
  return { rows: table.rows, totals: { count, values }, approximate };
}

function isCounted(kind: Metric['kind']): boolean {
  return kind === 'present' || kind === 'sum' || kind === 'distinct';
}

function compareValues(a: (string | null)[], b: (string | null)[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  if (at === -1) return 0;
  const [left, right] = [a[at]!, b[at]!];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return compareUtf8(left, right);
}

async function tableOf(
  { ask, plan, maxExactValues }: Omit<Counted, 'known'>,
  metrics: readonly Metric[],
): Promise<{ rows: GroupRow[]; approximate: number[] }> {
  const counted: Counted = { ask, plan, maxExactValues, known: new Map() };
  const stats = statsAggregations(metrics);
  const groups = new Map<string, GroupBucket>();
  for await (const group of enumerate({ ask, plan, told: stats })) {
    groups.set(keyOf(group), group);
    if (groups.size > maxGroups) throw tooManyGroups();
  }
  const columns: Column[] = [];
  const approximate: number[] = [];
  for (const [position, metric] of metrics.entries()) {
    const found = await columnOf(metric, counted, groups);
    columns.push(found);
    if (!found.isExact) approximate.push(position);
  }
  const rows = [...groups].map(([key, { by, count }]) => ({
    by,
    count,
    values: columns.map(({ told }) => told(key)),
  }));
  return { rows, approximate };
}

type Statistic = Exclude<Metric, { kind: 'percentile' | 'distinct' | 'hhi' | 'top' }>;

function isStatistic(metric: Metric): metric is Statistic {
  return ['present', 'sum', 'min', 'max', 'mean'].includes(metric.kind);
}

function statsAggregations(metrics: readonly Metric[]): Aggregations {
  const fields = metrics.flatMap((metric) => (isStatistic(metric) ? [metric.field] : []));
  return Object.fromEntries(fields.map((field) => [`stats ${field}`, { stats: { field: numberPath(field) } }]));
}

async function columnOf(metric: Metric, counted: Counted, groups: ReadonlyMap<string, GroupBucket>): Promise<Column> {
  switch (metric.kind) {
    case 'percentile':
      return percentileColumn(metric, counted);
    case 'distinct':
    case 'hhi':
    case 'top':
      return valueColumn(metric, counted);
    default:
      return { told: (key) => statOf(metric.kind, groups.get(key)!.told[`stats ${metric.field}`]), isExact: true };
  }
}

function statOf(kind: Statistic['kind'], told: unknown): number | null {
  const { count, sum, min, max, avg } = told as estypes.AggregationsStatsAggregate;
  if (kind === 'present') return count;
  if (kind === 'sum') return count === 0 ? 0 : sum;
  return { min, max, mean: avg }[kind];
}

function tooManyGroups(): InvalidInputError {
  return new InvalidInputError(
    'too_many_groups',
    `The table has more than ${maxGroups} rows. Take fewer dimensions, fewer digits of a code, or a narrower filter.`,
  );
}
