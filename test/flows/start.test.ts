import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { credatlas, type Running, startCredatlas } from './startCredatlas.ts';
import { course, credential, ctidOf, market } from './startMarket.ts';
import { startRegistry, type TestRegistry } from './startRegistry.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-start-'));
const dataDir = join(folder, 'data');
const size = 40;

let registry: TestRegistry;
let server: Running | undefined;

const serve = async (words: string[] = []): Promise<string> => {
  server = startCredatlas(['serve', '--port', '0', ...words], { dataDir, env: { LOG_LEVEL: 'warn' } });
  const [, origin] = await server.writes(/Credatlas is ready: (http:\/\/[^/\s]+)\//);
  return origin!;
};
const stop = async () => {
  server?.process.kill('SIGTERM');
  const ended = await server?.finished;
  server = undefined;
  return ended;
};
/** What the tests look at in one or another answer. */
interface Body {
  meta: { total: number };
  results: { ctid: string }[];
  totalCosts: object[];
  tombstone: { name: string };
  paths: object;
}
const get = async (address: string) => (await (await fetch(address)).json()) as Body;
const crawl = async () => JSON.parse((await credatlas(['crawl', registry.source, '--json'], { dataDir })).out);

/** Every code that the query package refuses with. */
function queryCodes(): string[] {
  const sources = fileURLToPath(new URL('../../packages/query/src/', import.meta.url));
  const texts = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(sources, name), 'utf8'));
  return texts.flatMap((text) =>
    [...text.matchAll(/'((?:malformed|unknown|repeated|invalid|empty|cursor)_[a-z_]+)'/g)].map(([, code]) => code!),
  );
}

beforeAll(async () => {
  registry = await startRegistry(market(size));
});
afterEach(async () => {
  await stop();
});
afterAll(async () => {
  await registry.close();
  rmSync(folder, { recursive: true });
});

