import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openQueryMarket } from './queryMarket.ts';
import { marketOf2025, randomTableMarket } from './randomTableMarket.ts';
import { referenceDimensions, referenceMetrics, referenceTable } from './referenceMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-random-'));
afterAll(() => rmSync(folder, { recursive: true }));

const on = Date.UTC(2026, 5, 1);
/** What is written is rounded: money to cents, shares and means to four places, percent to two. */
const tolerance = 0.0051;

test.each([1, 2])(
  'every table of random market %i equals counting its credentials one by one',
  async (seed) => {
    const market = await openQueryMarket(join(folder, String(seed)), randomTableMarket(seed, 60));
    const stored = await market.stored();
    const filters = { '': stored, 'family:!badge': stored.filter(({ family }) => family !== 'badge') };
    const questions = fc.record({
      by: fc.uniqueArray(fc.constantFrom(...Object.keys(referenceDimensions(on))), { maxLength: 3 }),
      metrics: fc.uniqueArray(fc.constantFrom(...referenceMetrics), { minLength: 1, maxLength: 5 }),
      filter: fc.constantFrom(...(Object.keys(filters) as (keyof typeof filters)[])),
    });
    await fc.assert(
      fc.asyncProperty(questions, async ({ by, metrics, filter }) => {
        const query = { by: by.join(), metrics: metrics.join(), filter, on: '2026-06-01' };
        const { status, body } = await market.get('/v1/market', query);
        expect(status).toBe(200);
        const members = filters[filter];
        const expected = new Map(
          referenceTable(members, { by, metrics, on }).map((row) => [JSON.stringify(row.by), row]),
        );
        expect(body.rows).toHaveLength(expected.size);
        for (const { by: own, n, values, unknown } of body.rows) {
          const row = expected.get(JSON.stringify(own))!;
          expect([own, n, unknown]).toEqual([row.by, row.n, row.told.map((each) => each.unknown)]);
          row.told.forEach(({ value }, at) => {
            if (value === null) expect(values[at]).toBeNull();
            else expect(Math.abs(values[at] - value), `${metrics[at]} of ${own}`).toBeLessThan(tolerance);
          });
        }
        expect(body.totals.n).toBe(members.length);
      }),
      { numRuns: 60, seed },
    );
    await market.close();
  },
  60_000,
);

test('the published table of 2025 comes back from a market with its skew', async () => {
  const { documents, counts } = marketOf2025(5_000);
  const market = await openQueryMarket(join(folder, '2025'), documents);
  const { body } = await market.get('/v1/market', { by: 'classification:2025', metrics: 'count,percent:total' });
  const found = Object.fromEntries(body.rows.map(({ by, n }: { by: string[]; n: number }) => [by[0], n]));
  expect(found).toEqual(counts);
  const percent = Object.fromEntries(
    body.rows.map(({ by, values }: { by: string[]; values: number[] }) => [by[0], Math.round(values[1]!)]),
  );
  // Search-and-market §2: badges are 55.2 %, certificates 26.3 %, degrees 14.3 % of the 2025 total.
  expect(percent).toMatchObject({ badges: 55, certificates: 26, degrees: 14 });
  const total = body.basis.coverage.find(({ of }: { of: string[] }) => of[0] === 'total');
  expect(total.share).toBeCloseTo(1 / 5_000, 5);
  await market.close();
}, 60_000);
