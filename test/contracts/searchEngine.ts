import type {
  Clause,
  CoverageHit,
  CoverageQuery,
  FacetRequest,
  GroupQuery,
  MergedValues,
  SearchChange,
  SearchDocument,
  SearchQuery,
  SortKey,
  TextQuery,
} from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dice, generatedDocument, generatedMarket } from './generatedMarket.ts';
import { ReferenceSearch } from './ReferenceSearch.ts';
import { referenceCoverage, referenceGroups } from './ReferenceTables.ts';

const none = { filter: [], facets: [], sort: [] } satisfies Partial<SearchQuery>;
const word = (token: string, ...variants: string[]): TextQuery['units'][number] => ({
  tokens: [token],
  phrase: false,
  variants: variants.map((variant) => ({ token: variant, evidence: 8 })),
});
const phrase = (...tokens: string[]): TextQuery['units'][number] => ({ tokens, phrase: true, variants: [] });

const texts: Record<string, TextQuery | undefined> = {
  'no text': undefined,
  'one word': { mode: 'strict', units: [word('data')] },
  'two words': { mode: 'strict', units: [word('data'), word('care')] },
  'a word in other scripts': { mode: 'strict', units: [word('日本')] },
  'a phrase': { mode: 'strict', units: [phrase('data', 'care')] },
  'a word that nothing has': { mode: 'strict', units: [word('zzz')] },
  expanded: { mode: 'expanded', units: [word('nurse', 'nurses', 'nursing'), word('basic')] },
  'expanded by a named skill': {
    mode: 'expanded',
    units: [
      {
        tokens: ['data', 'care'],
        phrase: false,
        variants: [
          { token: 'cloud', evidence: 8 },
          { token: 'basic', evidence: 2, at: 1 },
        ],
        skill: { keys: ['s1', 's8'], names: [['nurse', 'nursing'], ['ωμέγα']] },
      },
      word('python', 'a'),
    ],
  },
  'expanded with a phrase': { mode: 'expanded', units: [phrase('cloud', 'care'), word('nurses', 'nurse')] },
};
const badge: Clause = { op: 'any', field: 'family', values: ['badge'] };
const filters: Record<string, SearchQuery['filter']> = {
  'no filter': [],
  'a value': [{ field: 'family', clause: badge }],
  'several values': [{ field: 'region', clause: { op: 'any', field: 'region', values: ['NJ', 'é', 'nowhere'] } }],
  'a range': [{ field: 'cost', clause: { op: 'range', field: 'cost.USD', gte: 1, lt: 5001 } }],
  'an open range': [{ field: 'days', clause: { op: 'range', field: 'days', gt: 50 } }],
  missing: [{ field: 'cost', clause: { op: 'missing', field: 'cost.USD' } }],
  present: [{ field: 'region', clause: { op: 'present', field: 'region' } }],
  not: [
    {
      field: 'family',
      clause: {
        op: 'and',
        clauses: [
          { op: 'present', field: 'family' },
          { op: 'not', clause: badge },
        ],
      },
    },
  ],
  'or across fields': [{ clause: { op: 'or', clauses: [badge, { op: 'range', field: 'level', gte: 7 }] } }],
  'held on a day': [
    { field: 'recognition', clause: { op: 'held', on: 60, roles: ['accredited'], agents: ['a1', 'a3'] } },
  ],
  'held and ending soon': [{ clause: { op: 'held', on: 60, endsBy: 90, roles: ['accredited', 'approved'] } }],
  'near a place': [
    { field: 'near', clause: { op: 'near', centre: { latitude: 40.75, longitude: -73.9 }, metres: 20_000 } },
  ],
  'near the date line': [
    { field: 'near', clause: { op: 'near', centre: { latitude: 0.05, longitude: -179.9 }, metres: 60_000 } },
  ],
  // The contract's market numbers its documents; the seventh was replaced, the thirteenth is gone.
  ids: [{ clause: { op: 'ids', ids: generatedMarket(7, 40).flatMap(({ id }) => [id, `no ${id}`]) } }],
  'an alternative of nothing': [{ clause: { op: 'or', clauses: [] } }],
  'no ids': [{ clause: { op: 'ids', ids: [] } }],
  'a value that nothing has': [{ field: 'family', clause: { op: 'any', field: 'family', values: ['none'] } }],
  'two fields': [
    { field: 'family', clause: badge },
    { field: 'region', clause: { op: 'any', field: 'region', values: ['NJ'] } },
  ],
};
const sorts: Record<string, SortKey[]> = {
  'its own order': [],
  cost: [{ by: 'cost.USD', descending: false }],
  'cost, falling': [{ by: 'cost.USD', descending: true }],
  'name, falling': [{ by: 'name', descending: true }],
  distance: [{ by: 'distance', from: { latitude: 40.7, longitude: -74 }, descending: false }],
  'level then days': [
    { by: 'level', descending: true },
    { by: 'days', descending: false },
  ],
};
const merged: MergedValues = [
  ['p1', 'p2'],
  ['p3', 'p2'],
  ['p4', 'one that nothing has'],
  ['p5', 'one that nothing has'],
  ['nobody', 'p6'],
];
const tables: Record<string, Pick<GroupQuery, 'by' | 'metrics'>> = {
  'one value': {
    by: [{ kind: 'values', field: 'family' }],
    metrics: [{ kind: 'percentile', field: 'cost.USD', p: 0.5 }],
  },
  'several values by band, every metric': {
    by: [
      { kind: 'values', field: 'region' },
      { kind: 'bands', field: 'cost.USD', edges: [0, 5000, 6000] },
    ],
    metrics: [
      ...(['present', 'sum', 'min', 'max', 'mean'] as const).map((kind) => ({ kind, field: 'days' as const })),
      { kind: 'percentile', field: 'days', p: 0.25 },
      { kind: 'percentile', field: 'level', p: 0.9 },
      { kind: 'distinct', field: 'provider' },
    ],
  },
  'digits, some values and named conditions': {
    by: [
      { kind: 'values', field: 'occupation.path', length: 3 },
      { kind: 'values', field: 'skill', only: ['s1', 's3'] },
      {
        kind: 'clauses',
        values: [
          { value: 'cheap', clause: { op: 'range', field: 'cost.USD', lt: 5000 } },
          { value: 'badge', clause: badge },
        ],
      },
    ],
    metrics: [{ kind: 'distinct', field: 'skill' }],
  },
  'no dimension': { by: [], metrics: [{ kind: 'mean', field: 'level' }] },
  'concentration, some values counted as another': {
    by: [{ kind: 'values', field: 'skill' }],
    metrics: [
      { kind: 'hhi', field: 'provider' },
      { kind: 'top', field: 'provider', n: 2 },
      { kind: 'hhi', field: 'provider', merged },
      { kind: 'top', field: 'provider', n: 1, merged },
      { kind: 'distinct', field: 'provider', merged },
      { kind: 'hhi', field: 'region' },
    ],
  },
};
const facets: FacetRequest[] = [
  { name: 'family', kind: 'values', tag: 'family', field: 'family', size: 20 },
  { name: 'region', kind: 'values', tag: 'region', field: 'region', size: 2 },
  { name: 'skill', kind: 'values', tag: 'skill', field: 'skill', size: 20 },
  { name: 'occupation.3', kind: 'values', tag: 'occupation', field: 'occupation.path', size: 20, length: 3 },
  {
    name: 'named',
    kind: 'clauses',
    tag: 'family',
    values: [
      { value: 'long', clause: { op: 'range', field: 'days', gte: 90 } },
      { value: 'badge', clause: badge },
      { value: 'never', clause: { op: 'any', field: 'family', values: ['none'] } },
    ],
  },
  { name: 'no condition', kind: 'clauses', tag: 'family', values: [] },
  { name: 'cost', kind: 'bands', tag: 'cost', field: 'cost.USD', edges: [0, 5000, 6000] },
];

