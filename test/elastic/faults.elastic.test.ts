import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDistribution, type RunningElasticsearch, startElasticsearch } from '@credatlas/elasticsearch-node';
import type { SearchDocument, SearchQuery } from '@credatlas/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generatedMarket } from '../contracts/generatedMarket.ts';
import { ReferenceSearch } from '../contracts/ReferenceSearch.ts';
import { startCredatlas } from '../flows/startCredatlas.ts';
import { canStartElastic, openElastic } from './openElastic.ts';

const everything: SearchQuery = {
  filter: [],
  facets: [
    { name: 'family', kind: 'values', tag: 'family', field: 'family', size: 20 },
    { name: 'skill', kind: 'values', tag: 'skill', field: 'skill', size: 20 },
  ],
  sort: [{ by: 'cost.USD', descending: true }],
  size: 5_000,
};
const user = { name: 'tester', password: 'only-for-this-test' };
const batchSize = 100;

/** A node with passwords, and with room for one waiting write, that the tests kill, starve and block. */
describe.skipIf(!canStartElastic)('what may befall a node', () => {
  let server: RunningElasticsearch;
  const warnings: Record<string, unknown>[] = [];
  const warned = (type: string): boolean => warnings.some((fields) => fields.type === type);
  const log = {
    debug() {},
    info() {},
    error() {},
    warn: (_message: string, fields?: Record<string, unknown>) => void warnings.push(fields ?? {}),
  };

  beforeAll(async () => {
    const distribution = findDistribution();
    if ('missing' in distribution) return;
    const settings = { 'thread_pool.write.size': 1, 'thread_pool.write.queue_size': 1 };
    server = await startElasticsearch({ distribution, settings, user });
  }, 200_000);
  afterAll(() => server?.stop());

  const open = (index: string, patienceMs = 60_000) =>
    openElastic({ connection: { nodes: [server.nodes[0]!.url], user }, index, log, patienceMs });
  const kill = async (): Promise<void> => {
    await server.nodes[0]!.end('SIGKILL');
    server.nodes[0]!.start();
  };
  const ask = (path: string, init: RequestInit = {}): Promise<Response> => {
    const authorization = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
    const headers = { authorization, 'content-type': 'application/json' };
    return fetch(`${server.nodes[0]!.url}/${path}`, { ...init, headers });
  };

  test('a node killed in the middle of a load: it goes on from where it was, with equal answers', async () => {
    const market = generatedMarket(21, 2_000);
    const engine = open('load');
    for (let start = 0; start < market.length; start += batchSize) {
      const loading = engine.apply(upserts(market.slice(start, start + batchSize)), start + batchSize);
      if (start === 900) {
        await Promise.all([loading, kill()]);
        await server.healthy();
        // Everything acknowledged is there.
        expect(await engine.info()).toMatchObject({ documents: start + batchSize, seq: start + batchSize });
      } else await loading;
    }
    await expectAnswersOf(market, engine);
    await engine.close();
  }, 300_000);

  test('a process that gave up takes up the sequence it had followed to', async () => {
    const market = generatedMarket(22, 300);
    const first = open('takeover', 500);
    await first.apply(upserts(market.slice(0, 100)), 100);
    await server.nodes[0]!.end('SIGKILL');
    await expect(first.apply(upserts(market.slice(100)), 300)).rejects.toMatchObject({ code: 'search_engine_away' });
    server.nodes[0]!.start();
    await server.healthy();
    const second = open('takeover');
    const { seq } = await second.info();
    expect(seq).toBe(100);
    await second.apply(upserts(market.slice(seq)), 300);
    await expectAnswersOf(market, second);
    await Promise.all([first.close(), second.close()]);
  }, 300_000);

  test.each(['while it is filled', 'at the swap'])(
    'a node killed in a rebuild, %s: the old or the new generation, whole',
    async (moment) => {
      const [before, after] = [generatedMarket(23, 400), generatedMarket(24, 600)];
      const isEarly = moment === 'while it is filled';
      const index = `swap-${isEarly ? 'early' : 'late'}`;
      const engine = open(index);
      await engine.apply(upserts(before), 400);
      const rebuilding = engine.rebuild(streamed(after, isEarly ? () => void kill() : undefined), {
        seq: 1_000,
        expected: async () => {
          if (!isEarly) void kill();
          return after.length;
        },
      });
      const isSwapped = await rebuilding.then(
        () => true,
        () => false,
      );
      await server.healthy();
      await expectAnswersOf(isSwapped ? after : before, engine);
      await engine.rebuild(streamed(after), { seq: 1_001, expected: async () => after.length });
      await expectAnswersOf(after, engine);
      const names = Object.keys((await (await ask(`${index}-*`)).json()) as object);
      expect(names).toEqual([(await engine.info()).generation]);
      await engine.close();
    },
    300_000,
  );

  test('a storm of refusals (429) is told and waited out', async () => {
    warnings.length = 0;
    const market = generatedMarket(25, 1_600);
    const engine = open('storm');
    await engine.info();
    // Many writers at once fill the only place in the queue.
    const writers = Array.from({ length: 16 }, () => open('storm'));
    await Promise.all(
      writers.map((writer, turn) => writer.apply(upserts(market.slice(turn * 100, turn * 100 + 100)), 1_600)),
    );
    expect(warned('es_rejected_execution_exception')).toBe(true);
    // A writer shows what was written before it answers; others see it within a second.
    await expectAnswersOf(market, writers[0]!);
    await Promise.all([engine, ...writers].map((each) => each.close()));
  }, 300_000);

  test('an index that is read-only is told, waited for, and named when it lasts', async () => {
    warnings.length = 0;
    const market = generatedMarket(26, 100);
    const [patient, hasty] = [open('blocked'), open('blocked', 300)];
    const { generation } = await patient.info();
    const block = (value: true | null): Promise<Response> =>
      ask(`${generation}/_settings`, {
        method: 'PUT',
        body: JSON.stringify({ 'index.blocks.read_only_allow_delete': value }),
      });
    await block(true);
    await expect(hasty.apply(upserts(market), 100)).rejects.toMatchObject({ code: 'search_engine_blocked' });
    const writing = patient.apply(upserts(market), 100);
    await block(null);
    await writing;
    expect(warned('cluster_block_exception')).toBe(true);
    await expectAnswersOf(market, patient);
    await Promise.all([patient.close(), hasty.close()]);
  }, 100_000);

  test.each([
    ['the right one', user.password, 200],
    ['a wrong one', 'wrong', 503],
  ])('the server takes its password from the configuration: %s', async (_which, password, status) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'credatlas-password-'));
    const env = {
      SEARCH_ENGINE: 'elasticsearch',
      ELASTICSEARCH_URL: server.nodes[0]!.url,
      ELASTICSEARCH_USERNAME: user.name,
      ELASTICSEARCH_PASSWORD: password,
      ELASTICSEARCH_INDEX: 'password',
    };
    const running = startCredatlas(['serve', '--port', '0'], { dataDir, env });
    const [, origin] = await running.writes(/Listening on (\S+)/);
    await running.writes(/ready: |ELASTICSEARCH_USERNAME and _PASSWORD/);
    const response = await fetch(`${origin}/v1/credentials`);
    const { code } = (await response.json()) as { code?: string };
    expect([response.status, code]).toEqual([status, status === 200 ? undefined : 'search_engine_refused']);
    running.process.kill('SIGTERM');
    await running.finished;
    rmSync(dataDir, { recursive: true });
  });

  test('a wrong password is named', async () => {
    const connection = { nodes: [server.nodes[0]!.url], user: { ...user, password: 'wrong' } };
    const engine = openElastic({ connection });
    await expect(engine.info()).rejects.toMatchObject({ code: 'search_engine_refused' });
    await engine.close();
  });
});

function upserts(documents: SearchDocument[]) {
  return documents.map((document) => ({ op: 'upsert' as const, document }));
}

/** All of them; `halfway` is called once on the way. */
async function* streamed(documents: SearchDocument[], halfway?: () => void): AsyncIterable<SearchDocument> {
  for (const [position, document] of documents.entries()) {
    if (position === documents.length / 2) halfway?.();
    yield document;
  }
}

async function expectAnswersOf(market: SearchDocument[], engine: ReturnType<typeof openElastic>): Promise<void> {
  const reference = new ReferenceSearch();
  for (const document of market) reference.put(document);
  const expected = reference.search(everything);
  const answer = await engine.search(everything);
  expect(answer.hits.map(({ id }) => id)).toEqual(expected.ids);
  expect(answer.facets).toEqual(expected.facets);
}
