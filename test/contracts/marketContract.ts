import type {
  CoverageHit,
  CoverageQuery,
  FacetRequest,
  SearchChange,
  SearchDocument,
  SearchQuery,
} from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContractMarket } from './ContractMarket.ts';
import { everySort, none } from './contractQuestions.ts';
import { byBytes, expectOrder, expectRanked, expectTable } from './expectations.ts';
import { Dice, generatedDocument } from './generatedMarket.ts';
import { matches } from './ReferenceSearch.ts';
import { referenceCoverage, referenceGroups } from './ReferenceTables.ts';
import { referenceSuggestions } from './referenceSuggestions.ts';

/** Larger than any market here; Elasticsearch gives 10,000 at once. */
const everything = 9_000;

export interface MarketOptions {
  /** Of the combinations of text and filter every this many-th is tried: for an engine that another one stands for. */
  everyCase?: number;
  /** Called before scores are compared, for an engine whose frequencies settle only when it tidies up. */
  settle?: (engine: SearchEngine) => Promise<void>;
}

/** What every adapter of the search port must answer over a market; the reference says what is right. */
export function marketContract(
  name: string,
  open: () => Promise<SearchEngine>,
  { market, everyCase = 1, settle }: MarketOptions & { market: ContractMarket },
): void {
  const { reference, questions } = market;
  const { texts, filters, facets, sorts, tables, tooMany, coverage, beginnings } = questions;
  describe(`${name} answers as the reference does`, () => {
    let engine: SearchEngine;

    beforeAll(async () => {
      engine = await open();
      for (const batch of await market.changes()) await engine.apply(batch, market.seq);
      await settle?.(engine);
    }, 240_000);
    afterAll(() => engine.close());

    const cases = Object.keys(texts)
      .flatMap((text) => Object.keys(filters).map((filter) => [text, filter] as const))
      .filter((_, position) => position % everyCase === 0);
    test.each(cases)('matches, totals, order and facets: %s, %s', async (text, filter) => {
      const query = { ...none, ...(texts[text] ? { text: texts[text] } : {}), filter: filters[filter] ?? [], facets };
      const expected = market.expected(`${text}, ${filter}`, query);
      const answer = await engine.search({ ...query, size: everything });
      expect(answer.total).toBe(expected.ids.length);
      expectOrder(
        reference,
        query.text,
        answer.hits.map(({ id }) => id),
        expected.ids,
      );
      expect(answer.facets).toEqual(expected.facets);
      expect(await engine.count(query)).toBe(expected.ids.length);
    });

    test.each(['one word', 'expanded'])('relevance is one key among others, before and after: %s', async (title) => {
      const text = texts[title]!;
      const byLevel = { by: 'level', descending: true } as const;
      const best = { by: 'relevance', descending: true } as const;
      for (const sort of [
        [byLevel, best],
        [best, byLevel],
      ]) {
        const ids: string[] = [];
        let after: SearchQuery['after'];
        do {
          const page = await engine.search({ ...none, text, sort, size: 97, ...(after ? { after } : {}) });
          ids.push(...page.hits.map(({ id }) => id));
          after = page.next;
        } while (after);
        const expected = reference.matching({ text, filter: [] }).map(({ id }) => id);
        expect([...ids].sort()).toEqual(expected.sort());
        expectRanked(reference, { text, sort }, ids);
      }
    });

    test('any choice of facets answers as it does among all of them', async () => {
      const query = { ...none, text: texts['one word']!, filter: filters['two fields']!, size: 0 };
      const all = (await engine.search({ ...query, facets })).facets;
      for (let chosen = 0; chosen < 2 ** facets.length; chosen++) {
        const some = facets.filter((_, position) => chosen & (1 << position));
        const expected = Object.fromEntries(some.map(({ name: facet }) => [facet, all[facet]]));
        expect((await engine.search({ ...query, facets: some })).facets).toEqual(expected);
      }
    });

    test('a facet shows as many values as it is asked for, and says when there are more', async () => {
      const many = facets.find(({ name: facet }) => facet === 'skill');
      const skill = (most: number): FacetRequest => ({ ...many, size: most }) as FacetRequest;
      for (const most of [1, 5, 1_000, 2_500]) {
        const query = { ...none, facets: [skill(most)] };
        expect((await engine.search({ ...query, size: 0 })).facets).toEqual(reference.search(query).facets);
      }
    });

    test.each(everySort)('sorted by $by, falling $descending', async (key) => {
      const query = { ...none, sort: [key], filter: filters.present! };
      const { hits } = await engine.search({ ...query, size: everything });
      expect(hits.map(({ id }) => id)).toEqual(reference.search(query).ids);
    });

    test.each([
      ...Object.entries(sorts).map(([title, sort]) => [title, { sort }] as const),
      ...['one word', 'expanded'].map((title) => [`relevance, ${title}`, { text: texts[title]! }] as const),
    ])('from the last page back to the first by %s the pages are the same', async (_title, asked) => {
      const total = (await engine.search({ ...none, ...asked, size: 0 })).total;
      const size = Math.ceil(total / 6.5);
      const page = (after?: SearchQuery['after']) =>
        engine.search({ ...none, ...asked, size, ...(after ? { after } : {}) });
      const forwards = [await page()];
      while (forwards.at(-1)!.next) forwards.push(await page(forwards.at(-1)!.next));
      const backwards = [forwards.at(-1)!];
      while (backwards.at(-1)!.prev) backwards.push(await page(backwards.at(-1)!.prev));
      const idsOf = ({ hits }: { hits: { id: string }[] }): string[] => hits.map(({ id }) => id);
      expect([forwards.length, forwards[0]!.prev]).toEqual([Math.ceil(total / size), undefined]);
      expect(backwards.toReversed().map(idsOf)).toEqual(forwards.map(idsOf));
      // And from a page that was come back to, on again.
      expect(idsOf(await page(backwards.at(-1)!.next))).toEqual(idsOf(forwards[1]!));
    });

    test('a page of no size has the total and the facets', async () => {
      const query = { ...none, facets };
      const { total, hits, next, prev, facets: told } = await engine.search({ ...query, size: 0 });
      expect({ total, hits, next, prev }).toEqual({ total: market.documents, hits: [] });
      expect(told).toEqual(reference.search(query).facets);
    });

    const tableCases = Object.keys(tables).flatMap((table) =>
      ['no filter', 'a range', 'a value that nothing has', 'two words', 'expanded'].map(
        (given) => [table, given] as const,
      ),
    );
    test.each(tableCases)('a table equals brute force: %s, %s', async (table, given) => {
      const text = texts[given];
      const query = { ...(text ? { text } : {}), filter: filters[given] ?? [], ...tables[table]! };
      expectTable(await engine.groupBy(query), referenceGroups(reference.matching(query), query));
    });

    test('a table of too many groups is refused', async () => {
      await expect(engine.groupBy({ filter: [], by: tooMany, metrics: [] })).rejects.toMatchObject({
        name: 'InvalidInputError',
        code: 'too_many_groups',
      });
    });

    test.each([1, 2, 4])('coverage of at least %i skills, page by page', async (min) => {
      const query: CoverageQuery = {
        ...coverage,
        min,
        filter: filters.present!,
        size: 23,
      };
      const expected = referenceCoverage(reference.matching(query), query);
      const seen: CoverageHit[] = [];
      let after: CoverageQuery['after'];
      do {
        const page = await engine.coverage({ ...query, ...(after ? { after } : {}) });
        expect(page.total).toBe(expected.length);
        seen.push(...page.hits);
        after = page.next;
      } while (after);
      expect(seen).toEqual(expected);
    });

    test('a scan is of the moment it began: what is written meanwhile neither adds nor takes', async () => {
      const ids: string[] = [];
      for await (const page of engine.scan({ filter: [] })) {
        if (ids.length === 0) {
          const added = { ...generatedDocument(new Dice(1), ++market.seq), id: 'zz passing' };
          const taken = page.at(-1)!;
          const before = reference.documents.get(taken)!;
          await engine.apply(
            [
              { op: 'upsert', document: added },
              { op: 'delete', id: taken, seq: ++market.seq },
            ],
            market.seq,
          );
          expect((await engine.search({ ...none, size: 1 })).total).toBe(market.documents);
          const back: SearchChange = { op: 'upsert', document: { ...before, seq: ++market.seq } };
          await engine.apply([back, { op: 'delete', id: 'zz passing', seq: ++market.seq }], market.seq);
        }
        ids.push(...page);
      }
      expect(ids).toEqual([...reference.documents.keys()].sort(byBytes));
      expect(ids.length, 'more than one page').toBeGreaterThan(2_000);
    });

    test('a scan gives every match once, by id', async () => {
      const query = { filter: filters['a range']!, text: texts['one word']! };
      const ids: string[] = [];
      for await (const page of engine.scan(query)) ids.push(...page);
      const expected = reference.matching(query).map(({ id }) => id);
      expect(ids).toEqual(expected.sort(byBytes));
    });

    test.each(Object.keys(sorts))('pages by %s reach every hit once, also while writes go on', async (sort) => {
      const query = { ...none, sort: sorts[sort] ?? [] };
      const expected = reference.search(query).ids;
      const seen: string[] = [];
      let after: SearchQuery['after'];
      do {
        const page = await engine.search({ ...query, size: 311, ...(after ? { after } : {}) });
        seen.push(...page.hits.map(({ id }) => id));
        after = page.next;
        const passing = { ...generatedDocument(new Dice(seen.length), ++market.seq), id: 'passing' };
        await engine.apply([{ op: 'upsert', document: passing }], market.seq);
        await engine.apply([{ op: 'delete', id: 'passing', seq: ++market.seq }], market.seq);
      } while (after);
      expect(seen.filter((id) => id !== 'passing')).toEqual(expected);
    });

    test.each(['one word', 'expanded'])('pages by relevance hold still while the market changes: %s', async (text) => {
      const query = { ...none, text: texts[text]!, size: 101 };
      const tokens = query.text.units.flatMap((unit) => unit.tokens);
      const whole = (await engine.search({ ...query, size: everything })).hits;
      const seen: typeof whole = [];
      let after: SearchQuery['after'];
      do {
        const page = await engine.search({ ...query, ...(after ? { after } : {}) });
        if (!after) expect(page.total).toBe(whole.length);
        seen.push(...page.hits);
        after = page.next;
        const name = [[...tokens, ...tokens]];
        const passing = { ...generatedDocument(new Dice(3), ++market.seq), id: 'passing', text: { name } };
        await engine.apply([{ op: 'upsert', document: passing }], market.seq);
      } while (after);
      await engine.apply([{ op: 'delete', id: 'passing', seq: ++market.seq }], market.seq);
      expect(seen).toEqual(whole);
      const strict = seen.findLastIndex((hit) => hit.strict);
      expect(
        seen.findIndex((hit) => !hit.strict),
        'strict ones first',
      ).toBe(text === 'expanded' ? strict + 1 : -1);
    });

    test('applying the same changes again changes nothing', async () => {
      const before = await engine.search({ ...none, facets, size: everything });
      await engine.apply(
        [...reference.documents.values()].slice(0, 100).map((document) => ({ op: 'upsert', document })),
        ++market.seq,
      );
      const after = await engine.search({ ...none, facets, size: everything });
      expect({ ...after, seq: 0 }).toEqual({ ...before, seq: 0 });
    });

    test.each(beginnings)('suggestions: $tokens of $fields', async (beginning) => {
      for (const most of [3, 200]) {
        const query = { ...beginning, size: most };
        expect(await engine.suggest(query)).toEqual(referenceSuggestions(reference, query));
      }
    });

    test('matching tells which of the given documents satisfy a clause', async () => {
      const { clause } = filters['a value']![0]!;
      const ids = [...reference.documents.keys()].filter((_, position) => position % 40 === 0);
      const expected = ids.filter((id) => matches(reference.documents.get(id)!, clause));
      expect(expected.length).toBeGreaterThan(0);
      expect(await engine.matching([...ids, 'unknown'], clause)).toEqual(expected);
    });

    test('a rebuild swaps when the counts agree, and keeps the old one when they do not', async () => {
      const documents = [...reference.documents.values()];
      await expect(
        engine.rebuild(streamed(documents), { seq: market.seq + 1, expected: async () => documents.length + 1 }),
      ).rejects.toMatchObject({ code: 'counts_disagree' });
      const before = await engine.search({ ...none, facets, size: everything });
      let meanwhile = 0;
      async function* watched(): AsyncIterable<SearchDocument> {
        yield* streamed(documents.slice(0, 1_400));
        meanwhile = (await engine.search({ ...none, size: 1 })).total;
        yield* streamed(documents.slice(1_400));
      }
      await engine.rebuild(watched(), { seq: market.seq + 2, expected: async () => documents.length });
      expect(meanwhile, 'searches see the old one until then').toBe(before.total);
      const after = await engine.search({ ...none, facets, size: everything });
      expect({ ...after, seq: 0 }).toEqual({ ...before, seq: 0 });
      expect((await engine.info()).seq).toBe(market.seq + 2);
    });
  });
}

async function* streamed(documents: SearchDocument[]): AsyncIterable<SearchDocument> {
  yield* documents;
}
