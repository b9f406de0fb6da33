import { once } from 'node:events';
import { get, type IncomingMessage, request } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { UnavailableError } from '@credatlas/model';
import type { Clock, Log, Route, RouteAnswer } from '@credatlas/ports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createApp } from './index.ts';

const clock: Clock = { now: () => Date.now(), sleep: async () => {} };
const errors: unknown[] = [];
const log: Log = { debug() {}, info() {}, warn() {}, error: (_, fields) => errors.push(fields?.error) };

const route = (path: string, answer: () => Promise<RouteAnswer>): Route => ({
  method: 'GET',
  path,
  operationId: path,
  summary: 'Test',
  tags: ['test'],
  access: 'read',
  request: {},
  response: { status: 200, schema: z.unknown(), mediaType: '*/*' },
  answer,
});

const made = { pieces: 0, ended: 0 };
const piece = 'x'.repeat(64 * 1024);

async function* endless(): AsyncIterable<string> {
  try {
    for (;;) {
      made.pieces += 1;
      await setImmediate();
      yield piece;
    }
  } finally {
    made.ended += 1;
  }
}

async function* failing(after: number): AsyncIterable<string> {
  for (let n = 0; n < after; n++) yield piece;
  throw new UnavailableError('store_unavailable', 'The store is away. Try later.');
}

async function* three(): AsyncIterable<string | Uint8Array> {
  yield 'one\n';
  yield Buffer.from('zwö\n');
  yield 'three\n';
}

const letters = Buffer.from('abcdefghij');
const bytes = {
  size: letters.length,
  async *read(from: number, to: number) {
    yield letters.subarray(from, to);
  },
};
const modified = 'Wed, 01 Jul 2026 10:00:00 GMT';
const file = { bytes, mediaType: 'application/x-ndjson', headers: { ETag: '"v1"', 'Last-Modified': modified } };

const app = createApp({
  routes: [
    route('/three', async () => ({ stream: three(), mediaType: 'text/csv', headers: { etag: 'W/"3"' } })),
    route('/endless', async () => ({ stream: endless(), mediaType: 'image/x-none' })),
    route('/refused', async () => ({ stream: failing(0), mediaType: 'text/csv' })),
    route('/broken', async () => ({ stream: failing(3), mediaType: 'text/csv' })),
    route('/file', async () => file),
  ],
  log,
  clock,
  title: 'Test',
  version: '1',
  publicUrl: 'https://example.org',
  limits: { timeLimitMs: 100 },
});
let server: { origin: string; close(): Promise<void> };
beforeAll(async () => {
  server = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const sent = request(server.origin, { path, headers, method, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const body = await Array.fromAsync(response as AsyncIterable<Buffer>);
  const text = Buffer.concat(body).toString();
  return { status: response.statusCode, headers: response.headers, text };
}

test('pieces of a stream arrive in order, text as UTF-8', async () => {
  const { status, headers, text } = await ask('/three');
  expect([status, text]).toEqual([200, 'one\nzwö\nthree\n']);
  expect(headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'transfer-encoding': 'chunked' });
});

test('HEAD tells of a stream and makes none of it; a known one is a 304', async () => {
  const head = await ask('/endless', {}, 'HEAD');
  expect([head.status, head.text, made.pieces]).toEqual([200, '', 0]);
  expect(await ask('/three', { 'if-none-match': 'W/"3"' })).toMatchObject({ status: 304, text: '' });
});

test('a stream that fails at once is a problem with its status', async () => {
  const { status, text } = await ask('/refused');
  expect(status).toBe(503);
  expect(JSON.parse(text)).toMatchObject({ code: 'store_unavailable' });
});

test('a stream that fails later is broken off, never ended as if it were whole', async () => {
  await expect(ask('/broken')).rejects.toThrow(/aborted|socket hang up/);
  expect(errors).toEqual([expect.objectContaining({ code: 'store_unavailable' })]);
});

test('a stream is made no faster than it is taken, beyond the time limit of answers, and ends when the caller leaves', async () => {
  const sent = get(`${server.origin}/endless`, { agent: false });
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.pause();
  let before = -1;
  // What fills the buffers on the way is made; then nothing more.
  while (made.pieces !== before) {
    before = made.pieces;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect(made.ended).toBe(0);
  let taken = 0;
  response.on('data', (data: Buffer) => {
    taken += data.length;
  });
  response.resume();
  while (taken < 2 * before * piece.length) await once(response, 'data');
  response.destroy();
  while (made.ended === 0) await setImmediate();
  expect(made.ended).toBe(1);
  expect(errors).toHaveLength(1);
});

test.each([
  [undefined, 200, undefined, 'abcdefghij'],
  ['bytes=0-', 206, 'bytes 0-9/10', 'abcdefghij'],
  ['bytes=4-', 206, 'bytes 4-9/10', 'efghij'],
  ['bytes=2-4', 206, 'bytes 2-4/10', 'cde'],
  ['bytes=8-99', 206, 'bytes 8-9/10', 'ij'],
  ['bytes=-3', 206, 'bytes 7-9/10', 'hij'],
  ['bytes=-99', 206, 'bytes 0-9/10', 'abcdefghij'],
  ['bytes=4-2', 200, undefined, 'abcdefghij'],
  ['bytes=0-1,4-5', 200, undefined, 'abcdefghij'],
  ['lines=1-2', 200, undefined, 'abcdefghij'],
])('a file asked for by Range %s is %i', async (range, status, contentRange, text) => {
  const got = await ask('/file', range === undefined ? {} : { range, 'accept-encoding': 'gzip' });
  expect([got.status, got.headers['content-range'], got.text]).toEqual([status, contentRange, text]);
  expect(got.headers).toMatchObject({ 'accept-ranges': 'bytes', etag: '"v1"', 'content-length': String(text.length) });
  expect(got.headers['content-encoding']).toBeUndefined();
});

test.each(['bytes=10-', 'bytes=-0'])('a range %s behind the end is a 416 that says how long it is', async (range) => {
  const got = await ask('/file', { range });
  expect([got.status, got.headers['content-range']]).toEqual([416, 'bytes */10']);
  expect(JSON.parse(got.text)).toMatchObject({ code: 'range_not_satisfiable' });
});

test('If-Range gives the part of the very bytes it names, else the whole', async () => {
  const part = async (condition: string) => (await ask('/file', { range: 'bytes=4-', 'if-range': condition })).status;
  expect(await part('"v1"')).toBe(206);
  expect(await part(modified)).toBe(206);
  expect(await part('"v0"')).toBe(200);
  expect(await part('W/"v1"')).toBe(200);
});

test('HEAD of a file says how long it is, with or without Range; a known file is a 304', async () => {
  const head = await ask('/file', { range: 'bytes=4-' }, 'HEAD');
  expect([head.status, head.text]).toEqual([200, '']);
  expect(head.headers).toMatchObject({ 'content-length': '10', 'accept-ranges': 'bytes' });
  expect(await ask('/file', { 'if-none-match': '"v1"', range: 'bytes=4-' })).toMatchObject({ status: 304, text: '' });
});
