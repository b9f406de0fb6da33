import type { CoverageQuery, GroupQuery, SearchQuery, TextQuery } from '@credatlas/model';
import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generatedMarket } from '../contracts/generatedMarket.ts';
import { clock, elasticsearchUrl, log, openElastic } from './openElastic.ts';

/** Scores closer than this are the same to both engines: each rounds to 32 bits in its own order (issue 5). */
const tolerance = 1e-4;

const words = ['data', 'nurse', 'nurses', 'c++', 'école', '日本', 'a', 'of', 'python', 'cloud'];
const unit = (token: string, ...variants: string[]): TextQuery['units'][number] => ({
  tokens: [token],
  phrase: false,
  variants: variants.map((variant, rank) => ({ token: variant, evidence: [8, 4, 2][rank % 3]! })),
});

describe.skipIf(elasticsearchUrl === '')('both engines over one market', () => {
  const market = generatedMarket(41, 3_000);
  const embedded = EmbeddedSearchEngine.open({ writable: true, searchThreads: 0, clock, log });
  const elastic = openElastic();
  beforeAll(async () => {
    const changes = market.map((document) => ({ op: 'upsert' as const, document }));
    await Promise.all([embedded.apply(changes, 3_000), elastic.apply(changes, 3_000)]);
  }, 60_000);
  afterAll(() => Promise.all([embedded.close(), elastic.close()]));

  const texts: TextQuery[] = words.flatMap((first, position): TextQuery[] => {
    const second = words[(position * 3 + 1) % words.length]!;
    return [
      { mode: 'strict', units: [unit(first), unit(second)] },
      { mode: 'expanded', units: [unit(first, second), unit(second, 'nursing', 'basic', first)] },
      { mode: 'strict', units: [unit(first), { tokens: [second, first], phrase: true, variants: [] }] },
    ];
  });
  test.each(texts)('the same ranking and scores: %o', async (text) => {
    const query: SearchQuery = { text, filter: [], facets: [], sort: [], size: 5_000 };
    const [ours, theirs] = await Promise.all([embedded.search(query), elastic.search(query)]);
    expect(theirs.total).toBe(ours.total);
    const scores = new Map(ours.hits.map(({ id, score }) => [id, score]));
    const place = new Map(ours.hits.map(({ id }, at) => [id, at]));
    theirs.hits.forEach(({ id, strict, score }, at) => {
      const mine = ours.hits[at]!;
      expect(strict).toBe(mine.strict);
      expect(place.has(id)).toBe(true);
      if (score === undefined || mine.score === undefined) expect(id).toBe(mine.id);
      else {
        expect(Math.abs(score - scores.get(id)!)).toBeLessThanOrEqual(tolerance * score);
        expect(Math.abs(score - mine.score)).toBeLessThanOrEqual(tolerance * score);
      }
    });
  });

  test('the same coverage', async () => {
    const query: CoverageQuery = {
      skills: [['s1'], ['s2', 's3'], ['s4'], ['s6'], ['s7'], ['nobody']],
      fields: ['skill', 'skill.inferred'],
      min: 1,
      filter: [],
      size: 5_000,
    };
    const [ours, theirs] = await Promise.all([embedded.coverage(query), elastic.coverage(query)]);
    expect(theirs).toEqual(ours);
  });

  test('the same table', async () => {
    const query: GroupQuery = {
      filter: [],
      by: [
        { kind: 'values', field: 'occupation.path', length: 4 },
        { kind: 'values', field: 'region' },
        { kind: 'values', field: 'provider', only: ['p1', 'p2', 'nobody'] },
      ],
      metrics: [
        { kind: 'percentile', field: 'cost.USD', p: 0.5 },
        { kind: 'distinct', field: 'skill' },
        { kind: 'mean', field: 'level' },
      ],
    };
    const [ours, theirs] = await Promise.all([embedded.groupBy(query), elastic.groupBy(query)]);
    expect(theirs).toEqual(ours);
  });

  test('a table with more values than are counted one by one names its estimates, which lie within a hundredth of their rank', async () => {
    const coarse = openElastic({ maxExactValues: 100 });
    await coarse.apply(
      market.map((document) => ({ op: 'upsert', document })),
      3_000,
    );
    const { rows, approximate } = await coarse.groupBy({
      filter: [],
      by: [{ kind: 'values', field: 'family' }],
      metrics: [
        { kind: 'mean', field: 'days' },
        { kind: 'percentile', field: 'days', p: 0.9 },
        { kind: 'distinct', field: 'name' },
      ],
    });
    expect(approximate).toEqual([1, 2]);
    for (const { by, values } of rows) {
      const own = market.filter(({ keywords }) => (keywords.family?.[0] ?? null) === by[0]);
      const days = own.flatMap(({ numbers }) => numbers.days ?? []);
      const below = days.filter((value) => value <= values[1]!).length;
      expect(Math.abs(below - 0.9 * days.length)).toBeLessThanOrEqual(0.01 * days.length + 1);
      const names = new Set(own.flatMap(({ keywords }) => keywords.name ?? [])).size;
      expect(Math.abs(values[2]! - names)).toBeLessThanOrEqual(0.01 * names);
    }
    await coarse.close();
  });

  test('concentration in more groups and values than one answer of Elasticsearch may hold', async () => {
    const coarse = openElastic({ maxExactValues: 100 });
    const skill = Array.from({ length: 100 }, (_, number) => `k${number}`);
    const documents = generatedMarket(43, 1_400).map((document, number) => ({
      ...document,
      keywords: { ...document.keywords, skill, provider: [`provider ${number}`] },
    }));
    await coarse.apply(
      documents.map((document) => ({ op: 'upsert', document })),
      1_400,
    );
    const { rows, totals, approximate } = await coarse.groupBy({
      filter: [],
      by: [{ kind: 'values', field: 'skill' }],
      metrics: [
        { kind: 'hhi', field: 'provider' },
        { kind: 'distinct', field: 'provider' },
      ],
    });
    expect(approximate).toEqual([0, 1]);
    expect(rows.map(({ by: [key] }) => key).sort()).toEqual(skill.toSorted());
    // Everyone has one of 1,400.
    for (const { values } of [...rows, totals]) {
      expect(Math.abs(values[0]! * 1_400 - 1)).toBeLessThanOrEqual(0.01);
      expect(Math.abs(values[1]! - 1_400)).toBeLessThanOrEqual(14);
    }
    await coarse.close();
  });

  test.each([['data'], ['data', 'n'], ['c++', 'a'], ['日'], ['zzz']])('the same suggestions: %o', async (...tokens) => {
    const query = { fields: ['name' as const], tokens, size: 12 };
    expect(await elastic.suggest(query)).toEqual(await embedded.suggest(query));
  });

  test.each([
    [{ stem: 'nurs' }],
    [{ stem: 'nobody' }],
    [{ prefix: 'c' }],
    [{ prefix: 'nur' }],
    [{ prefix: '日' }],
    [{ typo: 'nurces' }],
    [{ typo: 'nusres' }],
    [{ typo: 'wedling' }],
    [{ typo: 'nurs' }],
    [{ stem: 'advanc', prefix: 'advance', typo: 'advanced' }],
    [{ typo: 'école' }],
  ])('the same terms like %o', async (wanted) => {
    for (const limit of [64, 2])
      expect(await elastic.termsLike(wanted, limit)).toEqual(await embedded.termsLike(wanted, limit));
  });

  test('the terms that are like a word', async () => {
    expect((await elastic.termsLike({ stem: 'nurs' }, 64)).terms.sort()).toEqual(['nurse', 'nurses', 'nursing']);
    expect((await elastic.termsLike({ typo: 'nurces' }, 64)).terms).toEqual(['nurses']);
  });

  test('the same for what a facet is narrowed to, be it nothing', async () => {
    const facet = (only: string[]) => ({
      name: 'skill',
      kind: 'values' as const,
      tag: 'skill',
      field: 'skill' as const,
      size: 5,
      only,
    });
    for (const only of [['s1', 's2'], ['']]) {
      const query: SearchQuery = { filter: [], facets: [facet(only)], sort: [], size: 0 };
      expect((await elastic.search(query)).facets).toEqual((await embedded.search(query)).facets);
    }
    const anywhere = { op: 'near' as const, centre: { latitude: 0, longitude: 0 }, metres: 20_015_200 };
    expect(await elastic.count({ filter: [{ clause: anywhere }] })).toBe(
      await embedded.count({ filter: [{ clause: anywhere }] }),
    );
  });

  test('the same scan', async () => {
    const ids = async (engine: typeof elastic | typeof embedded): Promise<string[]> =>
      (await Array.fromAsync(engine.scan({ filter: [] }))).flat();
    expect(await ids(elastic)).toEqual(await ids(embedded));
  });
});
