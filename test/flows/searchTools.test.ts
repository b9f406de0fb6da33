import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ctid, documents, en, graph, iri, openQueryMarket, type QueryMarket, skill } from './queryMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-tools-'));
let market: QueryMarket;
const state = graph('organization', 4, {
  '@type': 'ceterms:CredentialOrganization',
  'ceterms:name': en('State University'),
  'ceterms:ipedsID': '186380',
  'ceterms:opeID': '00262900',
  'ceterms:subjectWebpage': 'https://www.state.example/',
});
const ofState = (number: number, name: string) =>
  graph('credential', number, {
    '@type': 'ceterms:Certificate',
    'ceterms:name': en(name),
    'ceterms:ownedBy': [iri('organization', 4)],
    'ceterms:requires': [
      {
        '@type': 'ceterms:ConditionProfile',
        'ceterms:targetCompetency': [skill('Data Cleaning'), skill('Chess openings')],
      },
    ],
  });

beforeAll(async () => {
  market = await openQueryMarket(folder, [...documents, state, ofState(9, 'Statistics'), ofState(10, 'Statistics II')]);
}, 60_000);
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

const find = (query: Record<string, string>) => market.get('/v1/credentials', query);
const numbersOf = (results: { ctid: string }[]): number[] =>
  results.map((each) => Number(each.ctid.slice(-3))).sort((a, b) => a - b);

