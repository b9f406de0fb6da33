import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Export } from '@credatlas/query';
import { afterAll, expect, test } from 'vitest';
import { credatlas, type Running, startCredatlas } from './startCredatlas.ts';
import { market } from './startMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-export-kill-'));
const dataDir = join(folder, 'kept');
const token = 'a token of twenty letters and more';
const env = { LOG_LEVEL: 'silent', ADMIN_TOKEN: token.replaceAll(' ', '-'), PUBLIC_URL: 'http://credatlas.example' };
const size = 150;
afterAll(() => rmSync(folder, { recursive: true }));

async function serve(): Promise<{ server: Running; origin: string }> {
  const server = startCredatlas(['serve', '--port', '0'], { dataDir, env });
  await server.writes(/The API: /);
  const [, origin] = await server.writes(/Listening on (http:\S+)/);
  return { server, origin: origin! };
}

test('a server killed while it makes exports ends them when it comes back, each as it would have been', async () => {
  mkdirSync(join(folder, 'documents'));
  for (const [ctid, graph] of Object.entries(market(size)))
    writeFileSync(join(folder, 'documents', `${ctid}.json`), JSON.stringify(graph));
  expect((await credatlas(['crawl', join(folder, 'documents')], { dataDir })).code).toBe(0);
  const first = await serve();
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}`, 'content-type': 'application/json' };
  const order = async (format: string): Promise<Export> => {
    const body = JSON.stringify({ format });
    const response = await fetch(`${first.origin}/v1/exports`, { method: 'POST', headers, body });
    expect(response.status).toBe(202);
    return response.json() as Promise<Export>;
  };
  // Linked data takes longest, so the kill falls into one of them.
  const ordered = [await order('nq'), await order('jsonld'), await order('ndjson')];
  first.server.process.kill('SIGKILL');
  await first.server.finished;
  const second = await serve();
  for (const { id, format } of ordered) {
    const about = async () => (await (await fetch(`${second.origin}/v1/exports/${id}`)).json()) as Export;
    let told = await about();
    while (told.state === 'queued' || told.state === 'running') {
      await wait(100);
      told = await about();
    }
    expect(told).toMatchObject({ state: 'done', rows: size, total: size, failure: null });
    const bytes = Buffer.from(await (await fetch(`${second.origin}/v1/exports/${id}/file`)).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(told.sha256);
    const streamed = await fetch(`${second.origin}/v1/credentials.${format}?size=all`);
    expect(Buffer.from(await streamed.arrayBuffer()).equals(bytes)).toBe(true);
  }
  second.server.process.kill('SIGTERM');
  expect((await second.server.finished).code).toBe(0);
}, 180_000);
