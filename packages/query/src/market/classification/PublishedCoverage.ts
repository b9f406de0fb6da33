import type { Dimension, GroupQuery } from '@credatlas/model';
import { rounded } from '../metrics/MarketMetric.ts';
import type { MarketQuestion } from '../table/marketQuestion.ts';
import type { GroupBy } from '../table/snapshots.ts';
import type { TableBasis } from '../table/tableSchemas.ts';
import type { Classification, Fact } from './Classification.ts';
import { categoryValues } from './categoryValues.ts';

type Coverage = TableBasis['coverage'];

/** What the whole store holds of what was published by a scheme: counted once for each snapshot. */
export class PublishedCoverage {
  readonly #known = new Map<string, { seq: number; coverage: Coverage }>();

  async of(scheme: Classification, question: MarketQuestion, groupBy: GroupBy): Promise<Coverage> {
    const { judgement, currency, unit, everything: filter } = question;
    // Categories may be told by what is judged on a day.
    const key = JSON.stringify([scheme.id, scheme.version, judgement.on, currency, unit]);
    const total = await groupBy({ filter, by: [], metrics: [] });
    const kept = this.#known.get(key);
    if (kept?.seq === total.seq) return kept.coverage;
    const values = await categoryValues(scheme, { ...question, mode: 'strict' });
    const coverage = await coverageOf(scheme, values, (query) => groupBy({ filter, ...query }));
    // One day and currency is asked about at a time, and tomorrow it is another.
    if (this.#known.size >= maxKept) this.#known.clear();
    this.#known.set(key, { seq: total.seq, coverage });
    return coverage;
  }
}

/** Schemes, days and currencies that are kept at once. */
const maxKept = 50;

async function coverageOf(
  scheme: Classification,
  values: Extract<Dimension, { kind: 'clauses' }>['values'],
  groupBy: (query: Pick<GroupQuery, 'by' | 'metrics'>) => ReturnType<GroupBy>,
): Promise<Coverage> {
  if (scheme.facts.length === 0) return [];
  const by: Dimension[] = [{ kind: 'clauses', values }];
  const [{ rows }, { totals }] = [
    await groupBy({ by, metrics: [] }),
    await groupBy({ by: [], metrics: [{ kind: 'distinct', field: 'provider' }] }),
  ];
  const counts = new Map(rows.map(({ by: [category], count }) => [category, count]));
  const countOf = (name: string): number => {
    if (name === 'total') return totals.count;
    if (name === 'providers') return totals.values[0]!;
    const members = scheme.categories.filter(({ id, group }) => id === name || group === name);
    return members.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0);
  };
  return newest(scheme.facts).map((fact) => {
    const counted = fact.of.reduce((sum, name) => sum + countOf(name), 0);
    return {
      of: fact.of,
      label: labelOf(scheme, fact),
      published: fact.value,
      atLeast: fact.atLeast,
      asOf: fact.asOf,
      counted,
      share: rounded(counted / fact.value, 6),
      note: fact.note ?? null,
      source: fact.source ?? scheme.source,
    };
  });
}

/** Of several figures for the same, the latest. */
function newest(facts: readonly Fact[]): Fact[] {
  const latest = new Map<string, Fact>();
  for (const fact of facts) {
    const known = latest.get(fact.of.join());
    if (!known || fact.asOf > known.asOf) latest.set(fact.of.join(), fact);
  }
  return [...latest.values()];
}

function labelOf({ groups, categories }: Classification, { of }: Fact): string {
  const names = new Map([...groups, ...categories].map(({ id, label }) => [id, label]));
  return of.map((name) => names.get(name) ?? (name === 'total' ? 'All credentials' : 'Providers')).join(', ');
}