export interface ContractOptions {
  randomRuns?: number;
  /** Called before scores are compared, for an engine whose frequencies settle only when it tidies up. */
  settle?: (engine: SearchEngine) => Promise<void>;
}

/** What every adapter of the search port must do; the reference says what is right. */
export function searchEngineContract(
  name: string,
  open: () => Promise<SearchEngine>,
  { randomRuns = 60, settle = async () => undefined }: ContractOptions = {},
): void {
  describe(`${name} keeps the search contract`, () => {
    const reference = new ReferenceSearch();
    let engine: SearchEngine;
    /** Of the last change. */
    let seq = 5_000;

    beforeAll(async () => {
      engine = await open();
      // Several batches, replacements and deletions, so that documents lie in several segments.
      const documents = generatedMarket(7, 900);
      for (let start = 0; start < documents.length; start += 90)
        await load(engine, reference, documents.slice(start, start + 90));
      const dice = new Dice(11);
      const replaced = documents
        .filter((_, index) => index % 7 === 0)
        .map((document) => ({ ...generatedDocument(dice, 2_000), id: document.id }));
      await load(engine, reference, replaced);
      const gone = documents.filter((_, index) => index % 13 === 0);
      for (const { id } of gone) reference.remove(id);
      await engine.apply(
        gone.map(({ id }): SearchChange => ({ op: 'delete', id, seq: 5000 })),
        5000,
      );
      await settle(engine);
    }, 120_000);
    afterAll(() => engine.close());

    const cases = Object.keys(texts).flatMap((text) => Object.keys(filters).map((filter) => [text, filter] as const));
    test.each(cases)('matches, totals, order and facets: %s, %s', async (text, filter) => {
      const query = { ...none, ...(texts[text] ? { text: texts[text] } : {}), filter: filters[filter] ?? [], facets };
      const expected = reference.search(query);
      const answer = await engine.search({ ...query, size: 1_000 });
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

    const tableCases = Object.keys(tables).flatMap((table) =>
      ['no filter', 'a range', 'a value that nothing has'].map((filter) => [table, filter] as const),
    );
    test.each(tableCases)('a table equals brute force: %s, %s', async (table, filter) => {
      const query = { filter: filters[filter] ?? [], ...tables[table]! };
      const expected = referenceGroups(reference.matching(query), query);
      const answer = await engine.groupBy(query);
      expect(answer.approximate).toEqual([]);
      expect(answer.rows.map(({ by, count }) => ({ by, count }))).toEqual(
        expected.rows.map(({ by, count }) => ({ by, count })),
      );
      for (const [index, row] of [...answer.rows, answer.totals].entries())
        expectNumbers(row.values, [...expected.rows, expected.totals][index]!.values);
    });

    test('a table within a text counts what the search finds', async () => {
      const query = { text: texts.expanded!, filter: [], ...tables['one value']! };
      expect((await engine.groupBy(query)).totals.count).toBe(await engine.count(query));
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

    test('a scan gives every match once, by id', async () => {
      const query = { filter: filters['a range']!, text: texts['one word']! };
      const ids: string[] = [];
      for await (const page of engine.scan(query)) ids.push(...page);
      const expected = reference.matching(query).map(({ id }) => id);
      expect(ids).toEqual(expected.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    });

    test.each(Object.keys(sorts))('pages by %s reach every hit once, also while writes go on', async (sort) => {
      const query = { ...none, sort: sorts[sort] ?? [] };
      const expected = reference.search(query).ids;
      const seen: string[] = [];
      let after: SearchQuery['after'];
      do {
        const page = await engine.search({ ...query, size: 37, ...(after ? { after } : {}) });
        seen.push(...page.hits.map(({ id }) => id));
        after = page.next;
        const passing = { ...generatedDocument(new Dice(seen.length), ++seq), id: 'passing' };
        await engine.apply([{ op: 'upsert', document: passing }], seq);
        await engine.apply([{ op: 'delete', id: 'passing', seq: ++seq }], seq);
      } while (after);
      expect(seen.filter((id) => id !== 'passing')).toEqual(expected);
    });

    test('pages by relevance hold still while the market changes', async () => {
      const query = { ...none, text: texts['one word']!, size: 11 };
      const whole = (await engine.search({ ...query, size: 1_000 })).hits.map(({ id }) => id);
      const seen: string[] = [];
      let after: SearchQuery['after'];
      do {
        const page = await engine.search({ ...query, ...(after ? { after } : {}) });
        seen.push(...page.hits.map(({ id }) => id));
        after = page.next;
        await engine.apply(
          [
            {
              op: 'upsert',
              document: { ...generatedMarket(3, 1)[0]!, id: 'passing', seq: ++seq, text: { name: [['data', 'data']] } },
            },
          ],
          seq,
        );
      } while (after);
      await engine.apply([{ op: 'delete', id: 'passing', seq: ++seq }], seq);
      expect(seen).toEqual(whole);
    });

    test('a ranking of another life of the engine has expired', async () => {
      const after = { kind: 'snapshot', snapshot: 'gone', position: 10 } as const;
      await expect(engine.search({ ...none, text: texts['one word']!, size: 5, after })).rejects.toMatchObject({
        code: 'cursor_expired',
      });
    });

    test('applying the same changes again changes nothing', async () => {
      const before = await engine.search({ ...none, facets, size: 1_000 });
      await engine.apply(
        [...reference.documents.values()].slice(0, 50).map((document) => ({ op: 'upsert', document })),
        ++seq,
      );
      const after = await engine.search({ ...none, facets, size: 1_000 });
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
        engine.rebuild(streamed(documents), { seq: 6000, expected: async () => documents.length + 1 }),
      ).rejects.toMatchObject({ code: 'counts_disagree' });
      const before = await engine.search({ ...none, facets, size: 1_000 });
      let meanwhile = 0;
      async function* watched(): AsyncIterable<SearchDocument> {
        yield* streamed(documents.slice(0, 400));
        meanwhile = (await engine.search({ ...none, size: 1 })).total;
        yield* streamed(documents.slice(400));
      }
      await engine.rebuild(watched(), { seq: 6001, expected: async () => documents.length });
      expect(meanwhile, 'searches see the old one until then').toBe(before.total);
      const after = await engine.search({ ...none, facets, size: 1_000 });
      expect({ ...after, seq: 0 }).toEqual({ ...before, seq: 0 });
      expect((await engine.info()).seq).toBe(6001);
    });
  });

  test(`${name}: random markets and queries equal the reference`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom(...Object.keys(texts)),
        fc.constantFrom(...Object.keys(filters)),
        fc.constantFrom(...Object.keys(sorts)),
        async (seed, text, filter, sort) => {
          const engine = await open();
          const reference = new ReferenceSearch();
          const documents = generatedMarket(seed, 60);
          for (let start = 0; start < 60; start += 1 + (seed % 20))
            await load(engine, reference, documents.slice(start, start + 1 + (seed % 20)));
          const query = {
            ...none,
            ...(texts[text] ? { text: texts[text] } : {}),
            filter: filters[filter] ?? [],
            facets,
            sort: sorts[sort] ?? [],
          };
          const answer = await engine.search({ ...query, size: 100 });
          const expected = reference.search(query);
          expect(answer.facets).toEqual(expected.facets);
          if (query.text && query.sort.length === 0)
            expectOrder(
              reference,
              query.text,
              answer.hits.map(({ id }) => id),
              expected.ids,
            );
          else expect(answer.hits.map(({ id }) => id)).toEqual(expected.ids);
          await engine.close();
        },
      ),
      { numRuns: randomRuns },
    );
  });
}

/** Sums run in another order, so the last bits may differ. */
function expectNumbers(values: (number | null)[], expected: (number | null)[]): void {
  expect(values.map((value) => value === null)).toEqual(expected.map((value) => value === null));
  values.forEach((value, index) => {
    if (value !== null) expect(Math.abs(value - expected[index]!)).toBeLessThanOrEqual(1e-9 * Math.abs(value));
  });
}

async function load(engine: SearchEngine, reference: ReferenceSearch, documents: SearchDocument[]): Promise<void> {
  for (const document of documents) reference.put(document);
  await engine.apply(
    documents.map((document) => ({ op: 'upsert', document })),
    1,
  );
}

async function* streamed(documents: SearchDocument[]): AsyncIterable<SearchDocument> {
  yield* documents;
}

/** Relevance order counts where scores differ by more than 1e-4 relative; the sets must be equal always. */
function expectOrder(reference: ReferenceSearch, text: TextQuery | undefined, ids: string[], expected: string[]): void {
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
