import { readDocuments } from '@credatlas/documents';
import { CredatlasError } from '@credatlas/model';
import type { RouteAnswer } from '@credatlas/ports';
import { expect, test } from 'vitest';
import { MemoryEnvelopes } from './MemoryEnvelopes.ts';
import { registryRoutes } from './registryRoutes.ts';

const ctid = (n: number): string => `ce-0b7b7c2e-5a11-4f0a-9a51-${String(n).padStart(12, '0')}`;
const iri = (n: number): string => `https://credentialengineregistry.org/resources/${ctid(n)}`;

function graph(n: number, type: string, more: { properties?: object; nodes?: Record<string, unknown>[] } = {}) {
  const main = { '@id': iri(n), '@type': type, 'ceterms:ctid': ctid(n), ...more.properties };
  return {
    ctid: ctid(n),
    type,
    graph: {
      '@context': 'https://credreg.net/ctdl/schema/context/json',
      '@id': iri(n).replace('resources', 'graph'),
      '@graph': [main, ...(more.nodes ?? [])],
    },
  };
}

/** An organization, a badge with two blank nodes in a row, and a framework with a competency of its own. */
function registry() {
  const envelopes = new MemoryEnvelopes({ community: 'ce-registry' });
  envelopes.put(graph(1, 'ceterms:CredentialOrganization'), '2026-01-01T10:00:00.000Z');
  const badge = {
    properties: { 'ceterms:ownedBy': [iri(1)], 'ceterms:requires': ['_:a'] },
    nodes: [
      { '@id': '_:a', '@type': 'ceterms:ConditionProfile', 'ceterms:targetLearningOpportunity': ['_:b'] },
      { '@id': '_:b', '@type': 'ceterms:Course' },
      { '@id': '_:c', '@type': 'ceterms:Course' },
    ],
  };
  envelopes.put(graph(2, 'ceterms:OpenBadge', badge), '2026-01-02T10:00:00.000Z');
  const competency = { '@id': iri(4), '@type': 'ceasn:Competency', 'ceterms:ctid': ctid(4) };
  envelopes.put(graph(3, 'ceasn:CompetencyFramework', { nodes: [competency] }), '2026-01-03T10:00:00.000Z');
  return { envelopes, ask: asking(envelopes) };
}

function asking(envelopes: MemoryEnvelopes) {
  const routes = registryRoutes({ envelopes, community: 'ce-registry' });
  return (
    pattern: string,
    given: { method?: string; path?: Record<string, string>; query?: Record<string, string>; body?: unknown } = {},
  ): Promise<RouteAnswer> => {
    const route = routes.find((each) => each.path === pattern && each.method === (given.method ?? 'GET'));
    if (!route) throw new RangeError(`no route ${pattern}`);
    return route.answer({
      path: given.path ?? {},
      query: given.query ?? {},
      body: given.body,
      headers: {},
      url: new URL(`http://registry.example${pattern}?${new URLSearchParams(given.query)}`),
      requestId: '1',
      signal: new AbortController().signal,
    });
  };
}

async function refusal(answer: Promise<unknown>): Promise<[string, string]> {
  const error: unknown = await answer.catch((caught) => caught);
  return error instanceof CredatlasError ? [error.name, error.message] : ['answered', ''];
}

const ctidsIn = (body: unknown): unknown[] =>
  (body as { envelope_ceterms_ctid: string }[]).map((each) => each.envelope_ceterms_ctid);

test('the root counts the envelopes and names the community with underscores', async () => {
  const { ask } = registry();
  expect((await ask('/')).body).toEqual({
    api_version: '0.1.0',
    total_envelopes: 3,
    metadata_communities: { ce_registry: 'http://registry.example/ce-registry' },
    info: 'http://registry.example/info',
  });
  expect((await ask('/community/info')).body).toEqual({ total_envelopes: 3, backup_item: null });
});

test('envelopes are listed newest first, with every style of paging headers', async () => {
  const { ask } = registry();
  const { body, headers } = await ask('/envelopes', { query: { page: '2', per_page: '1' } });
  expect(ctidsIn(body)).toEqual([ctid(2)]);
  expect(headers).toEqual({
    link:
      '<http://registry.example/envelopes?page=1&per_page=1>; rel="first", ' +
      '<http://registry.example/envelopes?page=1&per_page=1>; rel="prev", ' +
      '<http://registry.example/envelopes?page=3&per_page=1>; rel="next", ' +
      '<http://registry.example/envelopes?page=3&per_page=1>; rel="last"',
    total: '3',
    'per-page': '1',
    'x-total': '3',
    'x-total-pages': '3',
    'x-page': '2',
  });
});

test('a page beyond the last is empty and leads back; more than 200 per page is cut', async () => {
  const { ask } = registry();
  const { body, headers } = await ask('/envelopes', { query: { page: '9', per_page: '5000' } });
  expect(body).toEqual([]);
  expect(headers).toMatchObject({ 'per-page': '200', 'x-total-pages': '1' });
  expect(headers?.link).toContain('<http://registry.example/envelopes?page=1&per_page=5000>; rel="prev"');
  expect(headers?.link).not.toContain('next');
});

