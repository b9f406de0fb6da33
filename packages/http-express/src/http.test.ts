import { request as send } from 'node:http';
import { connect } from 'node:net';
import { InvalidInputError, NotFoundError, ThrottledError, UnavailableError, WithdrawnError } from '@credatlas/model';
import type { Clock, Log, Route } from '@credatlas/ports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type App, createApp, invokeRoute, listen, pageRoute } from './index.ts';

const clock: Clock = { now: () => Date.now(), sleep: async () => {} };
const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

const route = (given: Partial<Route> & Pick<Route, 'path' | 'answer'>): Route => ({
  method: 'GET',
  operationId: `op ${given.method ?? 'GET'} ${given.path}`,
  summary: 'Test',
  tags: ['test'],
  access: 'read',
  request: {},
  response: { status: 200, schema: z.unknown() },
  ...given,
});

const failures: Record<string, Error> = {
  bad: new InvalidInputError('malformed_filter', 'The filter ends early. Close the quote.', {
    faults: [{ code: 'malformed_filter', detail: 'Close the quote.', parameter: 'filter', position: 7 }],
  }),
  gone: new WithdrawnError('withdrawn', 'It was withdrawn.', { id: 'a:ce-1', withdrawnAt: '2026-01-01T00:00:00Z' }),
  missing: new NotFoundError('unknown_credential', 'There is no such credential.'),
  away: new UnavailableError('unavailable', 'The engine is away. Try later.'),
  busy: new ThrottledError('throttled', 'Wait.', { retryAfterMs: 1500 }),
  defect: new TypeError('secret path /home/x'),
};

const routes: Route[] = [
  route({
    path: '/v1/things',
    request: {
      query: z.object({
        size: z.coerce.number().int().max(200).default(20).describe('How many, at most 200.'),
        mode: z.enum(['strict', 'expanded']).default('strict'),
      }),
    },
    answer: async ({ query }) => ({ body: { query }, headers: { Link: '</v1/things?after=x>; rel="next"' } }),
  }),
  route({ path: '/v1/things/{id}', answer: async ({ path }) => ({ body: path }) }),
  route({ path: '/v1/things/special', answer: async () => ({ body: 'special' }) }),
  route({
    path: '/v1/failures/{kind}',
    answer: async ({ path }) => {
      throw failures[path.kind!]!;
    },
  }),
  route({
    path: '/v1/slow',
    answer: ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  }),
  route({
    method: 'POST',
    path: '/v1/things',
    access: 'write',
    request: { body: z.object({ name: z.string(), parts: z.array(z.object({ n: z.number() })).optional() }) },
    response: { status: 201, schema: z.unknown() },
    answer: async ({ body }) => ({ body }),
  }),
  route({
    path: '/{community}/envelopes',
    dialect: 'registry',
    request: { query: z.object({ page: z.coerce.number().int().default(1) }) },
    answer: async ({ query }) => ({ body: query }),
  }),
  route({
    path: '/{community}/graph/{id}',
    dialect: 'registry',
    answer: async () => {
      throw new NotFoundError('unknown_ctid', "Couldn't find Resource");
    },
  }),
  route({ path: '/v1/broken', answer: async () => ({ body: '', headers: { link: 'line\nbreak' } }) }),
  route({
    path: '/dated',
    answer: async () => ({ body: 'x', headers: { 'Last-Modified': 'Wed, 01 Jul 2026 10:00:00 GMT' } }),
  }),
];

let app: App;
let server: { origin: string; close(): Promise<void> };

beforeAll(async () => {
  app = createApp({
    routes,
    log: quiet,
    clock,
    title: 'Test',
    version: '1',
    publicUrl: 'https://example.org',
    readiness: async () => ({ ready: false, detail: { stage: 'crawl' } }),
    pages: [
      pageRoute('/', async ({ url }) => ({ body: `<p>${url.searchParams.getAll('a')}`, mediaType: 'text/html' })),
    ],
    metrics: [{ name: 'test_things', help: 'Things.', read: () => 42 }],
    tokens: async (token) => ({ writer: { name: 'w', mayWrite: true }, reader: { name: 'r', mayWrite: false } })[token],
    limits: { timeLimitMs: 200, maxBodyBytes: 1000, maxBodyDepth: 10 },
  });
  server = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

interface Got {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  json: Record<string, never> & { [name: string]: never };
}

function get(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const request = send(server.origin, { path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers as Record<string, string>,
          text,
          get json() {
            return JSON.parse(text);
          },
        }),
      );
    });
    request.on('error', reject).end(body);
  });
}

