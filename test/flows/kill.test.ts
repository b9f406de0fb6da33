import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credatlas, startCredatlas } from './startCredatlas.ts';
import { course, credential, ctidOf, market } from './startMarket.ts';
import { startRegistry, type TestRegistry } from './startRegistry.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-kill-'));
const size = 400;
/** Kills over each of the two crawls; enough to land in every stage, few enough for a test. */
const rounds = 6;

let registry: TestRegistry;
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
  `credentials/${ctidOf('credential', 9)}`,
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

/** Crawls, killed again and again at moments drawn from the seed, until one crawl gets to its end. */
async function crawlKilled(dataDir: string, seed: number): Promise<number> {
  let kills = 0;
  for (let round = 0; round < rounds; round++) {
    const running = startCredatlas(['crawl', registry.source], { dataDir });
    // Spread over the time an undisturbed crawl takes, by the golden ratio so that no two moments are near.
    const afterMs = 250 + ((seed + round * 0.618) % 1) * 1400;
    const timer = setTimeout(() => running.process.kill('SIGKILL'), afterMs);
    const { code } = await running.finished;
    clearTimeout(timer);
    if (code === null) kills++;
  }
  const last = await credatlas(['crawl', registry.source, '--json'], { dataDir });
  expect([last.code, last.error]).toEqual([0, '']);
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
  const calm = join(folder, 'calm');
  await credatlas(['crawl', registry.source], { dataDir: calm });
  undisturbed = await answersOf(calm);
});
afterAll(async () => {
  await registry.close();
  rmSync(folder, { recursive: true });
});

test('a first crawl killed at any moment ends in the answers of an undisturbed one', async () => {
  const dataDir = join(folder, 'killed');
  expect(await crawlKilled(dataDir, 0.1)).toBeGreaterThan(2);
  expect(await answersOf(dataDir)).toBe(undisturbed);
}, 180_000);

test('so does one that follows changes and deletions at the source', async () => {
  const [calm, killed] = [join(folder, 'calm'), join(folder, 'killed')];
  change();
  cpSync(calm, join(folder, 'copy'), { recursive: true });
  expect((await credatlas(['crawl', registry.source], { dataDir: join(folder, 'copy') })).code).toBe(0);
  afterChanges = await answersOf(join(folder, 'copy'));
  expect(afterChanges).not.toBe(undisturbed);
  await crawlKilled(killed, 0.5);
  expect(await answersOf(killed)).toBe(afterChanges);
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
  running.process.kill('SIGINT');
  const { code, error } = await running.finished;
  expect([code, error]).toEqual([130, expect.stringContaining('Interrupted. Run the same command again to go on.')]);
  expect((await credatlas(['crawl', registry.source], { dataDir })).code).toBe(0);
  expect(await answersOf(dataDir)).toBe(afterChanges);
}, 60_000);
