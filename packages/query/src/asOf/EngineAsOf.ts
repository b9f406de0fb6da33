import {
  type Clause,
  type Credential,
  type Dimension,
  type GroupAnswer,
  type GroupQuery,
  type GroupRow,
  hhiOf,
  InvalidInputError,
  type Metric,
  type NumberField,
  type TaggedClause,
  type TextQuery,
  topShareOf,
  UnavailableError,
} from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';

type Conditions = { text?: TextQuery; filter: TaggedClause[] };

/** Unchanged credentials that are read for percentiles: four seconds of reading. */
const maxRead = 20_000;

export interface EngineAsOfOptions {
  live: SearchEngine;
  /** Change sequence that the live engine must show for the two to fit together. */
  until: number;
  /** The state that is answered of. */
  seq: number;
  /** Ids of what has changed in between, and a small engine over what that was. */
  changed: ReadonlySet<string>;
  past: SearchEngine;
  pastCredentials: Credential[];
  read(ids: string[]): Promise<Map<string, Credential>>;
  engineOver(credentials: Credential[]): Promise<SearchEngine>;
}

/**
 * An earlier state of a search engine: of what has not changed the live one answers, of the rest a small one over the earlier versions.
 * Counts, sums and different values are put together exactly; for percentiles what matches is read.
 */
export class EngineAsOf implements Pick<SearchEngine, 'info' | 'count' | 'matching' | 'groupBy' | 'scan'> {
  readonly #given: EngineAsOfOptions;
  readonly #unchanged: TaggedClause;

  constructor(given: EngineAsOfOptions) {
    this.#given = given;
    this.#unchanged = { clause: { op: 'not', clause: { op: 'ids', ids: [...given.changed] } } };
  }

