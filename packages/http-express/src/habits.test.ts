import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Clock, Log, Route } from '@credatlas/ports';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { clientOf } from './clientOf.ts';
import { createApp } from './index.ts';

let now = Date.parse('2026-11-28T12:00:10Z');
const clock: Clock = { now: () => now, sleep: async () => {} };
const lines: { message: string; fields: Record<string, unknown> | undefined }[] = [];
const log: Log = { debug() {}, info: (message, fields) => lines.push({ message, fields }), warn() {}, error() {} };

const route = (given: Partial<Route> & Pick<Route, 'path' | 'answer'>): Route => ({
  method: 'GET',
  operationId: `${given.method ?? 'GET'} ${given.path}`,
  summary: 'Test',
  tags: ['test'],
  access: 'read',
  request: {},
  response: { status: 200, schema: z.unknown() },
  ...given,
});

const long = { text: 'credential '.repeat(1_000) };
const row = `${'a row of a long table,'.repeat(20)}\n`;

async function* rows(count: number): AsyncIterable<string> {
  for (let n = 0; n < count; n++) yield row;
}

/** How many streams have been ended, by themselves or by who took them. */
let ended = 0;
async function* failing(): AsyncIterable<string> {
  try {
    for (let n = 0; n < 50; n++) yield `${n} ${row}`;
    throw new TypeError('in the midst of it');
  } finally {
    ended += 1;
  }
}

