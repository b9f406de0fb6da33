import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credatlas, startCredatlas } from './startCredatlas.ts';
import { course, credential, ctidOf, market } from './startMarket.ts';
import { startRegistry, type TestRegistry } from './startRegistry.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-kill-'));
const size = 400;
/** Parts of the time that an undisturbed crawl takes, so that kills land in every stage on machines of any speed. */
const moments = [0.45, 0.65, 0.8, 0.95];

const calm = join(folder, 'calm');

let registry: TestRegistry;
let usualMs: number;
let undisturbed: string;
let afterChanges: string;

const questions = [
  'credentials?sort=name&size=200&facets=family,skill,provider:50,cost.bands(0|200|300)',
  'credentials?sort=-cost&size=200',
  'credentials?q=welding+certificate&mode=expanded&size=200',
  'credentials?filter=skill.teaches:"patient+care",cost:200..300&sort=cost&size=200',
  'organizations?size=200',
  'skills',
  `credentials/${ctidOf('credential', 7)}`,
  `credentials/${ctidOf('credential', 8)}`,
  `compare?ids=${ctidOf('credential', 10)},${ctidOf('credential', 15)}`,
];

/** Everything the API says about a store, without what may differ: times, runs and sequence numbers. */
async function answersOf(dataDir: string): Promise<string> {
  const stats = await credatlas(['stats', '--json'], { dataDir });
  const server = startCredatlas(['serve', '--port', '0'], { dataDir, env: { LOG_LEVEL: 'silent' } });
  const [, origin] = await server.writes(/ready: (http:\/\/[^/\s]+)\//);
  const answers = [`stats → ${JSON.stringify(JSON.parse(stats.out), withoutRun, 1)}`];
  for (const question of questions) {
    const response = await fetch(`${origin}/v1/${question}`);
    answers.push(`${question} → ${response.status} ${JSON.stringify(await response.json(), withoutRun, 1)}`);
  }
  server.process.kill('SIGTERM');
  expect((await server.finished).code).toBe(0);
  return answers.join('\n');
}

const differing = new Set(['snapshot', 'seq', 'run', 'next', 'fetchedAt', 'firstSeenAt', 'store', 'requestId']);

function withoutRun(name: string, value: unknown): unknown {
  return differing.has(name) ? undefined : value;
}

/** Crawls twice, killed each time after this part of the usual time, and then once to the end; answers how often it was killed. */
async function crawlKilled(dataDir: string, moment: number): Promise<number> {
  let kills = 0;
  for (const part of [moment, moment * 0.8]) {
    const running = startCredatlas(['crawl', registry.source], { dataDir });
    const timer = setTimeout(() => running.process.kill('SIGKILL'), part * usualMs);
    if ((await running.finished).code === null) kills++;
    clearTimeout(timer);
  }
  const last = await credatlas(['crawl', registry.source, '--json'], { dataDir });
  // How far it is may be told; nothing else.
  expect([last.code, last.error.replace(/^… .*\n/gm, '')]).toEqual([0, '']);
  const { seen, written, unchanged, refused } = JSON.parse(last.out);
  expect(seen).toBe(written + unchanged + refused);
  return kills;
}

function change(): void {
  for (let number = 0; number < size; number += 7) {
    registry.put(ctidOf('course', number), course(number, 'Cloud operations'));
    registry.put(ctidOf('credential', number + 1), credential(number + 1, { name: `Changed ${number}`, price: 5 }));
    registry.remove(ctidOf('credential', number + 2));
  }
}

beforeAll(async () => {
  registry = await startRegistry(market(size));
  const startedAt = Date.now();
  await credatlas(['crawl', registry.source], { dataDir: calm });
  usualMs = Date.now() - startedAt;
  undisturbed = await answersOf(calm);
});
afterAll(async () => {
  await registry.close();
  rmSync(folder, { recursive: true });
});

test('a first crawl killed at any moment ends in the answers of an undisturbed one', async () => {
  let kills = 0;
  for (const moment of moments) {
    const dataDir = join(folder, `first-${moment}`);
    kills += await crawlKilled(dataDir, moment);
    expect(await answersOf(dataDir)).toBe(undisturbed);
  }
  // How many of them hit depends on the machine; without any, nothing would be shown.
  expect(kills).toBeGreaterThan(0);
}, 180_000);

test('so does one that follows changes and deletions at the source', async () => {
  change();
  const copies = moments.map((moment) => ({ moment, dataDir: join(folder, `later-${moment}`) }));
  for (const { dataDir } of copies) cpSync(calm, dataDir, { recursive: true });
  const startedAt = Date.now();
  expect((await credatlas(['crawl', registry.source], { dataDir: calm })).code).toBe(0);
  usualMs = Date.now() - startedAt;
  afterChanges = await answersOf(calm);
  expect(afterChanges).not.toBe(undisturbed);
  for (const { moment, dataDir } of copies) {
    await crawlKilled(dataDir, moment);
    expect(await answersOf(dataDir)).toBe(afterChanges);
  }
}, 180_000);

test('a server that is killed comes back with the same answers', async () => {
  const dataDir = join(folder, 'served');
  const env = { LOG_LEVEL: 'silent' };
  const crawling = startCredatlas(['crawl', registry.source], { dataDir });
  for (const afterMs of [300, 900, 1500]) {
    const server = startCredatlas(['serve', '--port', '0'], { dataDir, env });
    await server.writes(/Listening on/);
    const timer = setTimeout(() => server.process.kill('SIGKILL'), afterMs);
    await server.finished;
    clearTimeout(timer);
  }
  expect((await crawling.finished).code).toBe(0);
  expect(await answersOf(dataDir)).toBe(afterChanges);
}, 120_000);

test('Ctrl-C ends a crawl with 130, says so, and the next one goes on', async () => {
  const dataDir = join(folder, 'interrupted');
  const running = startCredatlas(['crawl', registry.source, '--full'], { dataDir, env: { LOG_LEVEL: 'debug' } });
  await running.writes(/./);
  // From the terminal, and handed on by npm.
  for (let times = 0; times < 2; times++) running.process.kill('SIGINT');
  const { code, error } = await running.finished;
  expect([code, error]).toEqual([130, expect.stringContaining('Interrupted. Run the same command again to go on.')]);
  expect((await credatlas(['crawl', registry.source], { dataDir })).code).toBe(0);
  expect(await answersOf(dataDir)).toBe(afterChanges);
}, 60_000);
