import type { SearchEngine, StoreCounts } from '@credatlas/ports';
import type { Store } from '@credatlas/store-sqlite';
import { expect, test } from 'vitest';
import { storeMetrics } from './storeMetrics.ts';

test('tables are counted once for all numbers, again when the store has changed, and at most once a minute', async () => {
  const state = { seq: 1, now: 0, counted: 0 };
  const credentials = {
    lastSeq: async () => state.seq,
    counts: async () => {
      state.counted += 1;
      return { records: state.seq * 10, credentials: 2, organizations: 3, issues: 4, refusals: 5 } as StoreCounts;
    },
  };
  const engine = { info: async () => ({ documents: 2, seq: 1 }) };
  const sources = storeMetrics({ credentials } as unknown as Store, engine as unknown as SearchEngine, {
    now: () => state.now,
  });
  const scrape = async () =>
    Object.fromEntries(await Promise.all(sources.map(async ({ name, read }) => [name, await read()])));
  expect(await scrape()).toMatchObject({ credatlas_records: 10, credatlas_refusals: 5, credatlas_index_lag: 0 });
  expect(state.counted).toBe(1);
  state.now += 3_600_000;
  await scrape();
  expect(state.counted).toBe(1);
  state.seq = 2;
  expect(await scrape()).toMatchObject({ credatlas_records: 20, credatlas_index_lag: 1 });
  state.seq = 3;
  state.now += 59_999;
  expect(await scrape()).toMatchObject({ credatlas_records: 20 });
  state.now += 1;
  expect(await scrape()).toMatchObject({ credatlas_records: 30 });
  expect(state.counted).toBe(3);
});
