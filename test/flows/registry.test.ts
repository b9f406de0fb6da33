import { crawlSource, sourceOf } from '@credatlas/crawl';
import { UndiciFetcher } from '@credatlas/fetch-undici';
import { createApp, invokeRoute } from '@credatlas/http-express';
import { followChanges } from '@credatlas/index';
import type { RunSummary } from '@credatlas/model';
import { normalizeChanges } from '@credatlas/normalize';
import { MemoryEnvelopes, registryRoutes } from '@credatlas/publish';
import { queryRoutes } from '@credatlas/query';
import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { openStore } from '@credatlas/store-sqlite';
import { afterEach, expect, test } from 'vitest';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

let now = Date.parse('2026-02-01T00:00:00Z');
function pass(ms: number): number {
  now += ms;
  return now;
}
const clock = {
  now: () => now,
  sleep: async (ms: number) => {
    pass(ms);
  },
};
const log = { debug() {}, info() {}, warn() {}, error() {} };
const progress = { report() {} };

const ctid = (n: number): string => `ce-0b7b7c2e-5a11-4f0a-9a51-${String(n).padStart(12, '0')}`;
const iri = (n: number): string => `https://credentialengineregistry.org/resources/${ctid(n)}`;
const published = (n: number, type: string, properties: Record<string, unknown>) => ({
  ctid: ctid(n),
  type,
  graph: {
    '@context': 'https://credreg.net/ctdl/schema/context/json',
    '@id': iri(n).replace('resources', 'graph'),
    '@graph': [{ '@id': iri(n), '@type': type, 'ceterms:ctid': ctid(n), ...properties }],
  },
});
const skill = (label: string) => [
  { '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNodeName': { en: label } },
];
const course = (label: string) =>
  published(2, 'ceterms:Course', { 'ceterms:name': { en: 'Course' }, 'ceterms:teaches': skill(label) });
const badge = (n: number, name: string) =>
  published(n, 'ceterms:OpenBadge', {
    'ceterms:name': { en: name },
    'ceterms:ownedBy': [iri(3)],
    'ceterms:requires': [{ '@type': 'ceterms:ConditionProfile', 'ceterms:targetLearningOpportunity': [iri(2)] }],
  });

/** A registry over real sockets, and everything behind it in memory. */
async function market() {
  const pageHooks = new Map<number, () => void>();
  class WatchedEnvelopes extends MemoryEnvelopes {
    override page(offset: number, limit: number) {
      const number = offset / limit + 1;
      pageHooks.get(number)?.();
      pageHooks.delete(number);
      return super.page(offset, limit);
    }
  }
  const envelopes = new WatchedEnvelopes({ community: 'ce-registry' });
  const app = createApp({
    routes: registryRoutes({ envelopes, community: 'ce-registry' }),
    log,
    clock,
    title: 'r',
    version: '0',
    publicUrl: 'http://localhost',
  });
  const server = await app.listen({ host: '127.0.0.1', port: 0 });
  const store = openStore({ path: ':memory:', clock, log });
  const requests: { path: string; status: number }[] = [];
  const engine = EmbeddedSearchEngine.open({ writable: false, searchThreads: 0, clock, log });
  const fetcher = new UndiciFetcher({
    userAgent: 'Test/1 (+mailto:test@example.org)',
    clock,
    log,
    allowedOrigins: [server.origin],
  });
  const watched = {
    fetch: async (request: Parameters<UndiciFetcher['fetch']>[0]) => {
      const answer = await fetcher.fetch(request);
      requests.push({ path: new URL(answer.url).pathname, status: answer.status });
      return answer;
    },
    close: () => fetcher.close(),
  };
  closing.push(
    () => server.close(),
    () => store.close(),
    () => fetcher.close(),
  );
  const routes = queryRoutes({
    ...store,
    settle: async () => undefined,
    engineOver: async () => engine,
    engine,
    vocabulary: engine,
    clock,
    publicUrl: 'http://localhost',
    staleAfterMonths: 18,
  });
  const source = sourceOf(`${server.origin}/ce-registry`, { cwd: '/', id: 'registry' });
  return {
    envelopes,
    requests,
    crawl: async (full = false): Promise<RunSummary> => {
      pass(60_000);
      const summary = await crawlSource({ ...store, source, fetcher: watched, clock, log, progress }, { full });
      await normalizeChanges({ ...store, clock, log, progress });
      await followChanges({ ...store, engine, log, progress });
      return summary;
    },
    ask: async (path: string, query: Record<string, string> = {}) => {
      const answer = await invokeRoute(routes, { path, query }, { log, clock, publicUrl: 'http://localhost' });
      return JSON.parse(String(answer.body)) as { meta: { total: number }; status?: number };
    },
    publish: (graph: ReturnType<typeof published>) => envelopes.put(graph, new Date(pass(1_000)).toISOString()),
    /** Something that happens at the registry just before it lists that page. */
    onPage: (number: number, happens: () => void) => void pageHooks.set(number, happens),
    withdraw: (n: number) => envelopes.remove(ctid(n), new Date(pass(1_000)).toISOString()),
  };
}