describe('a server', () => {
  test('starts empty, says where it is and its token once, and ends in order', async () => {
    const origin = await serve();
    expect((await get(`${origin}/v1/credentials`)).meta.total).toBe(0);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${origin}/`)).text()).toContain('0 credentials');
    const { code, out, error } = (await stop())!;
    expect(code).toBe(0);
    expect(error).toMatch(/Token for writing, shown this once: [\w-]{43}\n/);
    expect(out.match(/curl '/g)).toHaveLength(3);
    await serve();
    expect((await stop())!.error).not.toContain('Token');
  });

  test("shows what another process crawls, and follows the source's changes and deletions", async () => {
    const origin = await serve();
    const total = async (query: string) => (await get(`${origin}/v1/credentials?${query}`)).meta.total;
    expect(await crawl()).toMatchObject({ seen: 90, written: 90, refused: 0, credentials: 40 });
    await expect.poll(() => total('size=0'), { timeout: 10_000 }).toBe(40);
    expect(await total('filter=skill:welding')).toBe(8);

    registry.put(ctidOf('credential', 1), credential(1, { name: 'Renamed certificate', price: 999 }));
    registry.put(ctidOf('course', 2), course(2, 'Welding'));
    registry.remove(ctidOf('credential', 5));
    expect(await crawl()).toMatchObject({ seen: 2, written: 2, tombstoned: 1, credentials: 39 });
    await expect.poll(() => total('size=0'), { timeout: 10_000 }).toBe(39);
    expect((await get(`${origin}/v1/credentials/${ctidOf('credential', 1)}`)).totalCosts).toMatchObject([
      { amount: '999.00', currency: 'USD' },
    ]);
    // One welding credential was withdrawn, and another one's course has come to teach it.
    const { results } = await get(`${origin}/v1/credentials?filter=skill:welding&size=50&select=ctid`);
    const expected = [0, 2, 10, 15, 20, 25, 30, 35].map((number) => ctidOf('credential', number));
    expect(results.map(({ ctid }) => ctid).sort()).toEqual(expected);
    const gone = `${origin}/v1/credentials/${ctidOf('credential', 5)}`;
    expect([(await fetch(gone)).status, (await get(gone)).tombstone.name]).toEqual([410, 'Welding certificate 5']);
  });

  test('starts on what it has, without crawling', async () => {
    const before = registry.asked();
    const origin = await serve();
    expect(registry.asked()).toBe(before);
    expect((await get(`${origin}/v1/credentials?size=0`)).meta.total).toBe(39);
  });

  test('notices an index that belongs to another store', async () => {
    const other = join(folder, 'other-market');
    await credatlas(['crawl', registry.source], { dataDir: other });
    rmSync(join(dataDir, 'index'), { recursive: true });
    // Fewer changes behind it than this store has, and more credentials in it.
    registry.put(ctidOf('credential', 99), credential(99, { name: 'Only in the other', price: 1 }));
    await credatlas(['crawl', registry.source], { dataDir: other });
    cpSync(join(other, 'index'), join(dataDir, 'index'), { recursive: true });
    registry.remove(ctidOf('credential', 99));
    const origin = await serve();
    expect((await get(`${origin}/v1/credentials?size=0`)).meta.total).toBe(39);
    expect((await get(`${origin}/v1/credentials?q="only+in+the+other"`)).meta.total).toBe(0);
  });

  test('is the only one on its folder and on its port', async () => {
    const origin = await serve();
    const { port } = new URL(origin);
    const samePort = await credatlas(['serve', '--port', port], { dataDir: join(folder, 'other') });
    expect([samePort.code, samePort.error]).toEqual([3, expect.stringContaining(`127.0.0.1:${port} is in use`)]);
    const rebuild = await credatlas(['index', 'rebuild'], { dataDir });
    expect([rebuild.code, rebuild.error]).toEqual([
      3,
      expect.stringContaining(`process ${server!.process.pid} (serving on ${origin}`),
    ]);
  });

  test('answers the command line and HTTP with the same bytes', async () => {
    const origin = await serve();
    for (const [words, path] of [
      [
        ['search', 'welding', '--facets', 'family', '--sort', 'cost', '--size', '3'],
        '/v1/credentials?facets=family&sort=cost&size=3&q=welding',
      ],
      [['show', ctidOf('credential', 3)], `/v1/credentials/${ctidOf('credential', 3)}`],
      [['skills'], '/v1/skills'],
    ] as const) {
      const env = { PUBLIC_URL: origin };
      const { out } = await credatlas([...words, '--json'], { dataDir, env });
      expect(out).toBe(await (await fetch(`${origin}${path}`)).text());
    }
  });

  test('serves pages that work by their address alone', async () => {
    const origin = await serve();
    const page = async (path: string) => (await fetch(`${origin}${path}`)).text();
    const found = await page('/?q=welding&family=certificate&cost=110&sort=cost');
    expect(found).toContain('3 credentials');
    expect(found).toContain('Welding certificate 0');
    expect(found).toMatch(/aria-label="Remove filter Certificate"/);
    expect(found).not.toMatch(/(src|href|action)="https?:/);
    expect(await page('/?filter=famly:badge')).toContain('Did you mean <strong>family</strong>?');
    expect(await page('/?q=%3Cscript%3Ealert(1)%3C/script%3E')).not.toContain('<script>alert');
    const both = await page(`/compare?id=${ctidOf('credential', 0)}&id=${ctidOf('credential', 10)}`);
    expect(both).toContain('Welding certificate 10');
    expect(both).toContain('USD 110.00');
    for (const file of ['style.css', 'search.mjs']) expect((await fetch(`${origin}/pages/${file}`)).status).toBe(200);
  });

  test('describes itself, and its examples work', async () => {
    const origin = await serve();
    const document = await get(`${origin}/openapi.json`);
    expect(Object.keys(document.paths)).toContain('/v1/credentials/{id}');
    const text = await (await fetch(`${origin}/llms.txt`)).text();
    const examples = [...text.matchAll(/Example: (\S+)/g)].map(([, address]) => address!);
    expect(examples.length).toBeGreaterThan(1);
    for (const address of examples) expect([address, (await fetch(address)).status]).toEqual([address, 200]);
    const page = await (await fetch(`${origin}/docs/problems`)).text();
    for (const code of queryCodes()) expect(page).toContain(`id="${code}"`);
  });
});