function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const { port, hostname } = new URL(server.origin);
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (piece) => {
      text += piece;
    });
    socket.on('close', () => resolve(text)).on('error', () => resolve(text));
  });
}

test('query parameters are parsed by the schema, defaults filled in', async () => {
  const { status, json, headers } = await get('/v1/things?size=5');
  expect([status, json]).toEqual([200, { query: { size: 5, mode: 'strict' } }]);
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers.link).toBe('</v1/things?after=x>; rel="next"');
});

test('an unknown parameter is refused with the nearest name', async () => {
  const { status, json, headers } = await get('/v1/things?szie=5');
  expect(status).toBe(400);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(json).toMatchObject({
    type: 'https://example.org/docs/problems#unknown_parameter',
    title: 'Unknown parameter',
    status: 400,
    code: 'unknown_parameter',
    requestId: headers['x-request-id'],
    errors: [{ code: 'unknown_parameter', parameter: 'szie', suggestion: 'size' }],
  });
});

test('a repeated parameter and a wrong value are refused, with the nearest value', async () => {
  expect((await get('/v1/things?size=1&size=2')).json).toMatchObject({ code: 'repeated_parameter' });
  expect((await get('/v1/things?mode=strct')).json).toMatchObject({
    code: 'invalid_parameter',
    errors: [{ parameter: 'mode', suggestion: 'strict' }],
  });
  const { json } = await get('/v1/things?size=1000');
  expect(json).toMatchObject({ status: 400, errors: [{ parameter: 'size' }] });
  expect(String(json.detail)).toContain('How many, at most 200.');
});

test('a literal segment wins over a name, and a segment is decoded once', async () => {
  expect((await get('/v1/things/special')).json).toBe('special');
  expect((await get('/v1/things/https%3A%2F%2Fa.org%2Fb')).json).toEqual({ id: 'https://a.org/b' });
  expect((await get('/v1/things/a%2520b/')).json).toEqual({ id: 'a%20b' });
});

test.each(['/v1/things/%zz', '/v1/things/%ff', '/v1/things?size=%E0%A4%A'])(
  'malformed percent encoding in %s is a 400',
  async (path) => {
    expect((await get(path)).json).toMatchObject({ status: 400, code: 'malformed_encoding' });
  },
);