async function published3() {
  const given = await market();
  given.publish(published(3, 'ceterms:CredentialOrganization', { 'ceterms:name': { en: 'Example College' } }));
  given.publish(course('Welding'));
  for (let n = 10; n < 260; n++) given.publish(badge(n, `Badge ${n}`));
  return given;
}

test('a registry is crawled whole over several pages, and its courses’ skills are found', async () => {
  const { crawl, ask } = await published3();
  expect(await crawl()).toMatchObject({
    mode: 'full',
    seen: 252,
    written: 252,
    unchanged: 0,
    refused: 0,
    tombstoned: 0,
  });
  expect((await ask('/v1/credentials', { q: 'welding', size: '1' })).meta.total).toBe(250);
  expect((await ask('/v1/credentials', { filter: 'provider:"Example College"', size: '1' })).meta.total).toBe(250);
});

test('a course that changes changes the credentials that join to it, and only the change is crawled', async () => {
  const { crawl, ask, publish } = await published3();
  await crawl();
  publish(course('Soldering'));
  expect(await crawl()).toMatchObject({ mode: 'incremental', written: 1 });
  expect((await ask('/v1/credentials', { q: 'welding' })).meta.total).toBe(0);
  expect((await ask('/v1/credentials', { filter: 'skill.teaches:soldering', size: '1' })).meta.total).toBe(250);
});

test('a record deleted at the source leaves the answers, and is 410 by its CTID', async () => {
  const { crawl, ask, withdraw } = await published3();
  await crawl();
  withdraw(10);
  expect(await crawl()).toMatchObject({ mode: 'incremental', tombstoned: 1 });
  expect((await ask('/v1/credentials', { size: '0' })).meta.total).toBe(249);
  expect((await ask(`/v1/credentials/${ctid(10)}`)).status).toBe(410);
  expect(await ask(`/v1/credentials/${ctid(11)}`)).toMatchObject({ id: `registry:${ctid(11)}` });
});

test('a course that disappears takes its skills along', async () => {
  const { crawl, ask, withdraw } = await published3();
  await crawl();
  withdraw(2);
  await crawl();
  expect((await ask('/v1/credentials', { filter: 'skill:*', size: '0' })).meta.total).toBe(0);
  expect((await ask('/v1/credentials', { size: '0' })).meta.total).toBe(250);
});

test('a full run removes what the registry no longer lists, and finds the rest unchanged', async () => {
  const { crawl, withdraw } = await published3();
  await crawl();
  withdraw(10);
  withdraw(11);
  expect(await crawl(true)).toMatchObject({ mode: 'full', written: 0, unchanged: 250, tombstoned: 2 });
});

test('nothing new is quick and changes nothing', async () => {
  const { crawl } = await published3();
  pass(3_600_000);
  await crawl();
  expect(await crawl()).toMatchObject({ mode: 'incremental', seen: 0, written: 0, tombstoned: 0 });
});

test('a record that slips between two pages because another was deleted is asked for, not taken for gone', async () => {
  const { crawl, ask, withdraw, onPage } = await published3();
  await crawl();
  onPage(2, () => withdraw(259));
  expect(await crawl(true)).toMatchObject({ unchanged: 252, tombstoned: 0 });
  // The deleted one had been read already: the events say so to the next run.
  expect(await crawl()).toMatchObject({ tombstoned: 1 });
  expect((await ask('/v1/credentials', { size: '0' })).meta.total).toBe(249);
});

test('a record that an event names but that is unchanged is asked for conditionally', async () => {
  const { crawl, publish, requests } = await published3();
  await crawl();
  publish(course('Soldering'));
  expect(await crawl()).toMatchObject({ written: 1 });
  requests.length = 0;
  // Its event is young enough to be read again.
  expect(await crawl()).toMatchObject({ written: 0 });
  expect(requests.filter(({ path, status }) => path.endsWith(`/envelopes/${ctid(2)}`) && status === 304)).toHaveLength(
    1,
  );
});
