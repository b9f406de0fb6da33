import type {
  CoverageHit,
  CoverageQuery,
  FacetRequest,
  GroupAnswer,
  SearchChange,
  SearchDocument,
  SearchQuery,
  TextQuery,
} from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { badge, contractSeed, everySort, facets, filters, none, sorts, tables, texts } from './contractQuestions.ts';
import { Dice, edgeDocuments, generatedDocument, generatedMarket } from './generatedMarket.ts';
import { ReferenceSearch } from './ReferenceSearch.ts';
import { referenceCoverage, referenceGroups } from './ReferenceTables.ts';
import { anyCoverage, anySearch, anyTable } from './randomQueries.ts';

/** Of the market that the contract is held over. */
const size = 2_400;

export interface ContractOptions {
  /** Random markets. */
  randomRuns?: number;
  /** The same ones every time, for an engine to which each of them is dear. */
  randomSeed?: number;
  /** Of the combinations of text and filter every this many-th is tried: for an engine that another one stands for. */
  everyCase?: number;
  /** Called before scores are compared, for an engine whose frequencies settle only when it tidies up. */
  settle?: (engine: SearchEngine) => Promise<void>;
}

/** What every adapter of the search port must do; the reference says what is right. */
export function searchEngineContract(
  name: string,
  open: () => Promise<SearchEngine>,
  { randomRuns = 40, randomSeed, everyCase = 1, settle }: ContractOptions = {},
): void {
  describe(`${name} keeps the search contract`, () => {
    let engine: SearchEngine;
    /** Of the last change. */
    let seq = 2 * size;

    beforeAll(async () => {
      engine = await open();
      // Several batches, replacements and deletions, so that documents lie in several segments.
      for (const batch of batchesOf(market.written)) await engine.apply(batch, 1);
      await engine.apply(
        market.gone.map((id): SearchChange => ({ op: 'delete', id, seq })),
        seq,
      );
      await settle?.(engine);
    }, 240_000);
    afterAll(() => engine.close());

    const cases = Object.keys(texts)
      .flatMap((text) => Object.keys(filters).map((filter) => [text, filter] as const))
      .filter((_, position) => position % everyCase === 0);
    test.each(cases)('matches, totals, order and facets: %s, %s', async (text, filter) => {
      const query = { ...none, ...(texts[text] ? { text: texts[text] } : {}), filter: filters[filter] ?? [], facets };
      const expected = market.expected(`${text}, ${filter}`, query);
      const answer = await engine.search({ ...query, size: 5_000 });
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
      const skill = (most: number): FacetRequest => ({ ...facets[2]!, name: 'skill', size: most }) as FacetRequest;
      for (const most of [1, 5, 1_000, 2_500]) {
        const query = { ...none, facets: [skill(most)] };
        expect((await engine.search({ ...query, size: 0 })).facets).toEqual(reference.search(query).facets);
      }
    });

    test.each(everySort)('sorted by $by, falling $descending', async (key) => {
      const query = { ...none, sort: [key], filter: filters.present! };
      const { hits } = await engine.search({ ...query, size: 5_000 });
      expect(hits.map(({ id }) => id)).toEqual(reference.search(query).ids);
    });

    test('a page of no size has the total and the facets', async () => {
      const query = { ...none, facets };
      const { total, hits, next, facets: told } = await engine.search({ ...query, size: 0 });
      expect({ total, hits, next }).toEqual({ total: market.documents, hits: [], next: undefined });
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
      const by = [
        { kind: 'values', field: 'skill' },
        { kind: 'values', field: 'keyword' },
      ] as const;
      await expect(engine.groupBy({ filter: [], by: [...by], metrics: [] })).rejects.toMatchObject({
        name: 'InvalidInputError',
        code: 'too_many_groups',
      });
    });

    test.each([1, 2, 4])('coverage of at least %i skills, page by page', async (min) => {
      const query: CoverageQuery = {
        skills: [['s1'], ['s2', 's6'], ['s3'], ['s9'], ['s7']],
        fields: ['skill', 'skill.inferred'],
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

    test('coverage of nothing is nothing', async () => {
      const query: CoverageQuery = { skills: [], fields: ['skill'], min: 1, filter: [], size: 10 };
      expect(await engine.coverage(query)).toMatchObject({ total: 0, hits: [] });
    });

    test('a scan is of the moment it began: what is written meanwhile neither adds nor takes', async () => {
      const ids: string[] = [];
      for await (const page of engine.scan({ filter: [] })) {
        if (ids.length === 0) {
          const added = { ...generatedDocument(new Dice(1), ++seq), id: 'zz passing' };
          const taken = page.at(-1)!;
          const before = reference.documents.get(taken)!;
          await engine.apply(
            [
              { op: 'upsert', document: added },
              { op: 'delete', id: taken, seq: ++seq },
            ],
            seq,
          );
          expect((await engine.search({ ...none, size: 1 })).total).toBe(market.documents);
          const back: SearchChange = { op: 'upsert', document: { ...before, seq: ++seq } };
          await engine.apply([back, { op: 'delete', id: 'zz passing', seq: ++seq }], seq);
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
        const passing = { ...generatedDocument(new Dice(seen.length), ++seq), id: 'passing' };
        await engine.apply([{ op: 'upsert', document: passing }], seq);
        await engine.apply([{ op: 'delete', id: 'passing', seq: ++seq }], seq);
      } while (after);
      expect(seen.filter((id) => id !== 'passing')).toEqual(expected);
    });

    test.each(['one word', 'expanded'])('pages by relevance hold still while the market changes: %s', async (text) => {
      const query = { ...none, text: texts[text]!, size: 101 };
      const whole = (await engine.search({ ...query, size: 5_000 })).hits;
      const seen: typeof whole = [];
      let after: SearchQuery['after'];
      do {
        const page = await engine.search({ ...query, ...(after ? { after } : {}) });
        if (!after) expect(page.total).toBe(whole.length);
        seen.push(...page.hits);
        after = page.next;
        const name = [['data', 'data', 'nurse', 'basic']];
        const passing = { ...generatedMarket(3, 1)[0]!, id: 'passing', seq: ++seq, text: { name } };
        await engine.apply([{ op: 'upsert', document: passing }], seq);
      } while (after);
      await engine.apply([{ op: 'delete', id: 'passing', seq: ++seq }], seq);
      expect(seen).toEqual(whole);
      const strict = seen.findLastIndex((hit) => hit.strict);
      expect(
        seen.findIndex((hit) => !hit.strict),
        'strict ones first',
      ).toBe(text === 'expanded' ? strict + 1 : -1);
    });

    test.each<[string, SearchQuery]>([
      ['of fewer values than the sort', pageAfter({ kind: 'keyset', values: [], id: 'a' }, [everySort[0]!])],
      ['of more values', pageAfter({ kind: 'keyset', values: [1, 2, 3, 4], id: 'a' }, [everySort[0]!])],
      ['with text for a number', pageAfter({ kind: 'keyset', values: ['x'], id: 'a' }, [everySort[0]!])],
      ['by name, with a number for text', pageAfter({ kind: 'keyset', values: [5], id: 'a' }, [])],
      [
        'by field, for a ranking',
        { ...pageAfter({ kind: 'keyset', values: [5], id: 'a' }, []), text: texts['one word']! },
      ],
      ['of a ranking, for fields', pageAfter({ kind: 'snapshot', snapshot: '\u0000', position: 3 }, [])],
    ])('a cursor that does not fit is refused: %s', async (_how, query) => {
      await expect(engine.search(query)).rejects.toMatchObject({
        name: 'InvalidInputError',
        code: expect.stringMatching(/^(cursor_expired|malformed_cursor)$/),
      });
    });

    test('a ranking of another life of the engine has expired', async () => {
      const after = { kind: 'snapshot', snapshot: 'gone', position: 10 } as const;
      await expect(engine.search({ ...none, text: texts['one word']!, size: 5, after })).rejects.toMatchObject({
        code: 'cursor_expired',
      });
    });

    test('applying the same changes again changes nothing', async () => {
      const before = await engine.search({ ...none, facets, size: 5_000 });
      await engine.apply(
        [...reference.documents.values()].slice(0, 100).map((document) => ({ op: 'upsert', document })),
        ++seq,
      );
      const after = await engine.search({ ...none, facets, size: 5_000 });
      expect({ ...after, seq: 0 }).toEqual({ ...before, seq: 0 });
    });

    test('suggestions hold every token, the last as a beginning, counted by live documents', async () => {
      const found = await engine.suggest({ fields: ['name'], tokens: ['data', 'c'], size: 5 });
      for (const { value, documents, example } of found) {
        const tokens = value.split(' ');
        expect(tokens).toContain('data');
        expect(tokens.some((token) => token.startsWith('c'))).toBe(true);
        const having = [...reference.documents.values()].filter(({ keywords }) => keywords.name?.includes(value));
        expect(documents).toBe(having.length);
        expect(having.map(({ id }) => id)).toContain(example);
      }
      expect(found.length).toBeGreaterThan(0);
    });

    test('matching tells which of the given documents satisfy a clause', async () => {
      const ids = [...reference.documents.keys()].slice(0, 60);
      const expected = ids.filter((id) => reference.search({ ...none, filter: [{ clause: badge }] }).ids.includes(id));
      expect(await engine.matching([...ids, 'unknown'], badge)).toEqual(expected);
    });

    test('a rebuild swaps when the counts agree, and keeps the old one when they do not', async () => {
      const documents = [...reference.documents.values()];
      await expect(
        engine.rebuild(streamed(documents), { seq: seq + 1, expected: async () => documents.length + 1 }),
      ).rejects.toMatchObject({ code: 'counts_disagree' });
      const before = await engine.search({ ...none, facets, size: 5_000 });
      let meanwhile = 0;
      async function* watched(): AsyncIterable<SearchDocument> {
        yield* streamed(documents.slice(0, 1_400));
        meanwhile = (await engine.search({ ...none, size: 1 })).total;
        yield* streamed(documents.slice(1_400));
      }
      await engine.rebuild(watched(), { seq: seq + 2, expected: async () => documents.length });
      expect(meanwhile, 'searches see the old one until then').toBe(before.total);
      const after = await engine.search({ ...none, facets, size: 5_000 });
      expect({ ...after, seq: 0 }).toEqual({ ...before, seq: 0 });
      expect((await engine.info()).seq).toBe(seq + 2);
    });
  });

  test(`${name}: random markets and random questions equal the reference`, async () => {
    const questions = fc.record({
      searches: fc.array(anySearch, { minLength: 4, maxLength: 4 }),
      tables: fc.array(anyTable, { minLength: 2, maxLength: 2 }),
      coverage: anyCoverage,
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(), questions, async (seed, asked) => {
        const engine = await open();
        const reference = new ReferenceSearch();
        // What was replaced counts in frequencies until an engine settles, which takes half a minute: half the markets replace nothing.
        const rewrites = seed % 2 === 1;
        await writeRandomly(engine, reference, { seed, rewrites });
        const isSettled = !rewrites || !settle;
        for (const query of asked.searches) await expectSearch(engine, reference, { query, isSettled });
        for (const query of asked.tables)
          expectTable(await engine.groupBy(query), referenceGroups(reference.matching(query), query));
        const covering = referenceCoverage(reference.matching(asked.coverage), asked.coverage);
        expect((await engine.coverage(asked.coverage)).hits).toEqual(covering);
        await engine.close();
      }),
      // A smaller example would take an index of its own for each try.
      { numRuns: randomRuns, endOnFailure: true, ...(randomSeed === undefined ? {} : { seed: randomSeed }) },
    );
  }, 240_000);
}

/** The market that every engine is held to: written once in batches, with replacements and deletions, and what the reference says of it. */
function contractMarket() {
  const generated = generatedMarket(contractSeed, size);
  const dice = new Dice(11);
  const replaced = generated
    .filter((_, index) => index % 7 === 0)
    .map((document) => ({ ...generatedDocument(dice, size + 1), id: document.id }));
  const written = [...generated, ...edgeDocuments(1), ...replaced];
  const gone = generated.filter((_, index) => index % 13 === 0).map(({ id }) => id);
  const reference = new ReferenceSearch();
  for (const document of written) reference.put(document);
  for (const id of gone) reference.remove(id);
  const known = new Map<string, ReturnType<ReferenceSearch['search']>>();
  /** Answered once for all engines. */
  const expected = (title: string, query: Parameters<ReferenceSearch['search']>[0]) => {
    const answer = known.get(title) ?? reference.search(query);
    known.set(title, answer);
    return answer;
  };
  return { written, gone, reference, expected, documents: reference.documents.size };
}
const market = contractMarket();
const { reference } = market;

function batchesOf(documents: readonly SearchDocument[]): SearchChange[][] {
  const changes = documents.map((document): SearchChange => ({ op: 'upsert', document }));
  return Array.from({ length: Math.ceil(changes.length / 150) }, (_, batch) =>
    changes.slice(batch * 150, batch * 150 + 150),
  );
}

function pageAfter(after: NonNullable<SearchQuery['after']>, sort: SearchQuery['sort']): SearchQuery {
  return { ...none, sort, size: 10, after };
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Sixty documents in a few batches; where it rewrites, some of each are replaced or deleted by the next. */
async function writeRandomly(
  engine: SearchEngine,
  reference: ReferenceSearch,
  { seed, rewrites }: { seed: number; rewrites: boolean },
): Promise<void> {
  const dice = new Dice(seed);
  const batch = 10 + dice.below(30);
  for (let seq = 0; seq < 60; seq += batch) {
    const changes = Array.from({ length: batch }, (_, index): SearchChange => {
      const document = generatedDocument(dice, seq + index);
      const known = [...reference.documents.keys()];
      const id = rewrites && known.length > 0 && dice.below(4) === 0 ? dice.one(known) : document.id;
      return rewrites && dice.below(8) === 0
        ? { op: 'delete', id, seq: seq + index }
        : { op: 'upsert', document: { ...document, id } };
    });
    for (const change of changes) {
      if (change.op === 'upsert') reference.put(change.document);
      else reference.remove(change.id);
    }
    await engine.apply(changes, seq + batch);
  }
}

/** `isSettled`: frequencies are those of what is held now, so that scores are. */
export async function expectSearch(
  engine: SearchEngine,
  reference: ReferenceSearch,
  { query, isSettled = true }: { query: SearchQuery; isSettled?: boolean },
): Promise<void> {
  const [answer, expected] = [await engine.search(query), reference.search(query)];
  expect(answer.total).toBe(expected.ids.length);
  expect(answer.facets).toEqual(expected.facets);
  const ids = answer.hits.map(({ id }) => id);
  const isRanked = query.sort.length === 0 && query.text !== undefined;
  if (isRanked && !isSettled) expect([...ids].sort()).toEqual([...expected.ids].sort());
  else expectOrder(reference, isRanked ? query.text : undefined, ids, expected.ids);
}

export function expectTable(answer: GroupAnswer, expected: ReturnType<typeof referenceGroups>): void {
  expect(answer.approximate).toEqual([]);
  const groups = ({ rows }: Pick<GroupAnswer, 'rows'>) => rows.map(({ by, count }) => ({ by, count }));
  expect(groups(answer)).toEqual(groups(expected));
  for (const [index, row] of [...answer.rows, answer.totals].entries())
    expectNumbers(row.values, [...expected.rows, expected.totals][index]!.values);
}

/** Sums run in another order, so the last bits may differ. */
function expectNumbers(values: (number | null)[], expected: (number | null)[]): void {
  expect(values.map((value) => value === null)).toEqual(expected.map((value) => value === null));
  values.forEach((value, index) => {
    if (value !== null) expect(Math.abs(value - expected[index]!)).toBeLessThanOrEqual(1e-9 * Math.abs(value));
  });
}

async function* streamed(documents: SearchDocument[]): AsyncIterable<SearchDocument> {
  yield* documents;
}

/** Relevance order counts where scores differ by more than 1e-4 relative; the sets must be equal always. */
export function expectOrder(
  reference: ReferenceSearch,
  text: TextQuery | undefined,
  ids: string[],
  expected: string[],
): void {
  if (!text) {
    expect(ids).toEqual(expected);
    return;
  }
  expect([...ids].sort()).toEqual([...expected].sort());
  const ranks = ids.map((id) => reference.rank(reference.documents.get(id)!, text));
  for (let index = 1; index < ranks.length; index++) {
    const [before, after] = [ranks[index - 1]!, ranks[index]!];
    expect(before[0]).toBeGreaterThanOrEqual(after[0]);
    if (before[0] === after[0]) expect(before[1]).toBeGreaterThanOrEqual(after[1] * (1 - 1e-4));
  }
}
