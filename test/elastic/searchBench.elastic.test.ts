import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { benchSearch } from '../bench/search/benchSearch.ts';
import { elasticsearchUrl } from './openElastic.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-bench-search-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(!elasticsearchUrl)(
  'the search benchmark over 20,000 credentials: Elasticsearch is asked all of it and comes to the same',
  async () => {
    const report = await benchSearch({
      size: 20_000,
      folder,
      elasticsearchUrl,
      yardsticks: true,
      seconds: 1,
      limitMs: 500,
      say() {},
    });
    expect(report.disagreements).toEqual([]);
    for (const measures of report.measures)
      expect(measures.map(({ contender }) => contender)).toContain('Elasticsearch');
  },
);
