import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { openStore } from '@credatlas/store-sqlite';
import { expect, test } from 'vitest';
import { storeMetrics } from './storeMetrics.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const at = '2026-01-01T00:00:00.000Z';

test('tables are counted again once the store has changed, at most once a minute', async () => {
  let now = Date.parse(at);
  const clock = { now: () => now, sleep: async () => undefined };
  const store = openStore({ path: ':memory:', clock, log });
  const engine = EmbeddedSearchEngine.open({ writable: false, searchThreads: 0, clock, log });
  await store.recordWriter.openSource({ id: 's', kind: 'files', uri: '/s', name: 's' });
  const { run } = await store.recordWriter.openRun('s', 'full', at);
  const write = async (key: string) => {
    const text = { mediaType: 'application/json', text: '{}', contentHash: key };
    const record = { source: 's', key, uri: `/${key}`, ...text, run, fetchedAt: at };
    await store.recordWriter.write({ run, records: [record], refusals: [] });
  };
  const sources = storeMetrics(store, engine, clock);
  const numbers = async () =>
    Object.fromEntries(await Promise.all(sources.map(async ({ name, read }) => [name, await read()])));

  await write('a');
  expect(await numbers()).toMatchObject({
    credatlas_records: 1,
    credatlas_credentials: 0,
    credatlas_index_documents: 0,
  });
  await write('b');
  now += 59_999;
  expect(await numbers()).toMatchObject({ credatlas_records: 1 });
  now += 1;
  expect(await numbers()).toMatchObject({ credatlas_records: 2 });
  store.close();
});