const app = createApp({
  routes: [
    route({ path: '/long', answer: async () => ({ body: long }) }),
    route({ path: '/short', answer: async () => ({ body: 'short' }) }),
    route({ path: '/rows', answer: async () => ({ stream: rows(500), mediaType: 'text/csv' }) }),
    route({
      path: '/endless',
      answer: async () => ({ stream: rows(Number.POSITIVE_INFINITY), mediaType: 'text/csv' }),
    }),
    route({ path: '/failing', answer: async () => ({ stream: failing(), mediaType: 'text/csv' }) }),
    route({ path: '/picture', answer: async () => ({ body: Buffer.alloc(5_000), mediaType: 'image/png' }) }),
    route({
      path: '/tagged',
      answer: async () => ({ body: long, headers: { etag: '"a,b"', 'cache-control': 'public, max-age=60' } }),
    }),
    route({
      path: '/old',
      deprecated: { since: '2026-06-01', sunset: '2027-01-01', instead: '/long' },
      answer: async () => ({ body: 'old', headers: { link: '</old?after=1>; rel="next"' } }),
    }),
    route({
      method: 'PUT',
      path: '/kept/{name}',
      access: 'write',
      request: { body: z.object({ secret: z.string() }) },
      answer: async () => ({ body: 'kept' }),
    }),
  ],
  log,
  clock,
  title: 'Test',
  version: '1',
  about: 'A service.',
  guidance: ['Missing is never zero.'],
  publicUrl: 'https://example.org',
  tokens: async (token) => (token === 'right' ? { name: 'writer', mayWrite: true } : undefined),
  rateLimits: { anonymous: 2, token: 3, loopback: 100 },
  trustedProxies: 1,
});
let server: { origin: string; close(): Promise<void> };
beforeAll(async () => {
  server = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());
beforeEach(() => {
  // The next minute: nobody has asked for anything yet.
  now += 70_000 - (now % 60_000);
  lines.length = 0;
});

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body?: string) {
  const sent = request(server.origin, { path, headers, method, agent: false }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const bytes = Buffer.concat(await Array.fromAsync(response as AsyncIterable<Buffer>));
  return { status: response.statusCode, headers: response.headers, bytes, text: bytes.toString() };
}

describe('compression', () => {
  const decoders = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync };
  test.each([
    ['zstd, br, gzip', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZIP;Q=0.5, br;q=0.4', 'gzip'],
    ['zstd;q=0, br;q=0.1, gzip;q=0.2', 'gzip'],
    ['*', 'zstd'],
    ['zstd;q=0, *', 'br'],
    ['identity;q=0.5, gzip;q=0.8', 'gzip'],
  ] as const)('%s is answered in %s, whole or in a stream', async (accepted, encoding) => {
    for (const [path, expected] of [
      ['/long', `${JSON.stringify(long)}\n`],
      ['/rows', row.repeat(500)],
    ] as const) {
      const { headers, bytes } = await ask(path, { 'accept-encoding': accepted });
      expect([headers['content-encoding'], headers.vary]).toEqual([encoding, 'Accept, Accept-Encoding']);
      expect(decoders[encoding](bytes).toString()).toBe(expected);
      expect(bytes.length).toBeLessThan(expected.length / 10);
    }
  });

  test.each([undefined, '', 'identity', 'deflate', 'gzip;q=0', '*;q=0', 'identity, gzip;q=0.5', 'gzip;q=x'])(
    '%s is answered as it is, and caches are told that others may get it otherwise',
    async (accepted) => {
      const { headers, text } = await ask('/long', accepted === undefined ? {} : { 'accept-encoding': accepted });
      expect([headers['content-encoding'], headers.vary]).toEqual([undefined, 'Accept, Accept-Encoding']);
      expect(JSON.parse(text)).toEqual(long);
    },
  );

  test.each(['zstd', 'br', 'gzip'])('a stream that fails is broken off in %s, and ended', async (encoding) => {
    const before = ended;
    await expect(ask('/failing', { 'accept-encoding': encoding })).rejects.toThrow(/aborted|socket hang up/);
    expect(ended).toBe(before + 1);
  });

  test('what is small, a picture or not to be transformed stays as it is', async () => {
    const plain = async (path: string) => (await ask(path, { 'accept-encoding': 'gzip' })).headers['content-encoding'];
    expect(await plain('/short')).toBeUndefined();
    expect(await plain('/picture')).toBeUndefined();
  });

  test('HEAD has the headers of GET, and its length', async () => {
    const asked = { 'accept-encoding': 'zstd' };
    const names = ['content-encoding', 'content-length', 'content-type', 'etag', 'vary', 'cache-control'] as const;
    for (const path of ['/long', '/short', '/rows', '/tagged']) {
      const [get, head] = [await ask(path, asked), await ask(path, asked, 'HEAD')];
      expect([head.status, head.text]).toEqual([200, '']);
      for (const name of names) expect([name, head.headers[name]]).toEqual([name, get.headers[name]]);
    }
  });
});

describe('validators', () => {
  test('each answer has one, state and descriptions too, and a caller who has it is told so', async () => {
    const paths = ['/long', '/short', '/picture', '/tagged', '/openapi.json', '/llms.txt', '/.well-known/api-catalog'];
    for (const path of [...paths, '/docs', '/docs/problems', '/docs/stability', '/healthz', '/readyz']) {
      const { headers } = await ask(path, { 'accept-encoding': 'br' });
      const known = `"x", ${headers.etag}`;
      const again = await ask(path, { 'if-none-match': known, 'accept-encoding': 'zstd' });
      expect([path, again.status, again.text, again.headers.etag]).toEqual([path, 304, '', again.headers.etag]);
      expect(again.headers['cache-control']).toBe(headers['cache-control']);
      expect(again.headers['content-length']).toBeUndefined();
    }
  });

  test('tags are compared weakly, whatever stands in them', async () => {
    const status = async (known: string) => (await ask('/tagged', { 'if-none-match': known })).status;
    expect(await status('"a,b"')).toBe(304);
    expect(await status('W/"z", W/"a,b"')).toBe(304);
    expect(await status('*')).toBe(304);
    expect(await status('"a", "b"')).toBe(200);
    expect(await status('a,b')).toBe(200);
    // Compressed, it is no longer the very same bytes.
    expect((await ask('/tagged', { 'accept-encoding': 'gzip' })).headers.etag).toBe('W/"a,b"');
  });
});

describe('other origins', () => {
  test('a preflight for writing is granted, for a day', async () => {
    const { status, headers } = await ask(
      '/kept/a',
      {
        origin: 'https://else.example',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type',
      },
      'OPTIONS',
    );
    expect([status, headers.allow]).toEqual([204, 'OPTIONS, PUT']);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '86400',
    });
    expect(headers['access-control-allow-methods']).toContain('PUT');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('scripts may read what tells them how to go on, and how long it took', async () => {
    const { headers } = await ask('/old', { origin: 'https://else.example' });
    const exposed = String(headers['access-control-expose-headers']).toLowerCase().split(', ');
    const told = [
      'deprecation',
      'etag',
      'link',
      'ratelimit',
      'ratelimit-policy',
      'server-timing',
      'sunset',
      'x-request-id',
    ];
    for (const name of told) {
      expect(headers[name]).toBeDefined();
      expect(exposed).toContain(name);
    }
    expect(headers['timing-allow-origin']).toBe('*');
  });

  test('OPTIONS asks about the whole server, too', async () => {
    expect((await ask('*', {}, 'OPTIONS')).status).toBe(404);
    expect((await ask('/nothing', {}, 'OPTIONS')).status).toBe(404);
  });
});

describe('rate limits', () => {
  const from = (address: string, more: Record<string, string> = {}) =>
    ask('/short', { 'x-forwarded-for': address, ...more });

  test('each answer says what is left; one too many is a 429 that says when to go on', async () => {
    const first = await from('192.0.2.1');
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"anonymous";q=2;w=60',
      ratelimit: '"anonymous";r=1;t=50',
    });
    expect((await from('192.0.2.1', { 'if-none-match': first.headers.etag! })).headers.ratelimit).toBe(
      '"anonymous";r=0;t=50',
    );
    const { status, headers, text } = await from('192.0.2.1');
    expect([status, headers['retry-after'], headers.ratelimit]).toEqual([429, '50', '"anonymous";r=0;t=50']);
    expect(JSON.parse(text)).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect((await from('192.0.2.2')).status).toBe(200);
    now += 50_000;
    expect((await from('192.0.2.1')).headers.ratelimit).toBe('"anonymous";r=1;t=60');
  });

  test('a known token and this machine have limits of their own; a guessed token is nobody', async () => {
    const token = await from('192.0.2.1', { authorization: 'Bearer right' });
    expect(token.headers['ratelimit-policy']).toBe('"token";q=3;w=60');
    expect((await from('192.0.2.9', { authorization: 'Bearer right' })).headers.ratelimit).toBe('"token";r=1;t=50');
    expect((await from('192.0.2.1', { authorization: 'Bearer wrong' })).headers.ratelimit).toContain('anonymous');
    expect((await ask('/short')).headers.ratelimit).toBe('"loopback";r=99;t=50');
  });

  test.each([
    [0, '10.0.0.1', '192.0.2.1', { tier: 'anonymous', name: '10.0.0.1' }],
    [1, '10.0.0.1', '192.0.2.1', { tier: 'anonymous', name: '192.0.2.1' }],
    [1, '10.0.0.1', '127.0.0.1, 192.0.2.1:4711', { tier: 'anonymous', name: '192.0.2.1' }],
    [2, '10.0.0.1', '198.51.100.1, 192.0.2.1, 10.0.0.2', { tier: 'anonymous', name: '192.0.2.1' }],
    [1, '10.0.0.1', 'unknown', { tier: 'anonymous', name: '10.0.0.1' }],
    [1, '10.0.0.1', undefined, { tier: 'anonymous', name: '10.0.0.1' }],
    [1, '::1', '[2001:db8:1:2:3::4]:99', { tier: 'anonymous', name: '2001:db8:1:2' }],
    [0, '2001:DB8::5', undefined, { tier: 'anonymous', name: '2001:db8:0:0' }],
    [0, 'fe80::1%eth0', undefined, { tier: 'anonymous', name: 'fe80:0:0:0' }],
    [0, '::ffff:192.0.2.7', undefined, { tier: 'anonymous', name: '192.0.2.7' }],
    [0, '::ffff:127.0.0.1', undefined, { tier: 'loopback', name: '' }],
    [0, '::1', '192.0.2.1', { tier: 'loopback', name: '' }],
    [0, undefined, undefined, { tier: 'anonymous', name: '' }],
  ])('behind %i proxies, %s forwarding for %s is %o', async (trustedProxies, address, forwarded, expected) => {
    const headers = { 'x-forwarded-for': forwarded };
    expect(await clientOf({ headers, ...(address ? { address } : {}) }, { trustedProxies })).toEqual(expected);
  });
});