  async info(): ReturnType<SearchEngine['info']> {
    return { ...(await this.#given.live.info()), seq: this.#given.seq };
  }

  async count(query: Conditions): Promise<number> {
    return (await this.groupBy({ ...query, by: [], metrics: [] })).totals.count;
  }

  async matching(ids: string[], clause: Clause): Promise<string[]> {
    const { live, past, changed } = this.#given;
    const [old, same] = [ids.filter((id) => changed.has(id)), ids.filter((id) => !changed.has(id))];
    return [...(await live.matching(same, clause)), ...(await past.matching(old, clause))];
  }

  /** First what has not changed, then the rest, each in the order of ids. */
  async *scan(query: Conditions): AsyncIterable<string[]> {
    yield* this.#given.live.scan(this.#sameOf(query));
    yield* this.#given.past.scan(query);
  }

  /** Throws InvalidInputError `percentiles_of_the_past`, UnavailableError `market_is_changing`. */
  async groupBy(query: GroupQuery): Promise<GroupAnswer> {
    if (query.metrics.some(({ kind }) => kind === 'percentile')) return this.#read(query);
    const { needs, told } = additive(query.metrics);
    const answers = await this.#both({ ...query, metrics: needs });
    const values = new Map<Metric, ValueCounts>();
    for (const metric of query.metrics)
      if (isOfValues(metric)) values.set(metric, await this.#valueCounts(query, metric));
    const rows = merged(
      answers.flatMap((answer) => answer.rows),
      needs,
    ).map(({ by, count, values: own }) => ({
      by,
      count,
      values: query.metrics.map((metric) => values.get(metric)?.told(by) ?? told(metric, own)),
    }));
    const [totals] = merged(
      answers.map((answer) => ({ by: [], ...answer.totals })),
      needs,
    );
    return {
      rows: rows.sort((a, b) => b.count - a.count),
      totals: {
        count: totals!.count,
        values: query.metrics.map((metric) => values.get(metric)?.told() ?? told(metric, totals!.values)),
      },
      approximate: [],
      seq: this.#given.seq,
    };
  }

  #sameOf<Query extends Conditions>(query: Query): Query {
    return { ...query, filter: [...query.filter, this.#unchanged] };
  }

  async #both(query: GroupQuery): Promise<GroupAnswer[]> {
    const { live, past, until } = this.#given;
    const same = await live.groupBy(this.#sameOf(query));
    if (same.seq !== until)
      throw new UnavailableError(
        'market_is_changing',
        'Credentials changed while they were counted. Ask again in a moment.',
      );
    return [same, await past.groupBy(query)];
  }

  /** How often each value of a field stands in each row, and in all. */
  async #valueCounts(query: GroupQuery, metric: ValueMetric): Promise<ValueCounts> {
    const dimension: Dimension = { kind: 'values', field: metric.field };
    const as = new Map(metric.merged);
    const countsOf = async (by: GroupQuery['by']): Promise<Map<string, number[]>> => {
      const answers = await this.#both({ ...query, by: [...by, dimension], metrics: [] });
      const counts = new Map<string, Map<string, number>>();
      for (const { by: own, count } of answers.flatMap(({ rows }) => rows)) {
        const value = own.at(-1) ?? null;
        if (value === null) continue;
        const key = JSON.stringify(own.slice(0, -1));
        const row = counts.get(key) ?? new Map<string, number>();
        const name = as.get(value) ?? value;
        counts.set(key, row.set(name, (row.get(name) ?? 0) + count));
      }
      return new Map([...counts].map(([key, row]) => [key, [...row.values()]]));
    };
    const rows = query.by.length === 0 ? new Map<string, number[]>() : await countsOf(query.by);
    const all = (await countsOf([])).get('[]') ?? [];
    return { told: (by) => valueMetric(metric, by ? (rows.get(JSON.stringify(by)) ?? []) : all) };
  }

  /** All that matches in one engine. */
  async #read(query: GroupQuery): Promise<GroupAnswer> {
    const { live, pastCredentials, read, engineOver, seq } = this.#given;
    const credentials: Credential[] = [...pastCredentials];
    for await (const ids of live.scan(this.#sameOf(query))) {
      credentials.push(...(await read(ids)).values());
      if (credentials.length > maxRead + pastCredentials.length) throw tooMany();
    }
    const whole = await engineOver(credentials);
    try {
      return { ...(await whole.groupBy(query)), seq };
    } finally {
      await whole.close();
    }
  }
}

type ValueMetric = Extract<Metric, { kind: 'distinct' | 'hhi' | 'top' }>;

/** What a metric of values comes to in a row, or in all. */
interface ValueCounts {
  told(by?: GroupRow['by']): number | null;
}

function isOfValues(metric: Metric): metric is ValueMetric {
  return metric.kind === 'distinct' || metric.kind === 'hhi' || metric.kind === 'top';
}

function valueMetric(metric: ValueMetric, counts: number[]): number | null {
  if (metric.kind === 'distinct') return counts.length;
  return (metric.kind === 'hhi' ? hhiOf(counts) : topShareOf(counts, metric.n)) ?? null;
}

interface Additive {
  kind: 'present' | 'sum' | 'min' | 'max';
  field: NumberField;
}

/** The metrics that can be put together from two parts, and how the wanted ones follow from them. */
function additive(metrics: readonly Metric[]): {
  needs: Additive[];
  told(metric: Metric, values: readonly (number | null)[]): number | null;
} {
  const needs = metrics.flatMap((metric): Additive[] => {
    if (metric.kind === 'percentile' || isOfValues(metric)) return [];
    const { kind, field } = metric;
    if (kind !== 'mean') return [{ kind, field }];
    return [
      { kind: 'sum', field },
      { kind: 'present', field },
    ];
  });
  const at = (kind: string, field: string): number =>
    needs.findIndex((need) => need.kind === kind && need.field === field);
  return {
    needs,
    told: ({ kind, field }, values) => {
      if (kind !== 'mean') return values[at(kind, field)] ?? null;
      const present = values[at('present', field)];
      return present ? values[at('sum', field)]! / present : null;
    },
  };
}

/** Rows of the same values as one. */
function merged(rows: readonly GroupRow[], needs: readonly Additive[]): GroupRow[] {
  return [...Map.groupBy(rows, ({ by }) => JSON.stringify(by)).values()].map((same) => ({
    by: same[0]!.by,
    count: same.reduce((sum, { count }) => sum + count, 0),
    values: needs.map(({ kind }, at) => {
      const own = same.flatMap(({ values }) => values[at] ?? []);
      if (kind === 'min' || kind === 'max') return own.length === 0 ? null : Math[kind](...own);
      return own.reduce((sum, value) => sum + value, 0);
    }),
  }));
}

function tooMany(): InvalidInputError {
  const detail = `Percentiles of an earlier state are told of at most ${maxRead} credentials. Narrow the filter, or ask for counts, sums, means, lowest and highest.`;
  return new InvalidInputError('percentiles_of_the_past', detail, {
    faults: [{ code: 'percentiles_of_the_past', parameter: 'metrics', detail }],
  });
}
