import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { crawlSource, sourceOf } from '@credatlas/crawl';
import { Knowledge, normalizeChanges } from '@credatlas/normalize';
import { openStore } from '@credatlas/store-sqlite';
import { describe, expect, test } from 'vitest';
import { bothCounts, countedCodes } from './countIssues.ts';

const corpus = join(process.env.CREDATLAS_TEST_DATA ?? '', 'ctdl-docs');
const clock = { now: () => Date.now(), sleep: async () => undefined };
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const progress = { report: () => undefined };
const fetcher = {
  fetch: async () => Promise.reject(new TypeError('no network in this test')),
  close: async () => undefined,
};

describe.skipIf(!process.env.CREDATLAS_TEST_DATA || !existsSync(corpus))(
  'issues by code over a folder of real documents (skipped without CREDATLAS_TEST_DATA)',
  () => {
    test('are as many as a second, different count over the documents finds', async () => {
      const store = openStore({ path: ':memory:', clock, log });
      const { records, recordWriter, cursors, graphs, graphWriter } = store;
      const source = sourceOf(corpus, { cwd: '/' });
      await crawlSource({ source, records, recordWriter, cursors, fetcher, clock, log, progress });
      await normalizeChanges({ records, graphs, graphWriter, knowledge: new Knowledge(), clock, log, progress });
      const [shown, counted] = await bothCounts(store);
      expect(shown).toEqual(counted);
      expect(Object.keys(shown)).toHaveLength(countedCodes.length);
      store.close();
    });
  },
);