describe('what is told about a request', () => {
  test('a sane id of the caller is kept, in the answer and in the log; another one is not', async () => {
    const { headers } = await ask('/short', { 'x-request-id': 'trace-0123456789' });
    expect(headers['x-request-id']).toBe('trace-0123456789');
    for (const id of ['short', 'x'.repeat(65), 'two words here', 'a"b,c{d}e']) {
      expect((await ask('/short', { 'x-request-id': id })).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(headers['server-timing']).toMatch(/^total;dur=\d+$/);
  });

  test('one line: method, path, route, status, bytes, time and id; no query, no body, no token, no address', async () => {
    const id = 'request-1-of-this-test';
    await ask('/kept/a?q=private', { 'x-request-id': id, authorization: 'Bearer right' }, 'PUT', '{"secret":"s3"}');
    await ask(
      '/kept/a',
      { authorization: 'Bearer right', 'content-type': 'application/json' },
      'PUT',
      '{"secret":"s3"}',
    );
    await expect.poll(() => lines.length).toBe(2);
    expect(lines[0]).toMatchObject({
      message: 'request answered',
      fields: { method: 'PUT', path: '/kept/a', route: '/kept/{name}', status: 400, requestId: id, seconds: 0 },
    });
    expect(lines[1]!.fields).toMatchObject({ status: 200 });
    expect(lines[1]!.fields!.bytes).toBeGreaterThan(100);
    expect(JSON.stringify(lines)).not.toMatch(/private|s3|right|127\.0/);
  });

  test('a caller who leaves is told of, too', async () => {
    const sent = request(server.origin, { path: '/endless', agent: false }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.destroy();
    await expect.poll(() => lines).toMatchObject([{ fields: { path: '/endless', status: 200, broken: true } }]);
  });
});

describe('a route that is to go', () => {
  test('says since when, until when, and what to use, beside its own links', async () => {
    const { headers } = await ask('/old');
    expect(headers).toMatchObject({
      // 2026-06-01T00:00:00Z
      deprecation: '@1780272000',
      sunset: 'Fri, 01 Jan 2027 00:00:00 GMT',
      link: '</old?after=1>; rel="next", <https://example.org/docs/stability>; rel="deprecation"; type="text/html", <https://example.org/long>; rel="successor-version"',
    });
    expect((await ask('/docs/stability')).text).toContain(
      '<code>GET /old</code>: since 2026-06-01, gone on 2027-01-01',
    );
    const { paths } = JSON.parse((await ask('/openapi.json')).text) as { paths: Record<string, { get: object }> };
    expect([paths['/old']!.get, paths['/long']!.get]).toMatchObject([{ deprecated: true }, {}]);
    expect(paths['/long']!.get).not.toHaveProperty('deprecated');
  });
});

describe('descriptions', () => {
  test('the catalog is a linkset of RFC 9727 that points to the API and its description', async () => {
    const { headers, text } = await ask('/.well-known/api-catalog', {}, 'GET');
    expect(headers['content-type']).toMatch(
      /^application\/linkset\+json; ?profile="https:\/\/www.rfc-editor.org\/info\/rfc9727"/,
    );
    expect(headers.link).toBe('<https://example.org/.well-known/api-catalog>; rel="api-catalog"');
    expect(JSON.parse(text)).toMatchObject({
      linkset: [
        { anchor: 'https://example.org/.well-known/api-catalog', item: [{ href: 'https://example.org/' }] },
        { anchor: 'https://example.org/', 'service-desc': [{ href: 'https://example.org/openapi.json' }] },
      ],
    });
  });

  test('llms.txt has a title, what the service is, what to know, and links', async () => {
    const { text } = await ask('/llms.txt');
    expect(text).toMatch(/^# Test\n\n> A service\.\n\n- Missing is never zero\.\n\n## Documentation\n/);
    expect(text).toContain('- [GET /long](https://example.org/long): Test.');
    expect(text).toContain('- PUT /kept/{name}: Test.');
  });

  test('metrics are OpenMetrics: each family once, typed before its samples, ended by EOF', async () => {
    await ask('/short');
    const { headers, text } = await ask('/metrics', { accept: 'application/openmetrics-text; version=1.0.0' });
    expect(headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(text).toMatch(/\n# EOF\n$/);
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/short",status="200"}');
    const families = new Set<string>();
    let [family, type] = ['', ''];
    for (const line of text.trimEnd().split('\n').slice(0, -1)) {
      const described = /^# (HELP|TYPE) (\w+) (.*)$/.exec(line);
      if (described?.[1] === 'TYPE') [family, type] = [described[2]!, described[3]!];
      if (described?.[1] === 'HELP') expect([described[2], families.has(described[2]!)]).toEqual([described[2], false]);
      if (described) families.add(described[2]!);
      if (described) continue;
      const [, name] = /^([a-zA-Z_:][\w:]*)(?:\{.*\})? [-+\d.e]+(?:NaN|Inf)?(?: \d+)?$/.exec(line) ?? [line];
      const suffixes = { counter: ['_total'], histogram: ['_bucket', '_sum', '_count'], gauge: [''] }[type];
      expect([line, suffixes?.map((suffix) => family + suffix)]).toEqual([line, expect.arrayContaining([name])]);
    }
  });
});
