import {
  type Clause,
  type Credential,
  centsOf,
  type NumberField,
  type SortKey,
  type TaggedClause,
} from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { type AskedSkills, skillClause, withCovered } from '../coverage/skillQuestion.ts';
import type { QueryContext } from '../dependencies.ts';
import { moneyColumn } from '../fields.ts';
import { cheapestCovers, comparePrices, type Price } from './exactCover.ts';
import { type Candidate, greedyCover, leastPossible } from './greedyCover.ts';
import type { Bundles } from './schemas.ts';

/** Candidates of a good one that are looked at: those that cover most, and for each skill the cheapest. */
const mostCandidates = 2_000;

/** The best that was found, and how good any can be. */
export interface FoundBundle {
  ids: string[] | undefined;
  isOptimal: boolean;
  /** In the unit of the objective: cents, days, credentials. */
  bound: number | undefined;
  isCut: boolean;
}

/** Asks the engine for what bundles are made of. */
export class BundleSearch {
  readonly #context: QueryContext;
  readonly #asked: AskedSkills;
  readonly #objective: Bundles['meta']['objective'];
  readonly #cost: NumberField;
  readonly #clauses: Clause[];

  constructor(context: QueryContext, asked: AskedSkills, objective: Bundles['meta']['objective']) {
    this.#context = context;
    this.#asked = asked;
    this.#objective = objective;
    this.#cost = moneyColumn('cost', asked.question.currency);
    this.#clauses = asked.recognized.map(({ keys }) => skillClause(keys, asked.conditions.fields));
  }

