import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { UndiciFetcher, type UndiciFetcherOptions } from './index.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const waits: number[] = [];
/** Time that passes only when somebody waits. */
function testClock() {
  let now = Date.parse('2026-01-01T00:00:00Z');
  waits.length = 0;
  return {
    now: () => now,
    sleep: async (ms: number) => {
      waits.push(ms);
      now += ms;
    },
  };
}
const log = { debug() {}, info() {}, warn() {}, error() {} };

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer((request, response) => {
    if (request.url === '/robots.txt') return response.writeHead(404).end();
    return listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function fetcher(options: Partial<UndiciFetcherOptions> = {}): UndiciFetcher {
  const made = new UndiciFetcher({
    userAgent: 'Test/1 (+mailto:test@example.org)',
    clock: testClock(),
    log,
    ...options,
  });
  open.push(() => made.close());
  return made;
}

test('an exchange names itself, sends validators and hears 304', async () => {
  const seen: Record<string, unknown>[] = [];
  const origin = await serve((request, response) => {
    seen.push(request.headers);
    if (request.headers['if-none-match'] === '"v1"') return response.writeHead(304).end();
    return response.writeHead(200, { etag: '"v1"', 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'));
  });
  const client = fetcher({ allowedOrigins: [origin] });
  const first = await client.fetch({ url: `${origin}/a` });
  expect(new TextDecoder().decode(first.body)).toBe('{"a":1}');
  const second = await client.fetch({ url: `${origin}/a`, validators: first.validators });
  expect([second.status, second.notModified]).toEqual([304, true]);
  expect(seen[0]?.['user-agent']).toBe('Test/1 (+mailto:test@example.org)');
});

test('loopback is refused unless its exact origin is allowed, and a redirect does not get round that', async () => {
  const hidden = await serve((_request, response) => response.end('secret'));
  const origin = await serve((_request, response) => response.writeHead(302, { location: `${hidden}/x` }).end());
  await expect(fetcher().fetch({ url: `${origin}/` })).rejects.toMatchObject({ code: 'private_address' });
  await expect(fetcher({ allowedOrigins: [origin] }).fetch({ url: `${origin}/` })).rejects.toMatchObject({
    name: 'NotAllowedError',
  });
  await expect(fetcher({ allowedOrigins: [origin, hidden] }).fetch({ url: `${origin}/` })).resolves.toMatchObject({
    status: 200,
  });
});

test.each([
  'http://127.0.0.1:1/',
  'http://[::1]:1/',
  'http://[::ffff:127.0.0.1]:1/',
  'http://169.254.169.254/',
  'http://2130706433/',
  'http://localhost:1/',
])('%s is not fetched', async (url) => {
  await expect(fetcher({ limits: { retries: 0 } }).fetch({ url })).rejects.toMatchObject({ name: 'NotAllowedError' });
});

test.each(['file:///etc/passwd', 'nonsense', 'ftp://example.org/'])('%s is no web address', async (url) => {
  await expect(fetcher().fetch({ url })).rejects.toMatchObject({ code: 'not_a_web_address' });
});

test('robots.txt is obeyed, its delay kept', async () => {
  const server = createServer((request, response) =>
    response.end(request.url === '/robots.txt' ? 'User-agent: *\nDisallow: /private\nCrawl-delay: 2' : 'ok'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = fetcher({ allowedOrigins: [origin] });
  await expect(client.fetch({ url: `${origin}/private/x` })).rejects.toMatchObject({ code: 'robots_txt' });
  await client.fetch({ url: `${origin}/a` });
  await client.fetch({ url: `${origin}/b` });
  expect(waits).toContain(2000);
});

test('what may pass by itself is tried again, Retry-After first', async () => {
  let calls = 0;
  const origin = await serve((_request, response) => {
    calls += 1;
    if (calls === 1) return response.writeHead(503, { 'retry-after': '7' }).end();
    if (calls === 2) return response.destroy();
    return response.end('ok');
  });
  await expect(fetcher({ allowedOrigins: [origin] }).fetch({ url: origin })).resolves.toMatchObject({ status: 200 });
  expect(calls).toBe(3);
  expect(waits).toContain(7000);
});

test('a site that throttles for long is left alone', async () => {
  const origin = await serve((_request, response) => response.writeHead(429, { 'retry-after': '86400' }).end());
  await expect(fetcher({ allowedOrigins: [origin] }).fetch({ url: origin })).rejects.toMatchObject({
    name: 'ThrottledError',
    retryAfterMs: 86_400_000,
  });
});

test('a body beyond the cap is refused, packed or not', async () => {
  const origin = await serve((request, response) =>
    request.url === '/bomb'
      ? response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)))
      : response.end(Buffer.alloc(5_000_000)),
  );
  const client = fetcher({ allowedOrigins: [origin], limits: { maxBytes: 1_000_000, retries: 0 } });
  await expect(client.fetch({ url: `${origin}/plain` })).rejects.toMatchObject({ code: 'answer_too_large' });
  await expect(client.fetch({ url: `${origin}/bomb` })).rejects.toMatchObject({ code: 'answer_too_large' });
});

test('redirects end after five', async () => {
  const origin = await serve((request, response) => response.writeHead(302, { location: `${request.url}x` }).end());
  await expect(
    fetcher({ allowedOrigins: [origin], limits: { retries: 0 } }).fetch({ url: origin }),
  ).rejects.toMatchObject({ code: 'too_many_redirects' });
});

test('404 is an answer, not a failure', async () => {
  const origin = await serve((_request, response) => response.writeHead(404).end());
  await expect(fetcher({ allowedOrigins: [origin] }).fetch({ url: origin })).resolves.toMatchObject({ status: 404 });
});

test('a server that never answers is given up', async () => {
  const origin = await serve(() => undefined);
  await expect(
    fetcher({ allowedOrigins: [origin], limits: { totalMs: 100, retries: 0 } }).fetch({ url: origin }),
  ).rejects.toMatchObject({ name: 'UnavailableError' });
});
