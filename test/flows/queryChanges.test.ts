import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  code,
  ctid,
  documents,
  en,
  graph,
  iri,
  openQueryMarket,
  price,
  type QueryMarket,
  skill,
} from './queryMarket.ts';

let folder: string;
let market: QueryMarket;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'credatlas-query-'));
  market = await openQueryMarket(folder, documents);
});
afterEach(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

const search = async (query: Record<string, string>) => (await market.get('/v1/credentials', query)).body;
const numbersOf = (results: { ctid: string }[]): number[] => results.map((each) => Number(each.ctid.slice(-3)));
const found = async (filter: string): Promise<number[]> => numbersOf((await search({ filter })).results).sort();

test('what is gone at its source leaves the answers and stays known by its tombstone', async () => {
  market.remove('credential', 4);
  await market.update();
  expect((await search({})).meta.total).toBe(7);
  expect(await found('family:certification')).toEqual([]);
  const gone = await market.get(`/v1/credentials/${ctid('credential', 4)}`);
  expect(gone.status).toBe(410);
  expect(gone.body).toMatchObject({
    code: 'withdrawn',
    tombstone: { name: 'Welding Certification', ctid: ctid('credential', 4), withdrawnAt: expect.any(String) },
  });
  const compared = await market.get('/v1/compare', { ids: `${ctid('credential', 1)},${ctid('credential', 4)}` });
  expect(compared.status).toBe(410);
  expect((await market.get(`/graph/${ctid('credential', 4)}`)).status).toBe(404);
});

test('what was gone and is published again is back', async () => {
  const again = documents.find((document) => String(document['@id']).endsWith(ctid('credential', 4)))!;
  market.remove('credential', 4);
  await market.update();
  market.put(again);
  await market.update();
  expect(await found('family:certification')).toEqual([4]);
});

test('a changed course changes every credential that requires it', async () => {
  market.put(
    graph('course', 1, {
      '@type': 'ceterms:Course',
      'ceterms:name': en('Working with maps'),
      'ceterms:teaches': [skill('Cartography')],
    }),
  );
  await market.update();
  expect(await found('skill:cartography')).toEqual([1, 2, 7]);
  expect(await found('skill:"data analysis"')).toEqual([3]);
  expect((await market.get('/v1/skills/figures')).status).toBe(404);
});

test('a provider’s new name and address reach its credentials, and the old ones find nothing', async () => {
  expect(await found('city:london')).toEqual([3, 4, 8]);
  market.put(
    graph('organization', 2, { '@type': 'ceterms:CredentialOrganization', 'ceterms:name': en('Mersey Academy') }),
  );
  await market.update();
  expect(await found('provider:"mersey academy"')).toEqual([3, 4, 8]);
  const { meta } = await search({ filter: 'city:london' });
  expect(meta).toMatchObject({ total: 0, warnings: [expect.stringContaining('Nothing has city "london"')] });
});

test('paging by a field gives everything that stays once, while others come and go', async () => {
  const seen: number[] = [];
  let after: string | undefined;
  for (let page = 0; page === 0 || after; page++) {
    const body = await search({ sort: 'cost', size: '2', ...(after ? { after } : {}) });
    seen.push(...numbersOf(body.results));
    after = body.next ?? undefined;
    if (page === 0) {
      market.remove('credential', 3);
      market.put(
        graph('credential', 9, {
          '@type': 'ceterms:Certificate',
          'ceterms:name': en('Late arrival'),
          'ceterms:ownedBy': [iri('organization', 1)],
          'ceterms:estimatedCost': price(1),
        }),
      );
      await market.update();
    }
  }
  expect(seen).toEqual([3, 6, 7, 1, 2, 4, 5, 8]);
});

test('paging through a ranking neither repeats nor skips, while others come and go', async () => {
  const first = await search({ q: 'data', size: '2' });
  market.put(graph('credential', 9, { '@type': 'ceterms:Certificate', 'ceterms:name': en('Data data data') }));
  await market.update();
  const second = await search({ q: 'data', size: '2', after: first.next });
  expect([...numbersOf(first.results), ...numbersOf(second.results)].sort()).toEqual([1, 2, 3, 7]);
  expect(second.next).toBeNull();
  expect((await search({ q: 'data' })).meta.total).toBe(5);
});

test('a hit that the store has no more is left out of the page with a warning', async () => {
  market.remove('credential', 5);
  await market.update({ isIndexed: false });
  const body = await search({ q: 'café' });
  expect(body).toMatchObject({ meta: { total: 1, warnings: [expect.stringContaining('withdrawn')] }, results: [] });
});

test('an index built anew answers as the one that followed the changes', async () => {
  const questions: Record<string, string>[] = [
    { facets: 'family,skill,provider,cost.bands(0|1000)' },
    { q: 'data analysis' },
    { q: 'nurses', mode: 'expanded' },
    { filter: 'region:NJ', sort: '-cost' },
  ];
  market.remove('credential', 8);
  await market.update();
  const before = await Promise.all(questions.map(search));
  expect(await market.rebuild()).toEqual({ documents: 7 });
  expect(await Promise.all(questions.map(search))).toEqual(before);
});

test('following changes again changes nothing', async () => {
  const before = await search({});
  await market.update();
  expect(await search({})).toEqual(before);
});

test('a provider that is only pointed at is found by its IRI and by its CTID', async () => {
  const certificate = { '@type': 'ceterms:Certificate', 'ceterms:name': en('Of somebody') };
  market.put(graph('credential', 9, { ...certificate, 'ceterms:ownedBy': [iri('organization', 9)] }));
  await market.update();
  for (const identity of [iri('organization', 9), ctid('organization', 9)]) {
    const { meta, results } = await search({ filter: `provider:${identity}` });
    expect([numbersOf(results), meta.warnings]).toEqual([[9], []]);
  }
});

test('digits of another classification are found as they are written, not as a beginning', async () => {
  market.put(
    graph('credential', 9, {
      '@type': 'ceterms:Certificate',
      'ceterms:name': en('Coded elsewhere'),
      'ceterms:instructionalProgramType': code('Our own classes', '49-0205', 'Driving'),
    }),
  );
  await market.update();
  expect(await found('program:49-0205')).toEqual([9]);
  expect(await found('program:driving')).toEqual([9]);
  expect((await search({ filter: 'program:49' })).meta.total).toBe(0);
});

test('a resource is found in its document by an id with a prefix, by its IRI and by our id', async () => {
  const document = graph('credential', 9, { '@type': 'ceterms:Certificate', 'ceterms:name': en('Prefixed') });
  const prefix = { own: 'https://example.org/things/' };
  const [node] = document['@graph'] as object[];
  const own = { ...document, '@context': [document['@context'], prefix], '@graph': [{ ...node, '@id': 'own:9' }] };
  market.put(own);
  await market.update();
  const { id, uri } = (await market.get(`/v1/credentials/${ctid('credential', 9)}`)).body;
  expect(uri).toBe('https://example.org/things/9');
  for (const identity of [uri, id, ctid('credential', 9)]) {
    const { body } = await market.get(`/resources/${encodeURIComponent(identity)}`);
    expect(body).toEqual({ '@context': own['@context'], ...own['@graph'][0] });
  }
});