  /** What covers some skill and has the value of the objective. */
  #candidates(...more: Clause[]): { text?: AskedSkills['conditions']['text']; filter: TaggedClause[] } {
    const { text, filter } = this.#asked.conditions;
    const clauses = [{ op: 'or' as const, clauses: this.#clauses }, ...this.#present(), ...more];
    return { ...(text ? { text } : {}), filter: [...filter, ...clauses.map((clause) => ({ clause }))] };
  }

  #present(): Clause[] {
    if (this.#objective === 'count') return [];
    return [{ op: 'present', field: this.#objective === 'days' ? 'days' : this.#cost }];
  }

  async counts(): Promise<{ candidates: number; leftOut: number; seq: number }> {
    const { text, filter } = this.#asked.conditions;
    const any: TaggedClause = { clause: { op: 'or', clauses: this.#clauses } };
    const all = await this.#context.engine.count({ ...(text ? { text } : {}), filter: [...filter, any] });
    const { seq } = await this.#context.engine.info();
    return { candidates: all, leftOut: all - (await this.#context.engine.count(this.#candidates())), seq };
  }

  async uncovered(): Promise<Bundles['uncovered']> {
    const values = this.#clauses.map((clause, at) => ({ value: String(at), clause }));
    const facets = [{ name: 'skills', kind: 'clauses' as const, tag: '', values }];
    const answer = await this.#context.engine.search({ ...this.#candidates(), facets, sort: [], size: 0 });
    const held = new Set(answer.facets.skills?.buckets.map(({ value }) => value));
    const { wanted, recognized } = this.#asked;
    return wanted
      .filter((skill) => !held.has(String(recognized.indexOf(skill))))
      .map(({ label, asked, keys }) => ({ label, asked, why: this.#whyNot(keys) }));
  }

  #whyNot(keys: string[]): string {
    if (keys.length === 0) return 'No skill is known by this name.';
    const value = { cost: 'a cost in this currency', days: 'a duration', count: undefined }[this.#objective];
    return `No credential within the filter covers it${value ? ` and states ${value}` : ''}.`;
  }

  /** Every exact combination of skills that some credential covers, with the least it costs; then the cheapest of all covers. */
  async exact(): Promise<FoundBundle> {
    const least = this.#objective === 'days' ? 'days' : this.#cost;
    const { rows } = await this.#context.engine.groupBy({
      ...this.#candidates(),
      by: this.#clauses.map((clause) => ({ kind: 'clauses', values: [{ value: 'covered', clause }] })),
      metrics: [{ kind: 'min', field: least }],
    });
    const prices = new Map<number, Price>();
    for (const { by, values } of rows) {
      const mask = by.reduce((sum, value, skill) => sum + (value === null ? 0 : 2 ** skill), 0);
      const value = values[0] ?? Number.POSITIVE_INFINITY;
      prices.set(mask, this.#objective === 'count' ? [1, value] : [value, 1]);
    }
    const covers = cheapestCovers(prices, this.#clauses.length);
    const best = await this.#first(covers);
    const bound = covers[0]?.reduce((sum, mask) => sum + prices.get(mask)![0], 0);
    return { ids: best, isOptimal: true, bound, isCut: false };
  }

  /** Of equally good covers the one of lower cost, then of lower ids. */
  async #first(covers: readonly number[][]): Promise<string[] | undefined> {
    const masks = [...new Set(covers.flat())];
    const found = await Promise.all(masks.map((mask) => this.#cheapest(this.#exactly(mask))));
    const ids = new Map(masks.map((mask, at) => [mask, found[at]!]));
    const credentials = await this.#context.credentials.credentials(found.flatMap((id) => id ?? []));
    const priced = covers.map((cover) => {
      const own = cover.flatMap((mask) => ids.get(mask) ?? []).sort(compareUtf8);
      const cost = own.reduce((sum, id) => sum + (this.#costOf(credentials.get(id)) ?? Number.POSITIVE_INFINITY), 0);
      return { ids: own, price: [cost, 0] as const };
    });
    priced.sort((a, b) => comparePrices(a.price, b.price) || compareUtf8(a.ids.join('\n'), b.ids.join('\n')));
    return priced[0]?.ids;
  }

  #exactly(mask: number): Clause[] {
    return this.#clauses.map((clause, skill) => (mask & (1 << skill) ? clause : { op: 'not', clause }));
  }

  /** The best single one by the objective, then by cost, then by id. */
  async #cheapest(clauses: Clause[]): Promise<string | undefined> {
    const cost: SortKey = { by: this.#cost, descending: false };
    const sort: SortKey[] = this.#objective === 'days' ? [{ by: 'days', descending: false }, cost] : [cost];
    const { hits } = await this.#context.engine.search({ ...this.#candidates(...clauses), facets: [], sort, size: 1 });
    return hits[0]?.id;
  }

  async greedy(): Promise<FoundBundle> {
    const { engine, credentials: store } = this.#context;
    const { skills, fields } = this.#asked.conditions;
    const most = await engine.coverage({ ...this.#candidates(), skills, fields, min: 1, size: mostCandidates });
    const cheapest = await Promise.all(this.#clauses.map((clause) => this.#cheapest([clause])));
    const credentials = await store.credentials([
      ...new Set([...most.hits.map(({ id }) => id), ...cheapest.flatMap((id) => id ?? [])]),
    ]);
    const candidates = [...credentials.values()].flatMap((credential) => this.#candidate(credential));
    const n = this.#clauses.length;
    const taken = greedyCover(candidates, n);
    const isAll = most.total <= most.hits.length;
    // Whatever covers the dearest skill costs as much as the cheapest that does; whatever covers all is as many as the widest need.
    const alone = Math.max(...cheapest.map((id) => this.#priceOf(credentials.get(id ?? '')) ?? 0));
    const widest = most.hits[0]?.covered.length ?? n;
    const simple = this.#objective === 'count' ? Math.ceil(n / widest) : alone;
    const possible = isAll ? leastPossible(candidates, n) : 0;
    const whole = this.#objective === 'count' ? Math.ceil(possible - 1e-9) : possible;
    const bound = Math.max(simple, whole);
    const price = taken?.reduce((sum, { price: own }) => sum + own, 0) ?? 0;
    return {
      ids: taken?.map(({ id }) => id),
      isOptimal: price <= bound + 1e-6,
      bound,
      isCut: !isAll,
    };
  }

  #candidate(credential: Credential): Candidate[] {
    const price = this.#priceOf(credential);
    if (price === undefined) return [];
    const held = new Set(withCovered(credential, this.#asked).covered.map(({ asked: [first] }) => first));
    const covered = this.#asked.recognized.flatMap(({ asked: [first] }, skill) => (held.has(first) ? [skill] : []));
    return covered.length > 0 ? [{ id: credential.id, covered, price }] : [];
  }

  #priceOf(credential: Credential | undefined): number | undefined {
    if (!credential) return undefined;
    if (this.#objective === 'count') return 1;
    return this.#objective === 'days' ? credential.durationDays : this.#costOf(credential);
  }

  #costOf(credential: Credential | undefined): number | undefined {
    return centsIn(credential, this.#asked.question.currency);
  }
}

/** Cents of its cost in the currency. */
export function centsIn(credential: Credential | undefined, currency: string): number | undefined {
  const cost = credential?.totalCosts.find((each) => each.currency === currency);
  return cost && centsOf(cost.amount);
}
