import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SearchChange } from '@credatlas/model';
import { afterEach, expect, test } from 'vitest';
import { ElasticSearchEngine } from './ElasticSearchEngine.ts';
import type { ElasticConnection } from './openClient.ts';

interface Exchange {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}
type Answer = { status?: number; body: unknown } | undefined;

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** The wire: answers as an Elasticsearch with one generation would, unless `answer` says otherwise, and notes what it was sent. */
async function record(answer: (exchange: Exchange, turn: number) => Answer = () => undefined) {
  const exchanges: Exchange[] = [];
  const server: Server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const exchange = { path: request.url ?? '', headers: request.headers, body };
    exchanges.push(exchange);
    const turn = exchanges.filter(({ path }) => path === exchange.path).length;
    const { status = 200, body: said } = answer(exchange, turn) ?? { body: usualAnswer(exchange) };
    response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
    response.end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, exchanges };
}

function usualAnswer({ path }: Exchange): unknown {
  if (path.includes('_alias')) return { 'market-000001': { aliases: { market: {} } } };
  if (path.includes('_count')) return { count: 0 };
  if (path.includes('_bulk')) return { errors: false, items: [] };
  return { hits: { total: { value: 0 }, hits: [] } };
}

function open(url: string, credentials: Partial<ElasticConnection> = {}, patienceMs = 60_000) {
  let now = 0;
  const pauses: number[] = [];
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      pauses.push(ms);
      now += ms;
    },
  };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const connection = { nodes: [url], ...credentials };
  const engine = new ElasticSearchEngine({ connection, index: 'market', clock, log, patienceMs });
  opened.unshift(() => engine.close());
  return { engine, pauses };
}

const gone = (id: string): SearchChange => ({ op: 'delete', id, seq: 7 });
const itemOf = (status: number, type?: string) => ({
  delete: { status, ...(type ? { error: { type, reason: 'said so' } } : {}) },
});

test.each<[string, Partial<ElasticConnection>, string]>([
  ['an API key', { apiKey: 'a2V5OnNlY3JldA==' }, 'ApiKey a2V5OnNlY3JldA=='],
  ['a user', { user: { name: 'me', password: 'secret' } }, 'Basic bWU6c2VjcmV0'],
])('%s is sent with every request', async (_name, credentials, header) => {
  const { url, exchanges } = await record();
  await open(url, credentials).engine.info();
  expect(exchanges.length).toBeGreaterThan(0);
  for (const { headers } of exchanges) expect(headers.authorization).toBe(header);
});

test('every form sent and asked for is one that 8.19 and 9.x both know', async () => {
  const { url, exchanges } = await record();
  await open(url).engine.apply([gone('a')], 7);
  const forms = exchanges.flatMap(({ headers }) => [headers.accept, headers['content-type']]).filter(Boolean);
  expect(forms.length).toBeGreaterThan(2);
  for (const form of forms) expect(form).toContain('compatible-with=8');
});

test('a cluster that is away for a moment is asked again, ever more slowly', async () => {
  const { url } = await record(({ path }, turn) =>
    path.includes('_alias') && turn < 4
      ? { status: 503, body: { error: { type: 'starting', reason: '' } } }
      : undefined,
  );
  const { engine, pauses } = open(url);
  await engine.info();
  expect(pauses).toEqual([100, 200, 400]);
});

test('a cluster that stays away is named, after all the patience there is', async () => {
  const { url } = await record(() => ({ status: 503, body: { error: { type: 'starting', reason: '' } } }));
  const { engine, pauses } = open(url, {}, 1_000);
  await expect(engine.info()).rejects.toMatchObject({ name: 'UnavailableError', code: 'search_engine_away' });
  expect(pauses).toEqual([100, 200, 400]);
});

test('of a bulk only the items that were refused for now are sent again', async () => {
  const bulks = (path: string): boolean => path.includes('_bulk');
  const { url, exchanges } = await record(({ path }, turn) =>
    bulks(path) && turn === 1
      ? { body: { errors: true, items: [itemOf(200), itemOf(429, 'es_rejected_execution_exception'), itemOf(409)] } }
      : undefined,
  );
  await open(url).engine.apply(['a', 'b', 'c'].map(gone), 7);
  const sent = exchanges.filter(({ path }) => bulks(path)).map(({ body }) => body.trim().split('\n'));
  expect(sent.map((lines) => lines.length)).toEqual([3, 1, 2]);
  expect(sent[1]![0]).toContain('"_id":"credential:b"');
});

test('only the last of several changes of one credential is sent, with its sequence as version', async () => {
  const { url, exchanges } = await record();
  await open(url).engine.apply([gone('a'), { op: 'delete', id: 'a', seq: 9 }], 9);
  const [first] = exchanges.filter(({ path }) => path.includes('_bulk'));
  expect(JSON.parse(first!.body)).toEqual({
    delete: { _id: 'credential:a', version: 9, version_type: 'external_gte' },
  });
});

test('a generation that was replaced meanwhile is told, so that its changes are followed again', async () => {
  const { url } = await record(({ path }) =>
    path.includes('_bulk') ? { body: { errors: true, items: [itemOf(404, 'index_not_found_exception')] } } : undefined,
  );
  await expect(open(url).engine.apply([gone('a')], 7)).rejects.toMatchObject({ code: 'generation_gone' });
});

test('an item that Elasticsearch cannot take is a defect of ours, never skipped', async () => {
  const { url } = await record(({ path }) =>
    path.includes('_bulk')
      ? { body: { errors: true, items: [itemOf(400, 'strict_dynamic_mapping_exception')] } }
      : undefined,
  );
  await expect(open(url).engine.apply([gone('a')], 7)).rejects.toMatchObject({ name: 'BrokenInvariantError' });
});

test('a cursor that is none of ours has expired', async () => {
  const { url } = await record();
  const after = { kind: 'snapshot', snapshot: 'e30', position: 5 } as const;
  const text = { mode: 'strict', units: [{ tokens: ['data'], phrase: false, variants: [] }] } as const;
  const query = {
    text: { ...text, units: [...text.units].map((unit) => ({ ...unit, tokens: ['data'], variants: [] })) },
  };
  await expect(
    open(url).engine.search({ ...query, filter: [], facets: [], sort: [], size: 5, after }),
  ).rejects.toMatchObject({ code: 'cursor_expired' });
});
