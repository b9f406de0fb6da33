import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, invokeRoute } from '@credatlas/http-express';
import { type Export, ExportDesk, exportRoutes, openExport } from '@credatlas/query';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answerOf,
  ctid,
  documents,
  en,
  graph,
  iri,
  openQueryMarket,
  price,
  publicUrl,
  type QueryMarket,
} from './queryMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-exports-'));
const exportFolder = join(folder, 'exports');
const log = { debug() {}, info() {}, warn() {}, error() {} };
const settings = { folder: exportFolder, keepDays: 7, maxBytes: 1_000_000_000, log };
const dayMs = 86_400_000;
let market: QueryMarket;
let desk: ExportDesk;

beforeAll(async () => {
  market = await openQueryMarket(join(folder, 'one'), documents);
  desk = await ExportDesk.open(market.dependencies, settings);
  desk.start();
}, 60_000);
afterAll(async () => {
  await desk.close();
  await market.close();
  rmSync(folder, { recursive: true, force: true });
});

const given = () => ({ log, clock: market.dependencies.clock, publicUrl });
const send = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, mayWrite = true) =>
  answerOf(
    await invokeRoute(exportRoutes(desk), { method, path, ...(body ? { body } : {}) }, { ...given(), mayWrite }),
  );

async function made(order: object): Promise<Export> {
  const { body } = await send('POST', '/v1/exports', order);
  await desk.settled();
  return (await send('GET', `/v1/exports/${body.id}`)).body;
}
const fileOf = async ({ id }: Export) => (await send('GET', `/v1/exports/${id}/file`)).bytes;
const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Every result of a search, page by page. */
async function searched(query: Record<string, string>): Promise<Record<string, unknown>[]> {
  const results = [];
  let after: string | null = null;
  do {
    const { body } = await market.get('/v1/credentials', {
      ...query,
      size: '3',
      sort: 'name',
      ...(after ? { after } : {}),
    });
    results.push(...body.results);
    after = body.next;
  } while (after);
  return results.map(({ match: _match, ...rest }) => rest).sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe('an export', () => {
  test('is ordered with a token, made in the background, and says what it holds', async () => {
    const order = { format: 'ndjson', filter: 'family:certificate', select: 'name,cost' };
    expect((await send('POST', '/v1/exports', order, false)).status).toBe(401);
    const ordered = await send('POST', '/v1/exports', order);
    expect(ordered.status).toBe(202);
    expect(ordered.body).toMatchObject({ state: 'queued', rows: 0, file: null, sha256: null });
    expect(ordered.headers.location).toBe(`${publicUrl}/v1/exports/${ordered.body.id}`);
    await desk.settled();
    const done: Export = (await send('GET', `/v1/exports/${ordered.body.id}`, undefined, false)).body;
    const bytes = await fileOf(done);
    expect(lines(bytes.toString()).map(({ name, cost }) => [name, cost?.amount])).toEqual([
      ['Data Analysis Certificate', '1500.00'],
      ['Café Management, the Basics', undefined],
      ['Nursing Assistant Certificate', '500.00'],
      ['Nurses at Night', undefined],
    ]);
    expect(done).toMatchObject({
      state: 'done',
      total: 4,
      rows: 4,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      on: '2026-06-01',
      snapshot: (await market.get('/v1/credentials', { size: '0' })).body.meta.snapshot,
      query: { parameters: { filter: 'family:certificate', select: 'name,cost', mode: 'strict', on: '2026-06-01' } },
      file: `${publicUrl}/v1/exports/${ordered.body.id}/file`,
      expiresAt: '2026-06-08T00:00:00.000Z',
      failure: null,
    });
    expect(done.sources).toEqual([expect.objectContaining({ kind: 'files', records: documents.length })]);
    expect(done.citation).toContain(
      `4 credentials by filter=family:certificate, select=name,cost (strict, USD, unit credential), judged on 2026-06-01, snapshot ${done.snapshot}.`,
    );
    expect(done.citation).toContain(done.sha256);
    const again = await market.get(new URL(done.again).pathname, Object.fromEntries(new URL(done.again).searchParams));
    expect(again.bytes).toEqual(bytes);
  });

  test('is refused when its question cannot be read', async () => {
    expect(await send('POST', '/v1/exports', { format: 'csv', filter: 'famly:badge' })).toMatchObject({
      status: 400,
      body: { code: 'unknown_filter_field', errors: [{ suggestion: 'family' }] },
    });
    expect((await send('POST', '/v1/exports', { format: 'xlsx' })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/format' }],
    });
    expect((await send('POST', '/v1/exports', { format: 'csv', sort: 'name' })).status).toBe(422);
    expect((await send('POST', '/v1/exports', { format: 'csv', q: 'data', select: 'match' })).body).toMatchObject({
      code: 'unknown_field',
    });
    expect((await send('GET', '/v1/exports/no-such')).body).toMatchObject({ status: 404, code: 'unknown_export' });
  });

  test('has a dictionary with a line for each column of its file, as a table too', async () => {
    const done = await made({ format: 'csv' });
    const [head] = parse((await fileOf(done)).toString()) as string[][];
    const dictionary = (await send('GET', `/v1/exports/${done.id}/dictionary.csv`)).text;
    const rows = parse(dictionary, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ name }) => name)).toEqual(head);
    expect(rows).toContainEqual({
      name: 'credit.semesterHours',
      kind: 'number',
      isList: 'false',
      description: 'Semester hours; quarter hours × 2/3.',
    });
    expect(rows).toContainEqual(expect.objectContaining({ name: 'cost.amount', kind: 'decimal' }));
  });

  test('can be listed, and deleted with a token; then its file is 410', async () => {
    const done = await made({ format: 'csv' });
    expect((await send('GET', '/v1/exports')).body.results[0]).toMatchObject({ id: done.id, state: 'done' });
    expect((await send('DELETE', `/v1/exports/${done.id}`, undefined, false)).status).toBe(401);
    expect((await send('DELETE', `/v1/exports/${done.id}`)).body).toMatchObject({ state: 'deleted', file: null });
    expect((await send('GET', `/v1/exports/${done.id}/file`)).body).toMatchObject({ status: 410, code: 'export_gone' });
    expect(readdirSync(exportFolder).filter((name) => name.startsWith(done.id))).toEqual([`${done.id}.json`]);
  });

  test('is kept for seven days, its description longer', async () => {
    const done = await made({ format: 'csv' });
    market.pass(7 * dayMs - 1);
    expect((await send('GET', `/v1/exports/${done.id}/file`)).status).toBe(200);
    market.pass(1);
    expect((await send('GET', `/v1/exports/${done.id}/file`)).body).toMatchObject({
      status: 410,
      tombstone: { state: 'expired' },
    });
    expect((await send('GET', `/v1/exports/${done.id}`)).body).toMatchObject({ state: 'expired', sha256: done.sha256 });
    market.pass(-7 * dayMs);
  });
});

