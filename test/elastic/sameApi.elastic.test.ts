import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invokeRoute } from '@credatlas/http-express';
import { followChanges } from '@credatlas/index';
import type { Route } from '@credatlas/ports';
import { queryRoutes } from '@credatlas/query';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lapsingDocuments } from '../flows/lapsingMarket.ts';
import {
  type Answer,
  answerOf,
  ctid,
  documents,
  openQueryMarket,
  publicUrl,
  type QueryMarket,
} from '../flows/queryMarket.ts';
import { tableDocuments } from '../flows/tableMarket.ts';
import { elasticsearchUrl, log, mergeAway, openElastic } from './openElastic.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-same-api-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Query = Record<string, string>;
const [one, two, three] = [1, 2, 3].map((number) => ctid('credential', number)) as [string, string, string];
const school = ctid('organization', 1);

/** Questions of each kind that the examples of the routes do not ask. */
const questions: [string, Query][] = [
  ...['data', 'welding', '"data analysis"', 'nurs', 'analisys', one].flatMap((q): [string, Query][] =>
    ['strict', 'expanded'].map((mode) => ['/v1/credentials', { q, mode, facets: 'family,region,tier,skill:5' }]),
  ),
  ...['name', '-cost', 'days,-level', 'costPerCredit', '-completeness', 'effective'].map((sort): [string, Query] => [
    '/v1/credentials',
    { sort },
  ]),
  ['/v1/credentials', { sort: 'distance', filter: '(near:40.7357..-74.1724..2000km|near:none)' }],
  ...[
    'family:!badge',
    'cost:<1000',
    'cost:none',
    'level:>=4,region:NJ',
    '(family:degree|(skill:"data analysis",days:<=180))',
    'skill.teaches:*',
    'tier:!limited',
    'recognition:*',
    'validOn:2026-01-01',
    'rule:workforce-pell=cannot-judge',
    'stacksInto:*',
    'effective:2024..2026',
  ].map((filter): [string, Query] => [
    '/v1/credentials',
    { filter, facets: 'cost.bands(0|500|1000),status,stale,rigor,delivery,rule:workforce-pell' },
  ]),
  ['/v1/credentials', { sample: '3', seed: '7', filter: 'family:*' }],
  ['/v1/coverage', { skills: 'data analysis|figures|chess', min: '1' }],
  ['/v1/coverage', { skills: 'data analysis|patient care', share: '0.5', mode: 'expanded' }],
  ...['cost', 'days', 'count'].map((objective): [string, Query] => [
    '/v1/bundles',
    { skills: 'data analysis|chess', objective },
  ]),
  ['/v1/compare', { ids: `${one},${two},${three}` }],
  [`/v1/credentials/${one}/similar`, {}],
  [`/v1/credentials/${one}/checks`, {}],
  [`/v1/credentials/${one}/rules`, {}],
  ['/v1/pathways', { to: one }],
  [`/v1/organizations/${school}/report`, {}],
  ['/v1/market', { by: 'family,region', metrics: 'count,providers,median:cost,p25:cost,mean:days,share:cost' }],
  ['/v1/market', { by: 'rule:workforce-pell,providerSector', metrics: 'count,percent:row' }],
  ['/v1/market', { by: 'classification:2025', metrics: 'count', unit: 'cluster' }],
  ['/v1/market/concentration', { by: 'region' }],
  ['/v1/market/growth', { by: 'family' }],
  ['/v1/market/presence', { by: 'providerType' }],
  ['/v1/market/staleness', { by: 'region' }],
  ['/v1/market/lapsing', { by: 'recognizedBy' }],
  ['/v1/market/lapsing', { of: 'agreements' }],
  ['/v1/market/deserts', { by: 'region', skill: 'data analysis' }],
  ['/v1/market/supply', { by: 'region', skills: 'data analysis|chess' }],
  ['/v1/rules/workforce-pell/results', {}],
  ['/v1/suggest', { q: 'da' }],
];

describe.skipIf(elasticsearchUrl === '').each([
  ['the market of search', documents],
  ['the market of tables', tableDocuments],
  ['the market of agreements', lapsingDocuments],
])('both engines answer the API alike over %s', (name, given) => {
  let market: QueryMarket;
  let theirs: Route[];
  const elastic = openElastic();
  beforeAll(async () => {
    market = await openQueryMarket(join(folder, name.replaceAll(' ', '-')), given);
    const { credentials } = market.dependencies;
    await followChanges({ credentials, engine: elastic, log, progress: { report() {} } });
    await mergeAway(elastic);
    theirs = queryRoutes({ ...market.dependencies, engine: elastic, vocabulary: elastic });
  }, 120_000);
  afterAll(() => Promise.all([market.close(), elastic.close()]));

  async function both(path: string, query: Query): Promise<[Answer, Answer]> {
    const { clock } = market.dependencies;
    const asked = { path, query };
    return [await market.get(path, query), await answerOf(await invokeRoute(theirs, asked, { log, clock, publicUrl }))];
  }

  test.each(questions)('%s %o', async (path, query) => {
    const [ours, other] = await both(path, query);
    // Every question can be asked of the first market; the second does not know all that is named.
    if (given === documents) expect(ours.status).toBe(200);
    expect([other.status, comparable(other.body)]).toEqual([ours.status, comparable(ours.body)]);
  });

  test('every example of a reading route', async () => {
    const own: Query = { key: 'chess', name: 'workforce-pell', id: one };
    for (const route of market.routes.filter(({ method }) => method === 'GET'))
      for (const example of route.examples ?? []) {
        const path = route.path.replace(/\{(\w+)\}/g, (_, each: string) => own[each] ?? one);
        const [ours, other] = await both(path, example.query ?? {});
        expect([path, other.status, comparable(other.body)]).toEqual([path, ours.status, comparable(ours.body)]);
      }
  });
});

/** Cursors are each engine's own, requests have numbers of their own, and scores are compared at the port. */
function comparable(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body ?? null), (key, value: unknown) =>
    key === 'next' ? value !== null : key === 'requestId' ? undefined : value,
  );
}