describe('a sample', () => {
  const draw = async (query: Record<string, string>): Promise<string[]> =>
    (await find({ sample: '4', ...query })).body.results.map((each: { ctid: string }) => each.ctid);

  test('is drawn from what matches, the same by the same seed', async () => {
    const first = await draw({ seed: '7' });
    expect(new Set(first).size).toBe(4);
    expect(await draw({ seed: '7' })).toEqual(first);
    expect(await draw({ sample: '2', seed: '7' })).toEqual(first.slice(0, 2));
    const { body } = await find({ sample: '3', seed: '7', filter: 'provider:"hudson college"', facets: 'family' });
    expect(body.results).toHaveLength(3);
    expect([1, 2, 6, 7]).toEqual(expect.arrayContaining(numbersOf(body.results)));
    expect(body.meta.total).toBe(4);
    expect(body.facets.family.buckets.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(4);
    expect(body.next).toBeNull();
  });

  test('is everything when there is no more, and reaches everything by one seed or another', async () => {
    expect(numbersOf((await find({ sample: '200' })).body.results)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const seeds = Array.from({ length: 200 }, (_, seed) => draw({ sample: '1', seed: String(seed) }));
    expect(new Set((await Promise.all(seeds)).flat()).size).toBe(10);
  });

  test.each([
    [{ sample: '4', sort: 'cost' }, 'sort'],
    [{ sample: '4', after: 'x' }, 'after'],
    [{ sample: '0' }, 'sample'],
    [{ sample: '201' }, 'sample'],
    [{ sample: 'some' }, 'sample'],
    [{ sample: '4', seed: '-1' }, 'seed'],
  ])('%o is refused, naming %s', async (query, parameter) => {
    expect((await find(query)).body).toMatchObject({ status: 400, errors: [{ parameter }] });
  });
});

describe('did you mean', () => {
  test.each([
    ['figurs', { q: 'figures', total: 3 }],
    ['hudsen colege', { q: 'hudson college', total: 4 }],
    ['"data analysis" sprnit', { q: '"data analysis" sprint', total: 1 }],
    ['figures', null],
    ['"figurs"', null],
    ['zzzzzzz', null],
  ])('%s: %o', async (q, expected) => expect((await find({ q })).body.meta.didYouMean).toEqual(expected));

  test('counts what the filter lets through', async () => {
    const { didYouMean } = (await find({ q: 'figurs', filter: 'family:degree' })).body.meta;
    expect(didYouMean).toEqual({ q: 'figures', total: 1 });
    expect((await find({ q: 'figurs', filter: 'family:badge' })).body.meta.didYouMean).toBeNull();
  });
});

describe('a search within a facet', () => {
  const facet = async (facets: string, more: Record<string, string> = {}) => {
    const { body } = await find({ facets, ...more });
    const [[, { buckets, unknown, truncated }]] = Object.entries<{
      buckets: { label: string; count: number }[];
      unknown: number;
      truncated: boolean;
    }>(body.facets) as [[string, never]];
    return {
      found: (buckets as { label: string; count: number }[]).map(({ label, count }) => [label, count]),
      unknown,
      truncated,
    };
  };

  test.each<[string, [string, number][]]>([
    [
      'skill~data',
      [
        ['Data Analysis', 4],
        ['Data Cleaning', 2],
      ],
    ],
    ['skill~clean', [['Data Cleaning', 2]]],
    ['skill~"data an"', [['Data Analysis', 4]]],
    ['skill.teaches~data', [['Data Analysis', 3]]],
    ['skill~nothing', []],
    ['family~micro', [['Micro-credential', 1]]],
    ['region~"new j"', [['New Jersey', 4]]],
    ['provider~thames', [['Thames Academy', 3]]],
    ['occupation~scien', [['Data Scientists', 1]]],
    ['delivery~online', [['Online Only', 1]]],
  ])('%s: %j', async (facets, expected) => {
    const { found, truncated } = await facet(facets);
    expect(found).toEqual(expected);
    expect(truncated).toBe(false);
  });

  test('counts what matches, what has no value of the field, and says when it is cut', async () => {
    expect(await facet('skill:1~data', { filter: 'provider:"state university"' })).toEqual({
      found: [['Data Cleaning', 2]],
      unknown: 0,
      truncated: false,
    });
    expect(await facet('skill:1~data')).toMatchObject({ found: [['Data Analysis', 4]], unknown: 3, truncated: true });
  });

  test.each(['skill~', 'skill~!', 'occupation.2~scien', 'cost~5', 'skill~"a'])('%s is refused', async (facets) => {
    expect((await find({ facets })).body).toMatchObject({ status: 400, errors: [{ parameter: 'facets' }] });
  });
});

describe('an identifier', () => {
  test.each<[string, number[], string[]]>([
    [ctid('credential', 3), [3], ['id']],
    [ctid('credential', 3).toUpperCase(), [3], ['id']],
    [iri('credential', 3), [3], ['id']],
    [ctid('organization', 2), [3, 4, 8], ['provider']],
    [iri('organization', 3), [1, 2], ['recognizedBy']],
    ['186380', [9, 10], ['provider']],
    ['00262900', [9, 10], ['provider']],
    ['262900', [9, 10], ['provider']],
    ['002629', [9, 10], ['provider']],
    ['http://state.example', [9, 10], ['provider']],
    ['esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833', [1, 2, 3, 7], ['skill']],
    ['http://data.europa.eu/esco/skill/7ee4c2ea-b349-4bd2-81a3-ec31475d4833', [1, 2, 3, 7], ['skill']],
    ['15-2051', [1], ['occupation']],
    ['15-2051.00', [1], ['occupation']],
    ['30.7001', [2], ['program']],
  ])('%s finds %j, as %s', async (q, expected, fields) => {
    for (const mode of ['strict', 'expanded']) {
      const { body } = await find({ q, mode, sort: 'relevance' });
      expect(numbersOf(body.results)).toEqual(expected);
      expect(body.results[0].match).toMatchObject({ fields, terms: [q], strict: true });
      expect(body.meta.totals).toEqual({ strict: expected.length, expanded: expected.length });
      expect(body.meta.warnings).toEqual([`"${q}" is read as an identifier: ${fields.join(', ')}.`]);
    }
  });

  test('that nothing here has finds nothing and says so; a code that nothing has is a word', async () => {
    const { body } = await find({ q: ctid('credential', 999) });
    expect(body.meta).toMatchObject({ total: 0, warnings: [expect.stringContaining('Nothing here is identified')] });
    expect((await find({ q: '99-9999' })).body.meta).toMatchObject({ total: 0, warnings: [] });
  });

  test.each([
    '186380',
    '00262900',
    '002629',
    'https://www.state.example',
    ctid('organization', 4),
    iri('organization', 4),
  ])('of an organization is taken wherever one is: %s', async (identifier) => {
    const one = await market.get(`/v1/organizations/${encodeURIComponent(identifier)}`);
    expect(one.body).toMatchObject({ nameText: 'State University', credentials: 2 });
    const { body } = await find({ filter: `provider:"${identifier}"` });
    expect([numbersOf(body.results), body.meta.warnings]).toEqual([[9, 10], []]);
    const report = await market.get(`/v1/organizations/${encodeURIComponent(identifier)}/report`);
    expect(report.body.organization.name).toBe('State University');
    await market.send({
      method: 'PUT',
      path: '/v1/shortlists/state',
      body: { entries: [{ id: identifier }] },
    });
    expect(numbersOf((await find({ filter: 'issuerList:state' })).body.results)).toEqual([9, 10]);
  });
});