test('metadata_only leaves the documents out', async () => {
  const { ask } = registry();
  const { body } = await ask('/envelopes', { query: { metadata_only: 'true' } });
  expect(ctidsIn(body)).toEqual([ctid(3), ctid(2), ctid(1)]);
  expect(JSON.stringify(body)).not.toContain('decoded_resource');
});

test.each([
  ['/envelopes', { page: 'two' }, 'page is invalid'],
  ['/envelopes', { page: '0' }, 'page does not have a valid value'],
  ['/envelopes', { per_page: '1e2' }, 'per_page is invalid'],
  ['/envelopes', { metadata_only: 'maybe' }, 'metadata_only does not have a valid value'],
  ['/envelopes/events', { after: 'yesterday' }, 'after is invalid'],
  ['/envelopes/events', { event: 'explode' }, 'event does not have a valid value'],
])('%s refuses %j in the words of the registry', async (path, query, message) => {
  expect(await refusal(registry().ask(path, { query }))).toEqual(['InvalidInputError', message]);
});

test('an envelope is found by its id, its CTID in any case, and the id of anything in its graph', async () => {
  const { ask } = registry();
  const byCtid = await ask('/envelopes/{id}', { path: { id: ctid(3).toUpperCase() } });
  expect(byCtid.body).toMatchObject({
    envelope_community: 'ce_registry',
    envelope_ceterms_ctid: ctid(3),
    envelope_ctdl_type: 'ceasn:CompetencyFramework',
    updated_at: '2026-01-03T10:00:00.000Z',
    last_verified_on: '2026-01-03',
  });
  expect(byCtid.headers).toEqual({ 'last-modified': 'Sat, 03 Jan 2026 10:00:00 GMT' });
  const { envelope_id: id } = byCtid.body as { envelope_id: string };
  for (const known of [id, id.toUpperCase(), ctid(4), iri(4)])
    expect((await ask('/envelopes/{id}', { path: { id: known } })).body).toEqual(byCtid.body);
});

test('an envelope names who owns its main resource', async () => {
  const { ask } = registry();
  expect((await ask('/envelopes/{id}', { path: { id: ctid(2) } })).body).toMatchObject({ owned_by: ctid(1) });
  expect((await ask('/envelopes/{id}', { path: { id: ctid(1) } })).body).toMatchObject({ owned_by: null });
});

test.each([
  ['/envelopes/{id}', "Couldn't find Envelope"],
  ['/graph/{id}', 'Resource not found'],
  ['/resources/{id}', 'Resource not found'],
])('%s says in the registry’s words that something is not there, blank nodes included', async (path, message) => {
  const { ask } = registry();
  for (const id of [ctid(9), '_:a', '', 'search', `${ctid(1)}x`])
    expect(await refusal(ask(path, { path: { id } }))).toEqual(['NotFoundError', message]);
});

test('a graph is found by anything in it; a resource is one node with the graph’s context', async () => {
  const { ask } = registry();
  const whole = (await ask('/graph/{id}', { path: { id: ctid(4) } })).body as { '@graph': unknown[] };
  expect(whole['@graph']).toHaveLength(2);
  expect((await ask('/resources/{id}', { path: { id: ctid(4) } })).body).toEqual({
    '@context': 'https://credreg.net/ctdl/schema/context/json',
    '@id': iri(4),
    '@type': 'ceasn:Competency',
    'ceterms:ctid': ctid(4),
  });
});

test('depth adds the blank nodes that many steps away', async () => {
  const { ask } = registry();
  const included = async (depth: string): Promise<unknown> => {
    const { body } = await ask('/resources/{id}', { path: { id: ctid(2) }, query: { depth } });
    return (body as { '@included'?: { '@id': string }[] })['@included']?.map((node) => node['@id']);
  };
  expect(await included('0')).toBeUndefined();
  expect(await included('1')).toEqual(['_:a']);
  expect(await included('9')).toEqual(['_:a', '_:b']);
  expect(await refusal(included('-1'))).toEqual(['InvalidInputError', 'depth does not have a valid value']);
});

test('several CTIDs are asked for at once; those unknown are left out, those repeated come once', async () => {
  const { ask } = registry();
  const body = { ctids: [ctid(2).toUpperCase(), ctid(9), 'nonsense', 7, ctid(2)] };
  const idsOf = async (path: string): Promise<unknown> =>
    ((await ask(path, { method: 'POST', body })).body as { '@id': string }[]).map((each) => each['@id']);
  expect(await idsOf('/graph/search')).toEqual([iri(2).replace('resources', 'graph')]);
  expect(await idsOf('/resources/search')).toEqual([iri(2)]);
  expect((await ask('/resources/check_existence', { method: 'POST', body })).body).toEqual([ctid(2)]);
});

