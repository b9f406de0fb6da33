import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SourceRecord } from '@credatlas/model';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { openStore, restoreStore, type Store } from './index.ts';
import { migrations } from './migrations.ts';
import { allCredentialsPage } from './SqliteCredentialReader.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
const log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => Date.parse('2026-01-01T00:00:00Z'), sleep: async () => undefined };
const at = '2026-01-01T00:00:00.000Z';

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-store-'));
  folders.push(folder);
  return join(folder, 'store.sqlite');
}

async function opened(path = ':memory:'): Promise<{ store: Store; run: number }> {
  const store = openStore({ path, clock, log });
  await store.recordWriter.openSource({ id: 's', kind: 'files', uri: '/s', name: 's' });
  const { run } = await store.recordWriter.openRun('s', 'full', at);
  return { store, run };
}

const record = (run: number, key: string, content = 'v1'): SourceRecord => ({
  source: 's',
  key,
  uri: `/${key}`,
  mediaType: 'application/ld+json',
  text: `{"content":"${content}"}`,
  contentHash: content,
  run,
  fetchedAt: at,
});

describe('runs', () => {
  test('seen is written plus unchanged plus refused, and a key met twice counts once', async () => {
    const { store, run } = await opened();
    const refusal = { source: 's', key: 'c', uri: '/c', run, at, code: 'x', reason: 'why' };
    await store.recordWriter.write({ run, records: [record(run, 'a'), record(run, 'b')], refusals: [refusal] });
    const counts = await store.recordWriter.write({ run, records: [record(run, 'a')], refusals: [] });
    expect(counts).toEqual({ seen: 3, written: 2, unchanged: 0, refused: 1, tombstoned: 0 });
  });

  test('an interrupted run goes on with its number, counts and checkpoint; a finished one does not', async () => {
    const { store, run } = await opened();
    await store.recordWriter.write({ run, records: [record(run, 'a')], refusals: [], checkpoint: 'a' });
    expect(await store.recordWriter.openRun('s', 'full', at)).toEqual({
      run,
      counts: { seen: 1, written: 1, unchanged: 0, refused: 0, tombstoned: 0 },
      checkpoint: 'a',
    });
    await store.recordWriter.closeRun(run, 'finished', at);
    expect((await store.recordWriter.openRun('s', 'full', at)).run).not.toBe(run);
  });

  test('a changed record gets a version and keeps the earlier text; an unchanged one moves nothing', async () => {
    const { store, run } = await opened();
    await store.recordWriter.write({ run, records: [record(run, 'a')], refusals: [] });
    const before = await store.records.record('s', 'a');
    await store.recordWriter.write({ run, records: [record(run, 'a')], refusals: [] });
    expect(await store.records.record('s', 'a')).toEqual(before);
    await store.recordWriter.write({ run, records: [record(run, 'a', 'v2')], refusals: [] });
    expect(await store.records.record('s', 'a')).toMatchObject({ version: 2, text: '{"content":"v2"}', seq: 2 });
    expect(await store.records.versions('s', 'a')).toMatchObject([{ version: 1, text: '{"content":"v1"}' }]);
  });

  test('a refusal leaves the last good version in place', async () => {
    const { store, run } = await opened();
    await store.recordWriter.write({ run, records: [record(run, 'a')], refusals: [] });
    await store.recordWriter.write({
      run,
      records: [],
      refusals: [{ source: 's', key: 'a', uri: '/a', run, at, code: 'x', reason: 'why' }],
    });
    expect(await store.records.record('s', 'a')).toMatchObject({ version: 1 });
    expect(await Array.fromAsync(store.records.refusals({}))).toMatchObject([{ key: 'a', reason: 'why' }]);
  });

  test('what a full run has not seen is gone, and comes back when it is seen again', async () => {
    const { store, run } = await opened();
    await store.recordWriter.write({ run, records: [record(run, 'a'), record(run, 'b')], refusals: [] });
    await store.recordWriter.closeRun(run, 'finished', at);
    const next = (await store.recordWriter.openRun('s', 'full', at)).run;
    await store.recordWriter.write({ run: next, records: [record(next, 'a')], refusals: [] });
    expect(await store.recordWriter.sweep({ source: 's', run: next, at })).toBe(1);
    expect((await store.records.record('s', 'b'))?.deletedAt).toBe(at);
    await store.recordWriter.write({ run: next, records: [record(next, 'b')], refusals: [] });
    expect((await store.records.record('s', 'b'))?.deletedAt).toBeUndefined();
  });

  test('a refusal stands while its document does, and goes with it', async () => {
    const { store, run } = await opened();
    await store.recordWriter.write({ run, records: [record(run, 'a'), record(run, 'b')], refusals: [] });
    const refused = (recordKey: string) => ({
      source: 's',
      recordKey,
      resources: [],
      issues: [],
      refused: { code: 'x', reason: 'why' },
    });
    await store.graphWriter.replaceGraphs({ graphs: [refused('a'), refused('b')], extractedUpTo: 2 });
    await store.recordWriter.closeRun(run, 'finished', at);
    const next = (await store.recordWriter.openRun('s', 'full', at)).run;
    await store.recordWriter.write({ run: next, records: [record(next, 'a')], refusals: [] });
    await store.recordWriter.sweep({ source: 's', run: next, at });
    expect(await Array.fromAsync(store.records.refusals({}))).toMatchObject([{ key: 'a', code: 'normalize_x' }]);
  });

  test('any sequence of writes, tombstones and sweeps leaves what a plain model leaves', async () => {
    const step = fc.record({
      op: fc.constantFrom('write', 'tombstone', 'sweep'),
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      content: fc.constantFrom('v1', 'v2'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { store, run } = await opened();
        const live = new Map<string, string>();
        const seen = new Set<string>();
        for (const { op, key, content } of steps) {
          if (op === 'write') {
            await store.recordWriter.write({ run, records: [record(run, key, content)], refusals: [] });
            live.set(key, content);
            seen.add(key);
          } else if (op === 'tombstone') {
            const gone = await store.recordWriter.tombstone({ source: 's', run, keys: [key], at, reason: 'x' });
            expect(gone).toBe(live.delete(key) ? 1 : 0);
          } else {
            await store.recordWriter.sweep({ source: 's', run, at });
            for (const each of live.keys()) if (!seen.has(each)) live.delete(each);
          }
        }
        for (const key of ['a', 'b', 'c', 'd']) {
          const stored = await store.records.record('s', key);
          expect(stored && !stored.deletedAt ? stored.contentHash : undefined).toBe(live.get(key));
        }
        const changed = await Array.fromAsync(store.records.changedRecords(0));
        expect(changed.map(({ seq }) => seq)).toEqual([...changed.map(({ seq }) => seq)].sort((a, b) => a - b));
        store.close();
      }),
      { numRuns: 50 },
    );
  });
});