test('an overlong address is a 414, whether node reads it or not', async () => {
  expect((await get(`/v1/things?q=${'a'.repeat(9000)}`)).json).toMatchObject({ status: 414, code: 'address_too_long' });
  expect(await raw(`GET /v1/things?q=${'a'.repeat(200_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 414 [\s\S]*address_too_long/,
  );
  expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*malformed_request/);
});

test('named errors become their status', async () => {
  expect((await get('/v1/failures/bad')).json).toMatchObject({ status: 400, errors: [{ position: 7 }] });
  expect((await get('/v1/failures/gone')).json).toMatchObject({ status: 410, tombstone: { id: 'a:ce-1' } });
  expect((await get('/v1/failures/missing')).json).toMatchObject({ status: 404, code: 'unknown_credential' });
  const away = await get('/v1/failures/away');
  expect([away.status, away.headers['retry-after']]).toEqual([503, '5']);
  const busy = await get('/v1/failures/busy');
  expect([busy.status, busy.headers['retry-after']]).toEqual([429, '2']);
});

test('a defect is a 500 that tells nothing about our insides', async () => {
  const { status, text, json } = await get('/v1/failures/defect');
  expect([status, json.code]).toEqual([500, 'internal_error']);
  expect(text).not.toContain('secret');
});

test('an unknown address is a 404 and a wrong method a 405 with Allow', async () => {
  expect((await get('/v2')).json).toMatchObject({ status: 404, code: 'unknown_route' });
  const { json, headers } = await get('/v1/things', { method: 'DELETE' });
  expect([json.status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS, POST']);
});

test('OPTIONS names the methods, and answers a preflight for any origin', async () => {
  const plain = await get('/v1/things', { method: 'OPTIONS' });
  expect([plain.status, plain.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
  const preflight = await get('/v1/things', {
    method: 'OPTIONS',
    headers: { origin: 'https://else.example', 'access-control-request-method': 'GET' },
  });
  expect(preflight.headers['access-control-allow-origin']).toBe('*');
  const read = await get('/v1/things', { headers: { origin: 'https://else.example' } });
  expect(read.headers['access-control-expose-headers']).toContain('ETag, Link, Location, RateLimit');
});

test('HEAD has the headers of GET and no body', async () => {
  const read = await get('/v1/things/a');
  const head = await get('/v1/things/a', { method: 'HEAD' });
  expect([head.status, head.text]).toEqual([200, '']);
  expect([head.headers.etag, head.headers['content-length']]).toEqual([
    read.headers.etag,
    read.headers['content-length'],
  ]);
});

test('a validator that the caller has is answered 304, with no-cache as well', async () => {
  const etag = (await get('/v1/things/a')).headers.etag!;
  const again = await get('/v1/things/a', {
    headers: { 'if-none-match': `"x", ${etag}`, 'cache-control': 'no-cache' },
  });
  expect([again.status, again.text, again.headers['content-type'], again.headers.etag]).toEqual([
    304,
    '',
    undefined,
    etag,
  ]);
  expect((await get('/v1/things/b', { headers: { 'if-none-match': etag } })).status).toBe(200);
  const since = (date: string) => get('/dated', { headers: { 'if-modified-since': date } });
  expect((await since('Wed, 01 Jul 2026 10:00:00 GMT')).status).toBe(304);
  expect((await since('Wed, 01 Jul 2026 09:59:59 GMT')).status).toBe(200);
});

test('an Accept that rules JSON out is a 406', async () => {
  expect((await get('/v1/things', { headers: { accept: 'text/csv' } })).json).toMatchObject({
    status: 406,
    code: 'not_acceptable',
  });
  for (const accept of ['application/ld+json;profile="x"', 'text/html, */*;q=0.1', 'application/*'])
    expect((await get('/v1/things', { headers: { accept } })).status).toBe(200);
});

test('writing needs a known token with the right', async () => {
  const post = (authorization?: string) =>
    get('/v1/things', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: '{"name":"a"}',
    });
  const nobody = await post();
  expect([nobody.json.code, nobody.headers['www-authenticate']]).toEqual(['token_missing', 'Bearer realm="credatlas"']);
  expect((await post('Bearer guess')).json).toMatchObject({ status: 401, code: 'token_unknown' });
  expect((await post('Bearer reader')).json).toMatchObject({ status: 403, code: 'token_may_not_write' });
  expect((await post('Bearer writer')).status).toBe(201);
});

test('a body of another type, size, depth or shape is refused by name', async () => {
  const post = (body: string, type = 'application/json') =>
    get('/v1/things', {
      method: 'POST',
      headers: { 'content-type': type, authorization: 'Bearer writer' },
      body,
    }).then(({ json }) => [json.status, json.code]);
  expect(await post('name=a', 'application/x-www-form-urlencoded')).toEqual([415, 'unsupported_media_type']);
  expect(await post('{"name":')).toEqual([400, 'malformed_json']);
  expect(await post(JSON.stringify({ name: 'a'.repeat(2000) }))).toEqual([413, 'body_too_large']);
  expect(await post('['.repeat(500))).toEqual([400, 'too_deep']);
  expect(await post('{"name":"[[[[[[[[[[[[[["}')).toEqual([undefined, undefined]);
  expect(await post('{"name":1}')).toEqual([422, 'invalid_body']);
});

test('a fault in a body has a JSON pointer', async () => {
  const { json } = await get('/v1/things', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer writer' },
    body: '{"name":"a","parts":[{"n":1},{"n":"x"}]}',
  });
  expect(json.errors).toMatchObject([{ pointer: '/parts/1/n' }]);
});

test('an answer that cannot be sent ends the connection and nothing else', async () => {
  await expect(get('/v1/broken')).rejects.toThrow();
  expect((await get('/healthz')).status).toBe(200);
});

test('a route that takes too long is a 503', async () => {
  expect((await get('/v1/slow')).json).toMatchObject({ status: 503, code: 'took_too_long' });
});

test("the registry's dialect takes unknown parameters and refuses in its own shape", async () => {
  expect((await get('/ce-registry/envelopes?page=2&whatever=1')).json).toEqual({ page: 2 });
  const { status, json } = await get('/ce-registry/graph/ce-1');
  expect([status, json]).toEqual([404, { errors: ["Couldn't find Resource"] }]);
  expect((await get('/ce-registry/envelopes?page=x')).status).toBe(400);
});

test('a page takes repeated parameters and allows only its own scripts', async () => {
  const { text, headers } = await get('/?a=1&a=2&b=3', { headers: { accept: 'text/html' } });
  expect(text).toBe('<p>1,2');
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  expect([headers['cross-origin-resource-policy'], headers['x-content-type-options'], headers['x-powered-by']]).toEqual(
    ['cross-origin', 'nosniff', undefined],
  );
});

test('state, metrics and descriptions are served beside the routes', async () => {
  expect((await get('/healthz')).json).toEqual({ status: 'ok' });
  const ready = await get('/readyz');
  expect([ready.status, ready.json]).toEqual([503, { status: 'starting', stage: 'crawl' }]);
  const metrics = await get('/metrics');
  expect(metrics.text).toContain('test_things 42');
  expect(metrics.text).toContain(
    'http_request_duration_seconds_count{method="GET",route="/v1/things/{id}",status="200"}',
  );
  expect((await get('/.well-known/api-catalog')).json).toMatchObject({
    linkset: [{}, { 'service-desc': [{ href: 'https://example.org/openapi.json' }] }],
  });
  expect((await get('/llms.txt')).text).toContain('GET /v1/things/{id}');
});

test('the OpenAPI document names every route, parameter and refusal', async () => {
  const { json } = await get('/openapi.json');
  const document = json as unknown as {
    openapi: string;
    paths: Record<string, Record<string, { parameters: { name: string }[]; responses: object }>>;
  };
  expect(document.openapi).toBe('3.1.1');
  const list = document.paths['/v1/things']!;
  expect(list.get!.parameters.map(({ name }) => name)).toEqual(['size', 'mode', 'format']);
  expect(Object.keys(list.post!.responses)).toEqual([
    '201',
    '400',
    '401',
    '403',
    '413',
    '415',
    '422',
    '429',
    '503',
    'default',
  ]);
  expect(document.paths).not.toHaveProperty('/docs');
});

test('the documentation needs no other host', async () => {
  const page = await get('/docs');
  expect(page.text).not.toMatch(/https?:\/\//);
  for (const [, path] of page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)) expect((await get(path!)).status).toBe(200);
  expect((await get('/docs/problems')).text).toContain('id="unknown_parameter"');
});

test('large answers are compressed', async () => {
  const { headers } = await get('/openapi.json', { headers: { 'accept-encoding': 'gzip' } });
  expect([headers['content-encoding'], headers.vary]).toEqual(['gzip', 'Accept, Accept-Encoding']);
});

test('a route answers the same within the process', async () => {
  const given = { log: quiet, clock, publicUrl: 'https://example.org' };
  const answer = await invokeRoute(routes, { path: '/v1/things', query: { size: '5', mode: undefined } }, given);
  expect([answer.status, answer.body]).toEqual([200, (await get('/v1/things?size=5')).text]);
  const refused = await invokeRoute(routes, { path: '/v1/things', query: { szie: '5' } }, given);
  expect([refused.status, (refused.value as { code: string }).code]).toEqual([400, 'unknown_parameter']);
});

test('a taken port is refused by name, and a server that closes lets open requests end', async () => {
  const { port } = new URL(server.origin);
  await expect(listen({ host: '127.0.0.1', port: Number(port) })).rejects.toMatchObject({ code: 'port_in_use' });
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const draining = await listen({ host: '127.0.0.1', port: 0 });
  draining.serve((_request, response) => {
    arrive();
    void released.then(() => response.end('done'));
  });
  const answer = fetch(draining.origin).then((response) => response.text());
  await arrived;
  const closed = draining.close();
  release();
  expect(await answer).toBe('done');
  await closed;
  await expect(fetch(draining.origin)).rejects.toThrow();
});

test('a server that closes waits no longer than it may', async () => {
  const closing = await listen({ host: '127.0.0.1', port: 0, drainMs: 50 });
  closing.serve((_request, response) => response.write('never ended'));
  const answer = await fetch(closing.origin);
  await closing.close();
  await expect(answer.text()).rejects.toThrow();
});

test('a port answers 503 until it is given its work', async () => {
  const early = await listen({ host: '127.0.0.1', port: 0 });
  const response = await fetch(early.origin);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  await early.close();
});