test('existence can be asked for a class, which takes in the classes below it', async () => {
  const { ask } = registry();
  const existing = async (type: unknown): Promise<unknown> => {
    const body = { ctids: [ctid(1), ctid(2), ctid(4)], '@type': type };
    return (await ask('/resources/check_existence', { method: 'POST', body })).body;
  };
  expect(await existing('ceterms:Credential')).toEqual([ctid(2)]);
  expect(await existing('ceasn:Competency')).toEqual([ctid(4)]);
  expect(await refusal(existing('ceterms:Sandwich'))).toEqual([
    'UnacceptableDocumentError',
    '@type does not have a valid value',
  ]);
});

test.each([
  [undefined, 'ctids is missing'],
  [null, 'ctids is missing'],
  [[], 'ctids is missing'],
  ['text', 'ctids is missing'],
  [{ ctids: 'ce-1' }, 'ctids is invalid'],
  [{ ctids: Array(1001).fill('x') }, 'ctids has more than 1000 entries. Ask for fewer at once.'],
])('a body of CTIDs that cannot be read is refused', async (body, message) => {
  expect(await refusal(registry().ask('/graph/search', { method: 'POST', body }))).toEqual([
    'InvalidInputError',
    message,
  ]);
});

test('events tell what was created, updated and deleted, newest first, from a moment on', async () => {
  const { envelopes, ask } = registry();
  envelopes.put(graph(2, 'ceterms:OpenBadge'), '2026-01-04T10:00:00.000Z');
  envelopes.remove(ctid(1), '2026-01-05T10:00:00.000Z');
  const events = async (query: Record<string, string>): Promise<string[]> =>
    ((await ask('/envelopes/events', { query })).body as { envelope_ceterms_ctid: string; event: string }[]).map(
      (each) => `${each.event} ${Number(each.envelope_ceterms_ctid.slice(-4))}`,
    );
  expect(await events({})).toEqual(['destroy 1', 'update 2', 'create 3', 'create 2', 'create 1']);
  expect(await events({ after: '2026-01-04T10:00:00Z' })).toEqual(['destroy 1', 'update 2']);
  expect(await events({ after: '2026-01-05T11:00:00 01:00' })).toEqual(['destroy 1']);
  expect(await events({ ctid: ctid(2).toUpperCase(), event: 'create' })).toEqual(['create 2']);
  expect(await events({ page: '2', per_page: '3' })).toEqual(['create 2', 'create 1']);
});

test('what is deleted is gone everywhere; what a new version left out is not found any more', async () => {
  const { envelopes, ask } = registry();
  envelopes.remove(ctid(2), '2026-01-05T10:00:00.000Z');
  envelopes.put(graph(3, 'ceasn:CompetencyFramework'), '2026-01-05T10:00:00.000Z');
  for (const id of [ctid(2), ctid(4)])
    expect(await refusal(ask('/graph/{id}', { path: { id } }))).toEqual(['NotFoundError', 'Resource not found']);
  expect(ctidsIn((await ask('/envelopes')).body)).toEqual([ctid(3), ctid(1)]);
});

test('the dump is an envelope per file', async () => {
  const { ask } = registry();
  expect((await ask('/envelopes/download', { method: 'POST' })).body).toEqual({
    status: 'finished',
    last_published_at: '2026-01-03T10:00:00.000Z',
    finished_at: '2026-01-03T10:00:00.000Z',
    url: 'http://registry.example/ce-registry/envelopes/download/dump.zip',
  });
  const { body, mediaType } = await ask('/envelopes/download/dump.zip');
  expect(mediaType).toBe('application/zip');
  const found = await Array.fromAsync(readDocuments({ name: 'dump.zip', bytes: body as Uint8Array }));
  expect(found.map(({ part }) => part)).toEqual([1, 2, 3].map((n) => `${ctid(n)}.json`));
  expect(found.map((each) => 'value' in each && each.value)).toEqual(
    await Promise.all([1, 2, 3].map(async (n) => (await ask('/envelopes/{id}', { path: { id: ctid(n) } })).body)),
  );
});

test('every route but the root answers with its community too, with hyphens or underscores, and no other', async () => {
  const { ask } = registry();
  for (const community of ['ce-registry', 'ce_registry'])
    expect((await ask('/{community}/community/info', { path: { community } })).body).toMatchObject({
      total_envelopes: 3,
    });
  expect(await refusal(ask('/{community}/envelopes', { path: { community: 'navy' } }))).toEqual([
    'NotFoundError',
    "Couldn't find the envelope community",
  ]);
});

test('a new CTID is a UUID of version 4, another every time', async () => {
  const { ask } = registry();
  const [one, other] = [(await ask('/ctid')).body, (await ask('/ctid')).body] as { ctid: string }[];
  expect(one?.ctid).toMatch(/^ce-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(one?.ctid).not.toBe(other?.ctid);
});