describe('locks', () => {
  test('a second holder waits, then hears who holds it', async () => {
    const path = newFile();
    let now = 0;
    const passing = {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms;
      },
    };
    const [first, second] = [openStore({ path, clock: passing, log }), openStore({ path, clock: passing, log })];
    const release = await first.lock.acquire('records', 'crawling', { waitMs: 0 });
    await expect(second.lock.acquire('records', 'crawling', { waitMs: 500 })).rejects.toThrow(
      new RegExp(`process ${process.pid} \\(crawling`),
    );
    expect(now).toBeGreaterThanOrEqual(500);
    await release();
    await (await second.lock.acquire('records', 'crawling', { waitMs: 0 }))();
  });

  test('a holder that died is noticed at once', async () => {
    const path = newFile();
    const store = openStore({ path, clock, log });
    await store.lock.acquire('index', 'serving', { waitMs: 0 });
    new DatabaseSync(path).exec("UPDATE locks SET pid = 4194304, started = 'long ago'");
    expect(await store.lock.holder('index')).toBeUndefined();
    await store.lock.acquire('index', 'serving again', { waitMs: 0 });
  });
});

describe('looking after the file', () => {
  test('an older store is migrated after a backup, a newer one refused', () => {
    const path = newFile();
    openStore({ path, clock, log }).close();
    const next = [
      ...migrations,
      (connection: Parameters<(typeof migrations)[0]>[0]) => connection.exec('CREATE TABLE added (x)'),
    ];
    const migrated = openStore({ path, clock, log, migrations: next });
    expect(migrated.schemaVersion).toBe(migrations.length + 1);
    migrated.close();
    expect(readdirSync(join(path, '..')).filter((name) => name.endsWith('.backup'))).toHaveLength(1);
    expect(() => openStore({ path, clock, log })).toThrow(
      `has schema version ${migrations.length + 1}; this program knows up to ${migrations.length}`,
    );
  });

  test('a backup holds what was there, and restoring puts it back and keeps what it replaces', async () => {
    const path = newFile();
    const { store, run } = await opened(path);
    await store.recordWriter.write({ run, records: [record(run, 'a')], refusals: [] });
    await store.backup(`${path}.copy`);
    await store.recordWriter.write({ run, records: [record(run, 'b')], refusals: [] });
    store.close();
    const kept = await restoreStore({ from: `${path}.copy`, to: path, clock, log });
    const restored = openStore({ path, clock, log });
    expect(await restored.records.record('s', 'a')).toBeDefined();
    expect(await restored.records.record('s', 'b')).toBeUndefined();
    expect(kept).toMatch(/replaced/);
  });

  test('what is no store is refused in plain words', async () => {
    const path = newFile();
    writeFileSync(path, 'this is text, and long enough to be taken for a file of another kind'.repeat(20));
    expect(() => openStore({ path, clock, log })).toThrow(/not a database.*Restore it from a backup/s);
    await expect(restoreStore({ from: `${path}.none`, to: path, clock, log })).rejects.toThrow(/There is no file/);
    const whole = newFile();
    openStore({ path: whole, clock, log }).close();
    await restoreStore({ from: whole, to: path, clock, log });
    openStore({ path, clock, log }).close();
  });

  test('hot statements go by an index', async () => {
    const path = newFile();
    openStore({ path, clock, log }).close();
    const database = new DatabaseSync(path);
    const plans = [
      "SELECT * FROM records WHERE source = 1 AND key = 'a'",
      'SELECT * FROM records WHERE seq > 5 ORDER BY seq LIMIT 500',
      "SELECT * FROM resources WHERE resources.key = 'k'",
      "SELECT * FROM refs WHERE target = 'k'",
      "SELECT * FROM credentials WHERE ctid = 'c' AND withdrawn_at IS NULL",
      "SELECT * FROM credentials WHERE kind = 'credential' AND seq > 5 ORDER BY seq LIMIT 500",
      "SELECT * FROM edges WHERE target = 't'",
      "SELECT value FROM labels WHERE field = 'skill' AND folded = 'x'",
      allCredentialsPage,
      "SELECT value FROM label_words WHERE field = 'skill' AND word >= 'a' AND word < 'b'",
    ].map((sql) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((row) => String(row.detail))
        .join('; '),
    );
    for (const plan of plans) expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
  });
});
