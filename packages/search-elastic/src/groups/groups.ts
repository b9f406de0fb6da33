import {
  type GroupAnswer,
  type GroupQuery,
  type GroupRow,
  InvalidInputError,
  type KeywordField,
  type Metric,
  maxGroups,
  type NumberField,
} from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { estypes } from '@elastic/elasticsearch';
import { keywordPath, numberPath } from '../indexDefinition.ts';
import { type Aggregations, type Ask, enumerate, type GroupBucket } from './enumerate.ts';
import { percentileOf, type WeightedValue } from './percentileOf.ts';
import { type Plan, planOf } from './plan.ts';

/** Groups of one answer while digests of up to 100 KB each are made in it. */
const digestPage = 200;

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

/** What one metric says of a group, found by the group's key. */
type Column = (key: string) => number | null;

interface Counted {
  ask: Ask;
  plan: Plan;
  /** Different values of a field over all groups that are counted one by one; beyond, Elasticsearch estimates. */
  maxExactValues: number;
}

async function tableOf(
  counted: Counted,
  metrics: readonly Metric[],
): Promise<{ rows: GroupRow[]; approximate: number[] }> {
  const { ask, plan } = counted;
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
    columns.push(found.column);
    if (!found.isExact) approximate.push(position);
  }
  const rows = [...groups].map(([key, { by, count }]) => ({ by, count, values: columns.map((column) => column(key)) }));
  return { rows, approximate };
}

function keyOf({ by }: Pick<GroupBucket, 'by'>): string {
  return JSON.stringify(by);
}

function statsAggregations(metrics: readonly Metric[]): Aggregations {
  const fields = metrics.flatMap((metric) =>
    metric.kind === 'percentile' || metric.kind === 'distinct' ? [] : [metric.field],
  );
  return Object.fromEntries(fields.map((field) => [`stats ${field}`, { stats: { field: numberPath(field) } }]));
}

async function columnOf(
  metric: Metric,
  counted: Counted,
  groups: ReadonlyMap<string, GroupBucket>,
): Promise<{ column: Column; isExact: boolean }> {
  switch (metric.kind) {
    case 'percentile':
      return percentileColumn(metric, counted);
    case 'distinct':
      return distinctColumn(metric.field, counted);
    default:
      return { column: (key) => statOf(metric.kind, groups.get(key)!.told[`stats ${metric.field}`]), isExact: true };
  }
}

function statOf(kind: 'present' | 'sum' | 'min' | 'max' | 'mean', told: unknown): number | null {
  const { count, sum, min, max, avg } = told as estypes.AggregationsStatsAggregate;
  if (kind === 'present') return count;
  if (kind === 'sum') return count === 0 ? 0 : sum;
  return { min, max, mean: avg }[kind];
}

async function percentileColumn(
  { field, p }: { field: NumberField; p: number },
  counted: Counted,
): Promise<{ column: Column; isExact: boolean }> {
  const values = await valuesByGroup(numberPath(field), counted);
  if (values) return { column: (key) => percentileOf(values.get(key) ?? [], p), isExact: true };
  const percentiles = { field: numberPath(field), percents: [p * 100], keyed: false, tdigest: { compression: 1_000 } };
  const estimated = await estimate({ percentiles }, counted);
  const read = (told: unknown): number | null => (told as { values: { value: number | null }[] }).values[0]!.value;
  return { column: (key) => read(estimated.get(key)), isExact: false };
}

async function distinctColumn(field: KeywordField, counted: Counted): Promise<{ column: Column; isExact: boolean }> {
  const values = await valuesByGroup(keywordPath(field), counted);
  if (values) return { column: (key) => values.get(key)?.length ?? 0, isExact: true };
  const estimated = await estimate(
    { cardinality: { field: keywordPath(field), precision_threshold: 40_000 } },
    counted,
  );
  return { column: (key) => (estimated.get(key) as { value: number }).value, isExact: false };
}

/** The different values of a field in each group, ascending, with how many documents have each; undefined when there are too many. */
async function valuesByGroup(
  valueField: string,
  { ask, plan, maxExactValues }: Counted,
): Promise<ReadonlyMap<string, WeightedValue[]> | undefined> {
  const found = new Map<string, WeightedValue[]>();
  let seen = 0;
  for await (const group of enumerate({ ask, plan, told: {}, valueField })) {
    seen += 1;
    if (seen > maxExactValues) return undefined;
    const own = found.get(keyOf(group)) ?? [];
    own.push({ value: Number(group.value), count: group.count });
    found.set(keyOf(group), own);
  }
  return found;
}

async function estimate(
  aggregation: estypes.AggregationsAggregationContainer,
  { ask, plan }: Counted,
): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for await (const group of enumerate({ ask, plan, told: { estimate: aggregation }, page: digestPage }))
    found.set(keyOf(group), group.told.estimate);
  return found;
}

function tooManyGroups(): InvalidInputError {
  return new InvalidInputError(
    'too_many_groups',
    `The table has more than ${maxGroups} rows. Take fewer dimensions, fewer digits of a code, or a narrower filter.`,
  );
}
