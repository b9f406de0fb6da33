import {
  type Clause,
  type Credential,
  centsOf,
  type NumberField,
  type SortKey,
  type TaggedClause,
} from '@credatlas/model';
import { type AskedSkills, skillClause, withCovered } from '../coverage/skillQuestion.ts';
import type { QueryContext } from '../dependencies.ts';
import { moneyColumn } from '../fields.ts';
import { type Cover, type CoverOption, cheapestMasks, firstCover, type Price } from './exactCover.ts';
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

  /** What covers some skill and has the value of the objective; `more` name a skill themselves. */
  #candidates(...more: Clause[]): { text?: AskedSkills['conditions']['text']; filter: TaggedClause[] } {
    const { text, filter } = this.#asked.conditions;
    const clauses = [...(more.length > 0 ? more : [this.#any]), ...this.#present()];
    return { ...(text ? { text } : {}), filter: [...clauses.map((clause) => ({ clause })), ...filter] };
  }

  /** Covers some skill. */
  get #any(): Clause {
    return { op: 'or', clauses: this.#clauses };
  }

  #present(): Clause[] {
    if (this.#objective === 'count') return [];
    return [{ op: 'present', field: this.#objective === 'days' ? 'days' : this.#cost }];
  }

  /** Which skills no candidate covers; how many cover any, and how many of these are no candidates for want of a value. */
  async survey(): Promise<{ uncovered: Bundles['uncovered']; candidates: number; leftOut: number; seq: number }> {
    const { engine } = this.#context;
    const { text, filter } = this.#asked.conditions;
    const values = this.#clauses.map((clause, at) => ({ value: String(at), clause }));
    const facets = [{ name: 'skills', kind: 'clauses' as const, tag: '', values }];
    const answer = await engine.search({ ...this.#candidates(), facets, sort: [], size: 0 });
    const isPriced = this.#present().length > 0;
    const all = isPriced
      ? await engine.count({ ...(text ? { text } : {}), filter: [...filter, { clause: this.#any }] })
      : answer.total;
    const held = new Set(answer.facets.skills?.buckets.map(({ value }) => value));
    const { wanted, recognized } = this.#asked;
    const uncovered = wanted
      .filter((skill) => !held.has(String(recognized.indexOf(skill))))
      .map(({ label, asked, keys }) => ({ label, asked, why: this.#whyNot(keys) }));
    return { uncovered, candidates: all, leftOut: all - answer.total, seq: answer.seq };
  }

  #whyNot(keys: string[]): string {
    if (keys.length === 0) return 'No skill is known by this name.';
    const value = { cost: 'a cost in this currency', days: 'a duration', count: undefined }[this.#objective];
    return `No credential within the filter covers it${value ? ` and states ${value}` : ''}.`;
  }

  /**
   * Every exact combination of skills that some credential covers, with the least it costs; of those that are in some cheapest cover the
   * best credential each; of covers made of these the first.
   */
  async exact(): Promise<FoundBundle> {
    const prices = await this.#prices();
    const masks = cheapestMasks(prices, this.#clauses.length);
    const cheapest = await this.#options(masks, (mask) => this.#best(mask, prices.get(mask)!));
    const first = firstCover(cheapest, this.#clauses.length);
    const isPriced = first?.price.at(-1) !== Number.POSITIVE_INFINITY;
    const best = isPriced ? first : await this.#firstUnpriced(prices, masks);
    return { ids: best?.ids, isOptimal: true, bound: best?.price[0], isCut: false };
  }

  /** Where no cover has a known cost, ids alone tell equals apart. */
  async #firstUnpriced(prices: ReadonlyMap<number, Price>, masks: readonly number[]): Promise<Cover | undefined> {
    const lowest = await this.#options(masks, (mask) => this.#lowest(mask, prices.get(mask)![0]!));
    const unpriced = lowest.map((option) => ({ ...option, price: option.price.slice(0, 2) }));
    return firstCover(unpriced, this.#clauses.length);
  }

  /** By bit masks of skills: the objective of the best credential that covers just these, and what its cover takes besides. */
  async #prices(): Promise<Map<number, Price>> {
    const least = this.#objective === 'days' ? 'days' : this.#cost;
    const { rows } = await this.#context.engine.groupBy({
      ...this.#candidates(),
      by: this.#clauses.map((clause) => ({ kind: 'clauses', values: [{ value: 'covered', clause }] })),
      metrics: [{ kind: 'min', field: least }],
    });
    return new Map(
      rows.map(({ by, values }) => {
        const mask = by.reduce((sum, value, skill) => sum + (value === null ? 0 : 2 ** skill), 0);
        const value = values[0] ?? Number.POSITIVE_INFINITY;
        return [mask, this.#objective === 'count' ? [1, value] : [value, 1]];
      }),
    );
  }

  async #options(
    masks: readonly number[],
    find: (mask: number) => Promise<string | undefined>,
  ): Promise<CoverOption[]> {
    const ids = await Promise.all(masks.map(find));
    const credentials = await this.#context.credentials.credentials(ids.flatMap((id) => id ?? []));
    return masks.flatMap((mask, at) => {
      const credential = credentials.get(ids[at] ?? '');
      const price = this.#priceOf(credential);
      if (!credential || price === undefined) return [];
      return [{ mask, id: credential.id, price: [price, 1, this.#costOf(credential) ?? Number.POSITIVE_INFINITY] }];
    });
  }

  /** The lowest id among the credentials that cover just these skills for the least. */
  async #lowest(mask: number, least: number): Promise<string | undefined> {
    const range: Clause[] = this.#objective === 'days' ? [{ op: 'range', field: 'days', lte: least }] : [];
    for await (const [id] of this.#context.engine.scan(this.#candidates(...range, ...this.#exactly(mask)))) return id;
    return undefined;
  }

  #exactly(mask: number): Clause[] {
    return this.#clauses.map((clause, skill) => (mask & (1 << skill) ? clause : { op: 'not', clause }));
  }

  /** The best of those that cover just these skills. As good as it is few are, so that is asked first; it may have gone since. */
  async #best(mask: number, price: Price): Promise<string | undefined> {
    const exactly = this.#exactly(mask);
    return (await this.#cheapest([...this.#asGood(price), ...exactly])) ?? this.#cheapest(exactly);
  }

  #asGood([first, second]: Price): Clause[] {
    const lte = this.#objective === 'count' ? second! : first!;
    const field = this.#objective === 'days' ? 'days' : this.#cost;
    return lte === Number.POSITIVE_INFINITY ? [] : [{ op: 'range', field, lte }];
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
