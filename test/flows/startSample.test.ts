import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@credatlas/store-sqlite';
import { afterAll, expect, test } from 'vitest';
import { bothCounts } from './countIssues.ts';
import { startCredatlas } from './startCredatlas.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-sample-'));
const dataDir = join(folder, 'data');
// The exception for the sample registry must not need the general permission.
const env = { CRAWL_ALLOW_PRIVATE: 'false', LOG_LEVEL: 'info' };
const start = () => startCredatlas(['serve', '--sample', '--port', '0'], { dataDir, env });

interface Body {
  meta: { total: number };
  results: { id: string; name: string }[];
  credentials: { id: string }[];
  rows: object[];
}
const get = async (address: string) => (await (await fetch(address)).json()) as Body;

afterAll(() => rmSync(folder, { recursive: true }));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a server killed while it loads the sample leaves no registry behind', async () => {
  const server = start();
  const [, origin] = await server.writes(/Listening on (\S+)/);
  await server.writes(/crawl \d/);
  expect((await fetch(`${origin}/readyz`)).status).toBe(503);
  const found = execFileSync('ps', ['-o', 'pid=', '--ppid', String(server.process.pid)], { encoding: 'utf8' });
  const children = found.trim().split(/\s+/).map(Number);
  expect(children).toHaveLength(1);
  server.process.kill('SIGKILL');
  await server.finished;
  await expect.poll(() => children.some(isAlive), { timeout: 10_000 }).toBe(false);
}, 120_000);

test('the next start goes on, loads the whole market, and its three queries answer', async () => {
  const server = start();
  const [, origin] = await server.writes(/ready: (http:\/\/[^/\s]+)\//);
  const { process: child, finished } = server;
  const printed = await server.writes(/Loaded: ([\d,]+) records, ([\d,]+) credentials, [\s\S]*The API:/);
  expect(Number(printed[2]!.replaceAll(',', ''))).toBeGreaterThanOrEqual(5000);
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);

  const addresses = [...printed[0].matchAll(/curl '([^']+)'/g)].map(([, address]) => address!);
  expect(addresses).toHaveLength(3);
  const [words, filtered, compared] = await Promise.all(addresses.map(get));
  expect(words!.meta.total).toBeGreaterThan(3);
  expect(filtered!.meta.total).toBeGreaterThan(3);
  expect(compared!.credentials).toHaveLength(2);
  expect(compared!.rows.length).toBeGreaterThan(10);

  const total = async (filter: string) => (await get(`${origin}/v1/credentials?size=0&filter=${filter}`)).meta.total;
  expect(await total('collection:illustrative')).toBeGreaterThanOrEqual(300);
  expect(await total('collection:!illustrative|none')).toBeGreaterThanOrEqual(5000);
  child.kill('SIGTERM');
  expect((await finished).code).toBe(0);
}, 240_000);

test('the market shows as many issues by code as a second count over its documents', async () => {
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const clock = { now: () => Date.now(), sleep: async () => undefined };
  const store = openStore({ path: join(dataDir, 'credatlas.sqlite'), clock, log });
  const [shown, counted] = await bothCounts(store);
  store.close();
  expect(shown).toEqual(counted);
});

test('a start after that is quick and crawls only what changed', async () => {
  const server = start();
  await server.writes(/ready: /);
  server.process.kill('SIGTERM');
  const { code, out, error } = await server.finished;
  expect(code).toBe(0);
  expect(error).toMatch(/"mode":"incremental".*"seen":0/);
  expect(Number(/in ([\d.]+) s/.exec(out)?.[1])).toBeLessThan(15);
}, 60_000);