describe('every form', () => {
  test.each([
    {},
    { q: 'data' },
    { q: 'data', mode: 'expanded' },
    { filter: 'cost:none' },
    { currency: 'EUR' },
    { context: 'occupation:15' },
    { on: '2024-06-01' },
    { on: '2026-06-01', select: 'tier,name' },
    { filter: 'level:8' },
  ])('of %j holds what the search answers', async (query) => {
    const wanted = await searched(query as Record<string, string>);
    const done = await made({ format: 'ndjson', ...query });
    expect(lines((await fileOf(done)).toString())).toEqual(wanted);
    expect([done.rows, done.total]).toEqual([wanted.length, wanted.length]);
    const csv = parse((await fileOf(await made({ format: 'csv', ...query }))).toString(), { columns: true }) as {
      id: string;
    }[];
    expect(csv.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    const jsonLd = JSON.parse((await fileOf(await made({ format: 'jsonld', ...query }))).toString());
    expect(jsonLd.map((node: { '@id': string }) => node['@id'].slice(-39))).toEqual(
      wanted.map(({ id }) => String(id).slice(-39)),
    );
  });

  test('clusters are told, and counted once on request', async () => {
    const own = await openQueryMarket(join(folder, 'twice', 'one'), documents);
    own.put(
      documents.find((each) => String(each['@id']).endsWith(ctid('credential', 3)))!,
      join(folder, 'twice', 'two'),
    );
    await own.update();
    const all = async (query: Record<string, string>) =>
      lines((await own.get('/v1/credentials', { size: 'all', format: 'ndjson', ...query })).text);
    const every = await all({});
    expect(every).toHaveLength(9);
    expect(every.filter(({ cluster }) => cluster).map(({ cluster }) => cluster.size)).toEqual([2, 2]);
    expect(await all({ unit: 'cluster' })).toHaveLength(8);
    await own.close();
  });

  test('blank nodes of N-Quads are those of one credential each', async () => {
    const text = (await fileOf(await made({ format: 'nq' }))).toString();
    const conditions = text.split('\n').filter((line) => line.includes('/terms/requires>'));
    expect(conditions.length).toBeGreaterThan(3);
    expect(new Set(conditions.map((line) => line.split(' ')[2])).size).toBe(conditions.length);
  });

  test('Parquet opens in DuckDB, with numbers, money, times and lists as such, and null for what is missing', async () => {
    const done = await made({ format: 'parquet' });
    expect(done.failure).toBe(null);
    const path = join(folder, 'all.parquet');
    writeFileSync(path, await fileOf(done));
    const duck = await (await DuckDBInstance.create(':memory:')).connect();
    const ask = async (sql: string) => (await duck.runAndReadAll(sql.replace('FILE', `'${path}'`))).getRowsJson();
    const types = Object.fromEntries(
      (await ask('SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM FILE)')) as [string, string][],
    );
    expect(types).toMatchObject({
      id: 'VARCHAR',
      'cost.amount': 'DECIMAL(18,2)',
      durationDays: 'DOUBLE',
      'level.rank': 'BIGINT',
      'skills.label': 'VARCHAR[]',
      types: 'VARCHAR[]',
    });
    expect(types.updatedAt).toMatch(/^TIMESTAMP/);
    expect(Object.keys(types)).toEqual(done.columns.map(({ name }) => name));
    expect(
      await ask(
        'SELECT name, "cost.amount", "durationDays", "skills.label", len("skills.relation") FROM FILE WHERE name LIKE \'A%\' OR name LIKE \'Caf%\' ORDER BY name',
      ),
    ).toEqual([
      ['Analyst Badge', '0.00', 10, ['Data Analysis', 'Chess'], '2'],
      ['Café Management, the Basics', null, null, [], '0'],
    ]);
    expect(await ask('SELECT count(*), count("cost.amount"), sum("cost.amount") FROM FILE')).toEqual([
      ['8', '5', '43000.00'],
    ]);
    expect(await ask(`SELECT "updatedAt" = TIMESTAMPTZ '2026-06-01 00:00:00+00' FROM FILE LIMIT 1`)).toEqual([[true]]);
  });
});

test('any question: as many rows as the search counts, each credential once', async () => {
  const clauses = [
    'family:badge|degree',
    'cost:<1000',
    'cost:none',
    'region:NJ',
    '!delivery:OnlineOnly',
    'skill:*',
    'tier:!limited',
    'days:>=42',
    'provider:none',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        filter: fc.subarray(
          clauses.filter((clause) => !clause.startsWith('!')),
          { minLength: 1, maxLength: 3 },
        ),
        q: fc.constantFrom(undefined, 'data', 'certificate', 'nurses', 'chess'),
        mode: fc.constantFrom('strict', 'expanded'),
        on: fc.constantFrom(undefined, '2023-01-01', '2026-01-01'),
      }),
      async ({ filter, ...rest }) => {
        const query = Object.fromEntries(
          Object.entries({ ...rest, filter: filter.join(',') }).filter(
            (entry): entry is [string, string] => entry[1] !== undefined,
          ),
        );
        const { body } = await market.get('/v1/credentials', { ...query, size: '200' });
        const streamed = await market.get('/v1/credentials', { ...query, size: 'all', format: 'ndjson' });
        const ids = lines(streamed.text).map(({ id }) => id);
        expect(streamed.headers.total).toBe(String(body.meta.total));
        expect(ids).toEqual(body.results.map(({ id }: { id: string }) => id).sort());
      },
    ),
    { numRuns: 60 },
  );
});

