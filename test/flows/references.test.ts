import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ctid, documents, en, graph, iri, openQueryMarket, type QueryMarket } from './queryMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-references-'));
let market: QueryMarket;

beforeAll(async () => {
  market = await openQueryMarket(join(folder, 'a'), documents);
});
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

interface Reference {
  property: string;
  from: { uri: string; name: string; kind: string; id: string | null };
  document: { source: string; key: string; uri: string };
  resolved: boolean;
  resolvesTo: string | null;
}
const references = async (id: string, query: Record<string, string> = {}) =>
  (await market.get(`/v1/credentials/${encodeURIComponent(id)}/references`, query)).body;
const told = (results: Reference[]) => results.map(({ property, from }) => [property, from.uri.slice(-3), from.kind]);

test('whoever refers to a credential is told with property, document and what it leads to', async () => {
  const body = await references(ctid('credential', 2));
  const { id } = (await market.get(`/v1/credentials/${ctid('credential', 2)}`)).body;
  expect(body.meta).toEqual({
    target: `ctid:${ctid('credential', 2)}`,
    resolved: true,
    total: 2,
    properties: [
      { property: 'ceterms:isPreparationFor/ceterms:targetCredential', count: 1 },
      { property: 'ceterms:object', count: 1 },
    ],
    size: 20,
  });
  expect(told(body.results)).toEqual([
    ['ceterms:isPreparationFor/ceterms:targetCredential', '001', 'credential'],
    ['ceterms:object', '001', 'action'],
  ]);
  expect(body.results[0]).toMatchObject({
    from: { name: 'Data Analysis Certificate', id: expect.stringContaining(ctid('credential', 1)) },
    document: { uri: join(folder, 'a', `${ctid('credential', 1)}.json`) },
    resolved: true,
    resolvesTo: id,
  });
  expect(body.results[1].from.id).toBeNull();
});

test('the same by CTID, address and our id; a course is referred to as well', async () => {
  const { id } = (await market.get(`/v1/credentials/${ctid('credential', 1)}`)).body;
  const body = await references(ctid('credential', 1));
  expect(body.meta.total).toBe(1);
  for (const identity of [id, iri('credential', 1), ctid('credential', 1).toUpperCase()])
    expect(await references(identity)).toEqual(body);
  expect((await references(ctid('course', 1))).meta).toMatchObject({ resolved: true, total: 3 });
});

test('pages hold each reference once', async () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const body = await references(ctid('course', 1), { size: '1', ...(after ? { after } : {}) });
    seen.push(...body.results.map(({ from }: Reference) => from.uri.slice(-3)));
    after = body.next ?? undefined;
  } while (after);
  expect(seen.sort()).toEqual(['001', '002', '007']);
});

test('what points at what was never here is broken, and told all the same', async () => {
  market.put(
    graph('credential', 9, {
      '@type': 'ceterms:Badge',
      'ceterms:name': en('Step'),
      'ceterms:isPartOf': [iri('credential', 77)],
    }),
  );
  await market.update();
  const body = await references(ctid('credential', 77));
  expect(body.meta).toMatchObject({ resolved: false, total: 1 });
  expect(body.results).toMatchObject([{ from: { name: 'Step' }, resolved: false, resolvesTo: null }]);
  expect(await references(ctid('credential', 78))).toMatchObject({ status: 404, code: 'unknown_credential' });
  market.remove('credential', 9);
  await market.update();
});

test('what is gone keeps its references, broken', async () => {
  market.remove('credential', 2);
  await market.update();
  expect((await references(ctid('credential', 2))).meta).toMatchObject({ resolved: false, total: 2 });
  market.put(documents.find((each) => String(each['@id']).endsWith(ctid('credential', 2)))!);
  await market.update();
});

test('a source’s own record comes before others with the same CTID', async () => {
  const other = join(folder, 'b');
  market.put(graph('credential', 2, { '@type': 'ceterms:BachelorDegree', 'ceterms:name': en('Copy') }), other);
  const prepares = [{ '@type': 'ceterms:ConditionProfile', 'ceterms:targetCredential': [iri('credential', 2)] }];
  const step = { '@type': 'ceterms:Badge', 'ceterms:name': en('Step'), 'ceterms:isPreparationFor': prepares };
  market.put(graph('credential', 9, step), other);
  await market.update();
  const { results } = await references(ctid('credential', 2));
  const leads = results.map(({ document, resolvesTo }: Reference) => [document.source, resolvesTo?.split(':')[0]]);
  for (const [source, target] of leads) expect(target).toBe(source);
  expect(new Set(leads.map(([source]: [string, string]) => source.slice(0, 1)))).toEqual(
    new Set([basename(join(folder, 'a')), basename(other)]),
  );
});

test('a cursor of another list and a size that is none are refused by name', async () => {
  const path = `/v1/credentials/${ctid('credential', 2)}/references`;
  const { next } = (await market.get('/v1/skills', { size: '1' })).body;
  expect((await market.get(path, { after: next })).body).toMatchObject({
    status: 400,
    errors: [{ parameter: 'after' }],
  });
  expect((await market.get(path, { size: '-1' })).body).toMatchObject({ status: 400, errors: [{ parameter: 'size' }] });
});
