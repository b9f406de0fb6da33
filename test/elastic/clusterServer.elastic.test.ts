import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findDistribution, type RunningElasticsearch, startElasticsearch } from '@credatlas/elasticsearch-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { credatlas, type Running, startCredatlas } from '../flows/startCredatlas.ts';
import { market } from '../flows/startMarket.ts';
import { startRegistry, type TestRegistry } from '../flows/startRegistry.ts';
import { masterWithPrimary } from './masterWithPrimary.ts';
import { canStartElastic } from './openElastic.ts';

/** After this a client has gone (issue 5). */
const deadlineMs = 60_000;
const size = 1_200;
const token = 'only-for-this-test-0123456789abcdef';

const questions = [
  'credentials?q=welding+certificate&facets=family,skill,provider:50,cost.bands(0|200|300)',
  'credentials?q=data+analisys&mode=expanded&size=50',
  'credentials?sort=-cost&size=200',
  'credentials?filter=skill.teaches:"patient+care",cost:200..900&sort=cost',
  'coverage?skills=welding|patient+care&min=1',
  'market?by=family,provider&metrics=count,median:cost',
  'suggest?q=we',
];

/** The whole server, asked over HTTP, on a cluster whose nodes die. */
describe.skipIf(!canStartElastic)('a server over a cluster of three with a replica', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-cluster-'));
  const dataDir = join(folder, 'data');
  let cluster: RunningElasticsearch;
  let registry: TestRegistry;
  let server: Running;
  let origin: string;

  beforeAll(async () => {
    const distribution = findDistribution();
    if ('missing' in distribution) return;
    cluster = await startElasticsearch({ distribution, nodes: 3 });
    registry = await startRegistry(market(size));
    const env = {
      SEARCH_ENGINE: 'elasticsearch',
      ELASTICSEARCH_URL: cluster.nodes.map(({ url }) => url).join(','),
      ADMIN_TOKEN: token,
    };
    server = startCredatlas(['serve', '--port', '0'], { dataDir, env });
    origin = (await server.writes(/ready: (http:\/\/[^/\s]+)\//))[1]!;
  }, 400_000);
  afterAll(async () => {
    server?.process.kill('SIGTERM');
    await server?.finished;
    await registry?.close();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const total = async (): Promise<number> => (await bodyOf(`${origin}/v1/credentials?size=0`)).meta.total;
  /** Changes of the store that the server has not seen yet. */
  const lag = async (): Promise<number> =>
    Number(/^credatlas_index_lag (\d+)$/m.exec(await (await fetch(`${origin}/metrics`)).text())?.[1] ?? Number.NaN);
  const victim = async () => {
    const aliases = (await (await fetch(`${cluster.nodes[0]!.url}/_alias/credatlas`)).json()) as object;
    return masterWithPrimary(cluster.nodes, Object.keys(aliases)[0]!);
  };

  test('its master with the primary is killed during a load and during queries: late answers or 503 with Retry-After, and nothing is lost', async () => {
    const first = await victim();
    const crawling = credatlas(['crawl', registry.source, '--json'], { dataDir });
    const asked = new Asked(origin);
    // What the server says it has put on the list, while nodes die.
    const kept: string[] = [];
    const isLoading = { is: true };
    const writing = (async () => {
      for (let number = 0; isLoading.is; number++) {
        const body = JSON.stringify({ title: 'Kept while nodes die', entries: [{ name: `College ${number}` }] });
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const put = await fetch(`${origin}/v1/shortlists/list-${number}`, { method: 'PUT', headers, body });
        asked.note({ response: put, question: 'PUT shortlist', tookMs: 0 });
        if (put.ok) kept.push(`list-${number}`);
        await sleep(200);
      }
    })();
    await asked.until(async () => (await total()) > 0);
    await first.end('SIGKILL');
    const killedAt = performance.now();
    const { code, out } = await crawling;
    expect(code).toBe(0);
    // Everything that the crawl says it has written is found by the server.
    expect(JSON.parse(out)).toMatchObject({ credentials: size, refused: 0 });
    await asked.until(async () => (await total()) === size);
    isLoading.is = false;
    await writing;
    // The last lists, too, are changes: from here on answers tell one snapshot.
    await asked.until(async () => (await lag()) === 0);
    const loadedMs = performance.now() - killedAt;
    const before = await answers(origin);

    first.start();
    await cluster.healthy();
    await (await victim()).end('SIGKILL');
    const slowest = asked.slowestMs;
    asked.slowestMs = 0;
    const until = performance.now() + 10_000;
    await asked.until(async () => performance.now() > until);
    // Reported, as the time a person would have waited.
    const [loading, reading] = [slowest, asked.slowestMs].map(Math.round);
    process.stderr.write(
      `a master with the primary died under a server: slowest answer ${loading} ms during a load (all of it found ${Math.round(loadedMs)} ms after), ${reading} ms during queries; ${asked.answered} answers, ${asked.refused} of them 503 with Retry-After\n`,
    );
    expect(asked.faults).toEqual([]);
    expect(Math.max(slowest, asked.slowestMs)).toBeLessThan(deadlineMs);
    expect(await answers(origin)).toEqual(before);
    expect(kept.length).toBeGreaterThan(0);
    for (const name of kept) expect((await fetch(`${origin}/v1/shortlists/${name}`)).status).toBe(200);
  }, 400_000);
});

/** What clients see: each question is asked again and again, all at once, like by as many people. */
class Asked {
  readonly #origin: string;
  readonly faults: string[] = [];
  slowestMs = 0;
  answered = 0;
  refused = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Asks until it is so; then lets every answer come. */
  async until(isSo: () => Promise<boolean>): Promise<void> {
    let isOver = false;
    const asking = questions.map(async (question) => {
      while (!isOver) {
        const began = performance.now();
        const response = await fetch(`${this.#origin}/v1/${question}`);
        this.note({ response, question, tookMs: performance.now() - began });
        await response.arrayBuffer();
      }
    });
    // A question that meets the death of a node may be refused, too.
    while (!(await isSo().catch(() => false))) await sleep(100);
    isOver = true;
    await Promise.all(asking);
  }

  note({ response, question, tookMs }: { response: Response; question: string; tookMs: number }): void {
    const { status, headers } = response;
    this.answered += 1;
    this.slowestMs = Math.max(this.slowestMs, tookMs);
    if (status === 503 && Number(headers.get('retry-after')) > 0) this.refused += 1;
    else if (status >= 300) this.faults.push(`${question}: ${status}, Retry-After ${headers.get('retry-after')}`);
  }
}

interface Body {
  meta: { total: number };
  results: { id: string }[];
}

async function bodyOf(address: string): Promise<Body> {
  return (await (await fetch(address)).json()) as Body;
}

/** To every question, without what belongs to the moment. */
async function answers(origin: string): Promise<string[]> {
  const texts: string[] = [];
  for (const question of questions) {
    const response = await fetch(`${origin}/v1/${question}`);
    expect([question, response.status]).toEqual([question, 200]);
    const body: unknown = await response.json();
    texts.push(JSON.stringify(body, (name, value) => (['next', 'requestId'].includes(name) ? undefined : value)));
  }
  return texts;
}