describe('size=all', () => {
  test.each([
    [{ size: 'all' }, 'size'],
    [{ size: 'all', format: 'json' }, 'size'],
    [{ size: 'all', format: 'csv', sort: 'name' }, 'sort'],
    [{ size: 'all', format: 'csv', after: 'x' }, 'after'],
    [{ size: 'all', format: 'csv', facets: 'family' }, 'facets'],
    [{ size: 'every', format: 'csv' }, 'size'],
  ])('%j is refused', async (query, parameter) => {
    const { body } = await market.get('/v1/credentials', query as Record<string, string>);
    expect(body).toMatchObject({ status: 400, code: 'invalid_parameter', errors: [{ parameter }] });
  });
});

describe('over HTTP', () => {
  test('a download that broke off goes on where it was, and starts anew when the file is another', async () => {
    const done = await made({ format: 'csv' });
    const whole = await fileOf(done);
    const app = createApp({ routes: exportRoutes(desk), ...given(), title: 'Test', version: '1' });
    const server = await app.listen({ host: '127.0.0.1', port: 0 });
    const fetched = async (headers: Record<string, string>, method = 'GET') => {
      const response = await fetch(`${server.origin}/v1/exports/${done.id}/file`, { headers, method });
      return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
    };
    const head = await fetched({}, 'HEAD');
    expect(head.headers.get('content-length')).toBe(String(whole.length));
    expect(head.headers.get('repr-digest')).toBe(`sha-256=:${Buffer.from(done.sha256!, 'hex').toString('base64')}:`);
    const etag = head.headers.get('etag')!;
    const first = await fetched({ range: 'bytes=0-999' });
    const rest = await fetched({ range: 'bytes=1000-', 'if-range': etag });
    expect([first.status, rest.status]).toEqual([206, 206]);
    expect(Buffer.concat([first.bytes, rest.bytes])).toEqual(whole);
    const other = await fetched({ range: 'bytes=1000-', 'if-range': '"another"' });
    expect([other.status, other.bytes.length]).toEqual([200, whole.length]);
    expect((await fetched({ range: `bytes=${whole.length}-` })).status).toBe(416);
    expect((await fetched({ 'if-none-match': etag })).status).toBe(304);
    await server.close();
  });
});

