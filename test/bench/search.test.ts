import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { benchSearch } from './search/benchSearch.ts';
import { kinds, marketDocument, marketSize } from './search/market.ts';
import { disagreements, type Measured } from './search/measure.ts';
import { questionMix } from './search/questions.ts';
import { searchTable } from './search/searchTable.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-bench-search-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the market is the published one: 1,850,034 credentials, 1,022,028 badges, 486,352 certificates, 264,099 degrees', () => {
  const published = { badge: 1_022_028, certificate: 486_352, degree: 264_099 };
  const counts = Map.groupBy(kinds, ({ family }) => family);
  for (const [family, count] of Object.entries(published))
    expect(counts.get(family as 'badge')!.reduce((sum, kind) => sum + kind.count, 0)).toBe(count);
  expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(marketSize);
});

test('a document depends on its number alone', () => {
  const later = marketDocument(77);
  marketDocument(3);
  expect(marketDocument(77)).toEqual(later);
});

test('the benchmark runs small: every kind is asked, the yardsticks come to the same, every line is a number', async () => {
  const report = await benchSearch({ size: 2_000, folder, yardsticks: true, seconds: 0.5, limitMs: 60_000, say() {} });
  expect(report.disagreements).toEqual([]);
  expect(report.builds.map(({ contender }) => contender)).toEqual(['embedded', 'SQLite FTS5', 'DuckDB']);
  expect(report.measures.map(([embedded]) => embedded!.kind.name)).toEqual(questionMix(2_000).map(({ name }) => name));
  for (const { told } of report.measures.map(([embedded]) => embedded!))
    expect(told.some(({ total }) => total > 0)).toBe(true);
  for (const { name, value } of report.serving) expect(value, name).toBeGreaterThan(0);
  expect(searchTable(report, { barsHold: false })).toContain('All totals, and all tables that are exact, agree.');
});

test('contenders that do not come to the same are named', () => {
  const kind = questionMix(100)[0]!;
  const base: Measured = {
    kind,
    contender: 'embedded',
    p50: 1,
    p95: 1,
    p99: 1,
    asked: 2,
    told: [{ total: 1 }, { total: 2, figures: [3] }],
  };
  expect(disagreements([base, { ...base, contender: 'other', told: [{ total: 1 }] }])).toEqual([]);
  expect(disagreements([base, { ...base, contender: 'other', told: [{ total: 4 }] }])).toEqual([
    `embedded and other on "${kind.name}", question 1: 1 and 4`,
  ]);
  expect(
    disagreements([base, { ...base, contender: 'other', told: [{ total: 1 }, { total: 2, figures: [3.1] }] }]),
  ).toEqual([`embedded and other on "${kind.name}", question 2: figures differ`]);
});
