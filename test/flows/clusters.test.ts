import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ctid, en, graph, iri, openQueryMarket, price, type QueryMarket } from './queryMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-clusters-'));
const at = (name: string): string => join(folder, name);
let market: QueryMarket;

const college = (number: number, name = 'Hudson College') =>
  graph('organization', number, { '@type': 'ceterms:CredentialOrganization', 'ceterms:name': en(name) });
const credential = (number: number, more: Record<string, unknown> = {}) =>
  graph('credential', number, {
    '@type': 'ceterms:Certificate',
    'ceterms:name': en('Welding Certificate'),
    'ceterms:ownedBy': [iri('organization', 1)],
    ...more,
  });
/** As a registry hands it out: who published it, and when. */
const envelope = (number: number, given: { by: string; at: string }, more: Record<string, unknown> = {}) => ({
  envelope_community: 'ce_registry',
  envelope_ceterms_ctid: ctid('credential', number),
  envelope_id: `e${number}`,
  published_by: given.by,
  updated_at: given.at,
  decoded_resource: credential(number, more),
});

beforeEach(async () => {
  market = await openQueryMarket(at('a'), [college(1)]);
  market.put(college(1), at('b'));
  market.put(college(1), at('c'));
});
afterEach(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

const search = async (query: Record<string, string> = {}) => (await market.get('/v1/credentials', query)).body;
/** `a1`: number one of source a. */
const short = (id: string): string => `${/^([a-z]+)-/.exec(id)![1]}${Number(id.slice(-3))}`;
const idOf = async (name: string): Promise<string> =>
  (await search({ size: '200' })).results.map(({ id }: { id: string }) => id).find((id: string) => short(id) === name);
const clusterOf = async (name: string) =>
  (await market.get(`/v1/credentials/${encodeURIComponent(await idOf(name))}`)).body.cluster;
const clusters = async (): Promise<string[]> =>
  (await market.get('/v1/clusters')).body.results
    .map(({ members }: { members: { id: string }[] }) => members.map(({ id }) => short(id)).join(' '))
    .sort();
const leads = async (query: Record<string, string> = {}): Promise<string[]> =>
  (await search({ ...query, unit: 'cluster', size: '200' })).results.map(({ id }: { id: string }) => short(id)).sort();
const apart = async (method: 'PUT' | 'DELETE', one: string, other: string) =>
  market.send({
    method,
    path: `/v1/credentials/${encodeURIComponent(await idOf(one))}/apart/${encodeURIComponent(await idOf(other))}`,
    ...(method === 'PUT' ? { body: { why: 'by hand' } } : {}),
  });

test('the same CTID at several sources is one credential: counted once where clusters are asked for', async () => {
  market.put(credential(1, { 'ceterms:estimatedCost': price(100) }));
  market.put(credential(1, { 'ceterms:estimatedCost': price(120) }), at('b'));
  market.put(credential(2, { 'ceterms:name': en('Another') }), at('b'));
  await market.update();
  const all = await search({ facets: 'source' });
  expect(all.meta).toMatchObject({ total: 3, unit: 'credential', units: { credentials: 3, clusters: 2 } });
  const one = await search({ facets: 'source', unit: 'cluster', q: 'certificate', mode: 'expanded' });
  expect(one.meta).toMatchObject({
    total: 1,
    totals: { strict: 1, expanded: 1 },
    unit: 'cluster',
    units: { credentials: 2, clusters: 1 },
  });
  expect(one.facets.source.buckets).toMatchObject([{ count: 1 }]);
  expect(one.results[0]).toMatchObject({ cluster: { lead: await idOf('a1'), size: 2 }, cost: { amount: '100.00' } });
  expect(await leads()).toEqual(['a1', 'b2']);
});

test('a filter looks at the values of the record that leads, and at no other’s', async () => {
  market.put(credential(1, { 'ceterms:estimatedCost': price(100) }));
  market.put(credential(1, { 'ceterms:estimatedCost': price(120) }), at('b'));
  await market.update();
  expect(await leads({ filter: 'cost:120' })).toEqual([]);
  expect((await search({ filter: 'cost:120', unit: 'cluster' })).meta.units).toEqual({ credentials: 1, clusters: 0 });
});

test('a record shows its cluster with evidence and what differs, and takes nothing from the others', async () => {
  market.put(credential(1));
  market.put(credential(1, { 'ceterms:estimatedCost': price(120) }), at('b'));
  await market.update();
  const { body } = await market.get(`/v1/credentials/${encodeURIComponent(await idOf('a1'))}`);
  expect(body.costs).toEqual([]);
  expect(body.cluster).toMatchObject({
    lead: await idOf('a1'),
    confidence: 1,
    size: 2,
    members: [
      { id: await idOf('a1'), ctid: ctid('credential', 1), provider: 'Hudson College', isLead: true, isOwn: false },
      { id: await idOf('b1'), isLead: false },
    ],
    evidence: [
      { kind: 'sameCtid', confidence: 1 },
      { kind: 'agreement', confidence: 0.7, detail: 'They agree in name "Welding Certificate", owner, type.' },
    ],
    truncated: false,
  });
  const cost = body.cluster.differences.find(({ field }: { field: string }) => field === 'cost');
  expect(cost.values).toEqual([null, { amount: '120.00', currency: 'USD', basis: 'aggregate' }]);
  expect(body.apart).toEqual([]);
});

test('sameAs counts in both directions only', async () => {
  market.put(credential(1, { 'ceterms:name': en('One'), 'ceterms:sameAs': [iri('credential', 2)] }));
  market.put(credential(2, { 'ceterms:name': en('Two') }), at('b'));
  await market.update();
  expect(await clusters()).toEqual([]);
  market.put(credential(2, { 'ceterms:name': en('Two'), 'ceterms:sameAs': [iri('credential', 1)] }), at('b'));
  await market.update();
  expect(await clusters()).toEqual(['a1 b2']);
  expect((await clusterOf('b2')).evidence).toMatchObject([{ kind: 'sameAs', confidence: 0.98 }]);
});

test('name, owner and type agree across sources: one credential; an ambiguity or another page: none', async () => {
  market.put(credential(1));
  market.put(credential(2), at('b'));
  await market.update();
  expect(await clusters()).toEqual(['a1 b2']);
  market.put(credential(3), at('b'));
  await market.update();
  expect(await clusters()).toEqual([]);
  const page = { 'ceterms:subjectWebpage': 'https://hudson.example/welding' };
  market.put(credential(1, page));
  market.put(credential(3, { 'ceterms:subjectWebpage': 'http://www.hudson.example/welding/' }), at('b'));
  await market.update();
  expect(await clusters()).toEqual(['a1 b3']);
  market.put(credential(3, { 'ceterms:subjectWebpage': 'https://hudson.example/other' }), at('b'));
  await market.update();
  expect(await clusters()).toEqual(['a1 b2']);
});

test('the owner’s own record leads, else the newest, and the lead moves with them', async () => {
  const [owner, other] = [ctid('organization', 1), ctid('organization', 9)];
  market.put(envelope(1, { by: other, at: '2026-01-01T00:00:00Z' }));
  market.put(envelope(1, { by: other, at: '2026-03-01T00:00:00Z' }), at('b'));
  await market.update();
  expect(await leads()).toEqual(['b1']);
  market.put(envelope(1, { by: owner, at: '2025-01-01T00:00:00Z' }), at('c'));
  await market.update();
  expect([await leads(), await clusters()]).toEqual([['c1'], ['c1 a1 b1']]);
  market.remove('credential', 1, at('c'));
  await market.update();
  expect([await leads(), await clusters()]).toEqual([['b1'], ['b1 a1']]);
  market.remove('credential', 1, at('b'));
  await market.update();
  expect([await leads(), await clusters()]).toEqual([['a1'], []]);
  expect((await search()).meta.units).toEqual({ credentials: 1, clusters: 1 });
});

test('somebody’s word keeps two records apart at once, is shown, and can be taken back', async () => {
  market.put(credential(1));
  market.put(credential(1), at('b'));
  market.put(credential(1), at('c'));
  await market.update();
  expect(await clusters()).toEqual(['a1 b1 c1']);
  const said = await apart('PUT', 'b1', 'c1');
  expect(said.body).toMatchObject({
    apart: true,
    a: await idOf('b1'),
    b: await idOf('c1'),
    clusters: [{ size: 2 }, null],
  });
  expect([await clusters(), await leads()]).toEqual([['a1 b1'], ['a1', 'c1']]);
  const { body } = await market.get(`/v1/credentials/${encodeURIComponent(await idOf('c1'))}`);
  expect(body).toMatchObject({ cluster: null, apart: [{ id: await idOf('b1'), why: 'by hand' }] });
  market.put(credential(1, { 'ceterms:estimatedCost': price(1) }), at('c'));
  await market.update();
  expect(await clusters()).toEqual(['a1 b1']);
  expect((await apart('DELETE', 'c1', 'b1')).body).toMatchObject({
    apart: false,
    clusters: [{ size: 3 }, { size: 3 }],
  });
  expect(await leads()).toEqual(['a1']);
  expect((await apart('DELETE', 'c1', 'b1')).body).toMatchObject({ status: 404, code: 'unknown_decision' });
  expect((await apart('PUT', 'c1', 'c1')).body).toMatchObject({ status: 400, code: 'same_record' });
});

test('an index that is built anew holds the same leads', async () => {
  market.put(credential(1));
  market.put(credential(1), at('b'));
  await market.update();
  await market.rebuild();
  expect(await leads()).toEqual(['a1']);
});

test('clusters are listed page by page', async () => {
  for (const number of [1, 2, 3])
    for (const source of ['a', 'b']) market.put(credential(number, { 'ceterms:name': en(`C${number}`) }), at(source));
  await market.update();
  const first = await market.get('/v1/clusters', { size: '2' });
  expect([first.body.meta, first.body.results.length]).toEqual([{ total: 3, size: 2 }, 2]);
  expect(first.headers.link).toContain('/v1/clusters?size=2&after=');
  const rest = await market.get('/v1/clusters', { size: '2', after: first.body.next });
  expect([rest.body.results.length, rest.body.next]).toEqual([1, null]);
});

test('what more than thirty-two share joins nobody, and joins again when fewer do', async () => {
  for (let number = 1; number <= 32; number++) market.put(credential(number), at('a'));
  const page = { 'ceterms:subjectWebpage': 'https://hudson.example/w' };
  market.put(credential(1, page));
  market.put(credential(40, { ...page, 'ceterms:name': en('Welding Certificate') }), at('b'));
  await market.update();
  // Too many share name and owner; name and page are shared by these two alone.
  expect(await clusters()).toEqual(['a1 b40']);
  market.put(credential(1));
  await market.update();
  expect(await clusters()).toEqual([]);
  for (let number = 2; number <= 32; number++) market.remove('credential', number, at('a'));
  await market.update();
  expect(await clusters()).toEqual(['a1 b40']);
});