describe('the desk', () => {
  /** A desk of its own over the same market. */
  const opened = (name: string, more: Partial<typeof settings> = {}) =>
    ExportDesk.open(market.dependencies, { ...settings, folder: join(folder, name), ...more });
  const order = { format: 'ndjson', mode: 'strict', currency: 'USD', unit: 'credential' } as const;

  test('begins again what the process before had not ended', async () => {
    const before = await opened('again');
    const { id } = await before.order(order);
    // As a kill leaves it: begun, and half a file.
    const path = join(folder, 'again', `${id}.json`);
    writeFileSync(
      path,
      JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), state: 'running', rows: 3, attempts: 1 }),
    );
    writeFileSync(join(folder, 'again', `${id}.ndjson.part`), '{"id":');
    const after = await opened('again');
    expect(await after.find(id)).toMatchObject({ state: 'queued', rows: 0 });
    after.start();
    await after.settled();
    expect(await after.find(id)).toMatchObject({ state: 'done', rows: 8, attempts: 2 });
    expect(readdirSync(join(folder, 'again')).sort()).toEqual([`${id}.json`, `${id}.ndjson`]);
    await after.close();
  });

  test('gives up what ended the process three times', async () => {
    const before = await opened('given-up');
    const { id } = await before.order(order);
    const path = join(folder, 'given-up', `${id}.json`);
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), state: 'running', attempts: 3 }));
    const after = await opened('given-up');
    expect(await after.find(id)).toMatchObject({ state: 'failed', failure: { code: 'export_interrupted' } });
  });

  test('can be stopped in the middle of one, and one that is being made can be cancelled', async () => {
    const slow = await opened('slow');
    const first = await slow.order(order);
    const second = await slow.order(order);
    slow.start();
    expect((await slow.cancel(second.id)).state).toBe('cancelled');
    await slow.close();
    expect(['queued', 'done']).toContain((await slow.find(first.id)).state);
    const next = await opened('slow');
    next.start();
    await next.settled();
    expect((await next.find(first.id)).state).toBe('done');
    expect((await next.find(second.id)).state).toBe('cancelled');
    await next.close();
  });

  test('takes no more than may wait, and writes no more than fits', async () => {
    const idle = await opened('full');
    for (let ordered = 0; ordered < 20; ordered++) await idle.order(order);
    await expect(idle.order(order)).rejects.toMatchObject({ code: 'too_many_exports', retryAfterMs: 60_000 });
    const small = await opened('small', { maxBytes: 1_000 });
    small.start();
    const { id } = await small.order(order);
    await small.settled();
    expect(await small.find(id)).toMatchObject({ state: 'failed', failure: { code: 'exports_too_large' }, file: null });
    expect(readdirSync(join(folder, 'small'))).toEqual([`${id}.json`]);
    await small.close();
  });
});

test('what is withdrawn or changed while it is written is never told as it was', async () => {
  const own = await openQueryMarket(join(folder, 'moving'), documents);
  const opened = await openExport(own.dependencies, { format: 'ndjson' });
  own.remove('credential', 5);
  own.put(
    graph('credential', 8, {
      '@type': 'ceterms:Certificate',
      'ceterms:name': en('Another'),
      'ceterms:estimatedCost': price(7),
      'ceterms:ownedBy': [iri('organization', 2)],
    }),
  );
  await own.update({ isIndexed: false });
  const path = join(folder, 'moving.ndjson');
  const about = await opened.writeTo(path, { signal: new AbortController().signal, counted: () => undefined });
  const names = lines(readFileSync(path, 'utf8')).map(({ name }) => name);
  expect([about.total, about.rows, names.length]).toEqual([8, 7, 7]);
  expect(names).toContain('Another');
  expect(JSON.parse(readFileSync(`${path}.about.json`, 'utf8'))).toEqual(about);
  await own.close();
});
