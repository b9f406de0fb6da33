import type { Metric, NumberField } from '@credatlas/model';
import type { estypes } from '@elastic/elasticsearch';
import { keywordPath, numberPath } from '../indexDefinition.ts';
import { concentrationOf, type ValueCounts } from './concentration.ts';
import { type Ask, enumerate, type GroupBucket, mostBucketsEach } from './enumerate.ts';
import { percentileOf } from './percentileOf.ts';
import type { Plan } from './plan.ts';

/** What one metric says of a group, found by the group's key. */
export interface Column {
  told(key: string): number | null;
  isExact: boolean;
}

export interface Counted {
  ask: Ask;
  plan: Plan;
  /** Different values of a field over all groups that are counted one by one; beyond, Elasticsearch estimates. */
  maxExactValues: number;
  /** What has been counted one by one already, by field. */
  known: Map<string, ValuesByGroup | undefined>;
}

type ValuesByGroup = ReadonlyMap<string, [value: string | number, count: number][]>;

/** Groups of one answer while digests of up to 100 KB each are made in it. */
const digestPage = 200;
/** Values of one group that an estimate of concentration looks at; the largest decide it. */
const largestValues = 1_000;

export function keyOf({ by }: Pick<GroupBucket, 'by'>): string {
  return JSON.stringify(by);
}

export async function percentileColumn(
  { field, p }: { field: NumberField; p: number },
  counted: Counted,
): Promise<Column> {
  const values = await valuesByGroup(numberPath(field), counted);
  if (values) {
    const weighted = (key: string) =>
      (values.get(key) ?? []).map(([value, count]) => ({ value: Number(value), count }));
    return { told: (key) => percentileOf(weighted(key), p), isExact: true };
  }
  const percentiles = { field: numberPath(field), percents: [p * 100], keyed: false, tdigest: { compression: 1_000 } };
  const estimated = await estimates({ estimate: { percentiles } }, counted);
  const read = ({ estimate }: Record<string, unknown>): number | null =>
    (estimate as { values: { value: number | null }[] }).values[0]!.value;
  return { told: (key) => read(estimated.get(key)!), isExact: false };
}

/** How many different values each group has, or how concentrated they are. */
export async function valueColumn(
  metric: Extract<Metric, { kind: 'distinct' | 'hhi' | 'top' }>,
  counted: Counted,
): Promise<Column> {
  const field = keywordPath(metric.field);
  const values = await valuesByGroup(field, counted);
  if (values) return { told: (key) => concentrationOf({ counts: values.get(key) ?? [] }, metric), isExact: true };
  const size = Math.max(1, Math.min(largestValues, mostBucketsEach(counted.plan) - 1));
  const estimated = await estimates(
    {
      distinct: { cardinality: { field, precision_threshold: 40_000 } },
      ...(metric.kind === 'distinct' ? {} : { largest: { terms: { field, size } } }),
    },
    counted,
  );
  return { told: (key) => concentrationOf(estimatedCounts(estimated.get(key)!), metric), isExact: false };
}

function estimatedCounts({ distinct, largest }: Record<string, unknown>): ValueCounts {
  const { value } = distinct as { value: number };
  if (!largest) return { counts: [], others: { values: value, count: 0 } };
  const { buckets, sum_other_doc_count: count } = largest as {
    buckets: { key: string; doc_count: number }[];
    sum_other_doc_count: number;
  };
  return {
    counts: buckets.map(({ key, doc_count }) => [key, doc_count]),
    others: { values: Math.max(value - buckets.length, count > 0 ? 1 : 0), count },
  };
}

/** The different values of a field in each group, with how many documents have each; undefined when there are too many. */
async function valuesByGroup(valueField: string, counted: Counted): Promise<ValuesByGroup | undefined> {
  const { known } = counted;
  if (!known.has(valueField)) known.set(valueField, await countedValues(valueField, counted));
  return known.get(valueField);
}

async function countedValues(
  valueField: string,
  { ask, plan, maxExactValues }: Counted,
): Promise<ValuesByGroup | undefined> {
  const found = new Map<string, [string | number, number][]>();
  let seen = 0;
  for await (const group of enumerate({ ask, plan, told: {}, valueField })) {
    seen += 1;
    if (seen > maxExactValues) return undefined;
    const own = found.get(keyOf(group)) ?? [];
    own.push([group.value!, group.count]);
    found.set(keyOf(group), own);
  }
  return found;
}

async function estimates(
  told: Record<string, estypes.AggregationsAggregationContainer>,
  { ask, plan }: Counted,
): Promise<ReadonlyMap<string, Record<string, unknown>>> {
  const found = new Map<string, Record<string, unknown>>();
  for await (const group of enumerate({ ask, plan, told, page: digestPage })) found.set(keyOf(group), group.told);
  return found;
}
