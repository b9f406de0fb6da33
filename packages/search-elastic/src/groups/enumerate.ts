import type { estypes } from '@elastic/elasticsearch';
import type { Query } from '../clauses.ts';
import { compositeSources, type Fixed, type Part, type Plan } from './plan.ts';

export type Aggregations = Record<string, estypes.AggregationsAggregationContainer>;

/** Asks for aggregations over the matching documents that also match all of the filter. */
export type Ask = (filter: Query[], aggregations: Aggregations) => Promise<Record<string, unknown>>;

/** What one group holds: its count and whatever was asked for beside it. */
export interface GroupBucket {
  by: (string | null)[];
  count: number;
  /** The value of the further source, when there was one. */
  value?: string | number;
  told: Record<string, unknown>;
}

interface RawBucket {
  key?: Record<string, string | number | null>;
  doc_count: number;
  fixed?: { buckets: RawBucket[] };
}

/** Buckets of one answer, below Elasticsearch's own limit of 65,536. */
const bucketsPerAnswer = 50_000;
const maxPage = 10_000;

export interface Enumeration {
  ask: Ask;
  plan: Plan;
  /** Asked for in every group. */
  told: Aggregations;
  /** A field whose different values are told apart within each group. */
  valueField?: string;
  /** Groups of one answer at most, when what is asked for weighs much. */
  page?: number;
}

/** Buckets that one answer may make in every group of the composite. */
export function mostBucketsEach({ fixed }: Plan): number {
  return Math.floor(bucketsPerAnswer / fixed.reduce((product, { values }) => product * (values.length + 1), 1));
}

/** Every group with its count, in no order, page by page. A restricted dimension's unwanted values are left out. */
export async function* enumerate(given: Enumeration): AsyncIterable<GroupBucket> {
  const most = Math.floor(mostBucketsEach(given.plan) / bucketsIn(given.told));
  const size = Math.max(1, Math.min(given.page ?? maxPage, maxPage, most));
  const told = given.plan.fixed.reduceRight(withFixed, given.told);
  for (const part of given.plan.parts) {
    for await (const bucket of bucketsOf(given, { part, told, size })) yield* groupsIn(bucket, part, given.plan);
  }
}

/** Buckets that a group makes, itself included. */
function bucketsIn(told: Aggregations): number {
  return Object.values(told).reduce((sum, { terms }) => sum + (terms?.size ?? 0), 1);
}

function withFixed(inner: Aggregations, { values }: Fixed): Aggregations {
  // Without any value everything is null.
  const filters = values.length > 0 ? values.map(({ query }) => query) : [{ match_none: {} }];
  return { fixed: { filters: { filters, other_bucket: true }, aggs: inner } };
}

async function* bucketsOf(
  { ask, valueField }: Enumeration,
  { part, told, size }: { part: Part; told: Aggregations; size: number },
): AsyncIterable<RawBucket> {
  const sources = [
    ...compositeSources(part.sources),
    ...(valueField === undefined ? [] : [{ value: { terms: { field: valueField } } }]),
  ];
  if (sources.length === 0) {
    const { whole } = await ask(part.filter, { whole: { filter: { match_all: {} }, aggs: told } });
    yield whole as RawBucket;
    return;
  }
  let after: estypes.AggregationsCompositeAggregateKey | undefined;
  do {
    const composite = { sources, size, ...(after ? { after } : {}) };
    const { groups } = await ask(part.filter, { groups: { composite, aggs: told } });
    const { buckets, after_key } = groups as { buckets: RawBucket[]; after_key?: typeof after };
    yield* buckets;
    after = buckets.length < size ? undefined : after_key;
  } while (after);
}

function* groupsIn(bucket: RawBucket, part: Part, plan: Plan): Iterable<GroupBucket> {
  const by = new Array<string | null>(plan.dimensions).fill(null);
  for (const { at, accepts } of part.sources) {
    const value = bucket.key?.[String(at)] ?? null;
    if (value !== null && accepts && !accepts(String(value))) return;
    by[at] = value === null ? null : String(value);
  }
  const value = bucket.key?.value ?? undefined;
  for (const group of fixedGroups(bucket, by, plan.fixed)) yield value === undefined ? group : { ...group, value };
}

function* fixedGroups(bucket: RawBucket, by: (string | null)[], fixed: readonly Fixed[]): Iterable<GroupBucket> {
  const [first, ...rest] = fixed;
  if (bucket.doc_count === 0) return;
  if (!first) {
    yield { by, count: bucket.doc_count, told: bucket as unknown as Record<string, unknown> };
    return;
  }
  for (const [index, inner] of bucket.fixed!.buckets.entries()) {
    const own = [...by];
    own[first.at] = first.values[index]?.value ?? null;
    yield* fixedGroups(inner, own, rest);
  }
}
