import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { crawlSource, sourceOf } from '@credatlas/crawl';
import { normalizeChanges } from '@credatlas/normalize';
import { openStore } from '@credatlas/store-sqlite';
import { describe, expect, test } from 'vitest';

const corpus = join(process.env.CREDATLAS_TEST_DATA ?? '', 'ctdl-docs');
const clock = { now: () => Date.now(), sleep: async () => undefined };
const log = { debug() {}, info() {}, warn() {}, error() {} };
const progress = { report() {} };
const fetcher = {
  fetch: async () => Promise.reject(new TypeError('no network in this test')),
  close: async () => undefined,
};

describe.skipIf(!process.env.CREDATLAS_TEST_DATA || !existsSync(corpus))(
  'a folder of real documents (skipped without CREDATLAS_TEST_DATA)',
  () => {
    test('every document becomes a record or is refused with a reason, and the counts add up', async () => {
      const store = openStore({ path: ':memory:', clock, log });
      const given = {
        source: sourceOf(corpus, { cwd: '/' }),
        records: store.records,
        recordWriter: store.recordWriter,
        cursors: store.cursors,
        fetcher,
        clock,
        log,
        progress,
      };
      const summary = await crawlSource(given);
      expect(summary.state).toBe('finished');
      expect(summary.seen).toBe(summary.written + summary.unchanged + summary.refused);
      expect(summary.written).toBeGreaterThan(600);
      const normalized = await normalizeChanges({
        records: store.records,
        graphs: store.graphs,
        graphWriter: store.graphWriter,
        clock,
        log,
        progress,
      });
      expect(normalized.extracted).toBe(summary.written);
      const refusals = await Array.fromAsync(store.records.refusals({}));
      expect(refusals).toHaveLength(summary.refused + normalized.refused);
      for (const refusal of refusals) expect(refusal.reason).toMatch(/\w+ \w+ \w+/);
      const counts = await store.credentials.counts();
      expect(counts.credentials).toBeGreaterThan(200);
      expect(counts.organizations).toBeGreaterThan(70);

      const again = await crawlSource(given);
      expect(again).toMatchObject({ written: 0, unchanged: summary.written, refused: summary.refused, tombstoned: 0 });
      const nothing = await normalizeChanges({
        records: store.records,
        graphs: store.graphs,
        graphWriter: store.graphWriter,
        clock,
        log,
        progress,
      });
      expect(nothing).toEqual({ extracted: 0, joined: 0, refused: 0 });
      store.close();
    });
  },
);
