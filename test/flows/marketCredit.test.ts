import { expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import { condition, ctidOf, organization, owned, semesterHours, thing, transferValue } from './pathwayDocuments.ts';
import { lasts } from './queryMarket.ts';

const [college, bootcamp] = [1, 2] as const;
const takes = (duration: string) => ({ 'ceterms:estimatedDuration': lasts(duration) });
const badge = (number: number, duration: string, more: Record<string, unknown> = {}) =>
  thing(number, 'ceterms:DigitalBadge', owned(bootcamp, { ...takes(duration), ...more }));
const certificate = (number: number, more: Record<string, unknown> = {}) =>
  thing(number, 'ceterms:Certificate', owned(bootcamp, more));
const accepts = (number: number, from: number, hours: number, more: Record<string, unknown> = {}) =>
  transferValue(number, { from: [from], for: [100], by: [college], credit: semesterHours(hours), more });

/** Ten credentials on 2026-06-01: eight that might lead to credit, and two degrees. */
const documents = [
  ...[college, bootcamp].map(organization),
  // 28 days; the college accepts it for 3.
  badge(10, 'P4W'),
  accepts(11, 10, 3),
  // 70 days; only who sends says that it counts for 6.
  badge(20, 'P10W'),
  transferValue(21, { from: [20], for: [100], by: [bootcamp], credit: semesterHours(6) }),
  // 98 days; 6 quarter hours toward one degree (see there), 2 semester hours toward the other: 4 at most toward any one.
  certificate(30, takes('P14W')),
  transferValue(31, { from: [30], for: [101], by: [college], credit: semesterHours(2) }),
  // 105 days are not fewer than 15 weeks.
  certificate(40, takes('P15W')),
  accepts(41, 40, 9),
  // Nobody says how long it takes.
  certificate(50),
  accepts(51, 50, 9),
  // It has ended.
  badge(60, 'P1W'),
  accepts(61, 60, 12, { 'ceterms:endDate': '2025-12-31' }),
  // It prepares, which gives no credit.
  badge(70, 'P2W', { 'ceterms:isPreparationFor': [condition({ Credential: [100] })] }),
  // Accepted, in a unit that is no semester hours.
  badge(80, 'P3D'),
  transferValue(81, { from: [80], for: [101], by: [college], credit: semesterHours(5, 5, 'DegreeCredit') }),
  thing(100, 'ceterms:BachelorDegree', {
    ...owned(college, takes('P4Y')),
    'ceterms:advancedStandingFrom': [
      condition({ Credential: [30] }, { 'ceterms:creditValue': semesterHours(6, 6, 'QuarterHour') }),
    ],
  }),
  thing(101, 'ceterms:BachelorDegree', owned(college, takes('P4Y'))),
];

const market = await marketOfFile(documents);

async function credit(query: Record<string, string> = {}) {
  const { status, body } = await market.get('/v1/market/credit', query);
  expect([status, body.detail]).toEqual([200, undefined]);
  return body;
}

test('of those whose duration is below 15 weeks, what is accepted for credit is told apart from what only others say', async () => {
  const { rows, totals, columns, under } = await credit();
  expect(under).toBe(105);
  expect(columns.map(({ name }: { name: string }) => name)).toEqual([
    'family',
    ...['short', 'credited', 'creditedShare', 'maybe', 'lowest', 'median', 'highest'],
  ]);
  const none = [null, null, null];
  expect(rows).toMatchObject([
    { labels: ['Badge'], n: 5, values: [5, 2, 0.4, 1, 3, 3, 3], unknown: [0, 0, 0, 0, 4, 4, 4] },
    { labels: ['Certificate'], n: 3, values: [1, 1, 1, 0, 4, 4, 4], unknown: [1, 1, 1, 1, 2, 2, 2] },
    { labels: ['Degree'], n: 2, values: [0, 0, null, 0, ...none], unknown: [0, 0, 0, 0, 2, 2, 2] },
  ]);
  expect(totals).toEqual({ n: 10, values: [6, 3, 0.5, 1, 3, 3.5, 4], unknown: [1, 1, 1, 1, 8, 8, 8] });
});

type Told = Record<'credential' | 'to' | 'credit', Record<string, unknown>> & { days: number; verdict: string };
test('each way is listed: accepted first, then by how much, and pathways tells the same', async () => {
  const { credits, found } = await credit();
  const told = credits.map(({ credential, days, to, verdict, credit: { min, unit } }: Told) => [
    `${credential.name} → ${to.name}`,
    days,
    verdict,
    `${min} ${unit}`,
  ]);
  expect(told).toEqual([
    ['Thing 30 → Thing 100', 98, 'match', '6 QuarterHour'],
    ['Thing 10 → Thing 100', 28, 'match', '3 SemesterHour'],
    ['Thing 30 → Thing 101', 98, 'match', '2 SemesterHour'],
    ['Thing 80 → Thing 101', 3, 'match', '5 DegreeCredit'],
    ['Thing 20 → Thing 100', 70, 'maybe', '6 SemesterHour'],
  ]);
  expect(found).toBe(5);
  const { body } = await market.get('/v1/pathways', { from: ctidOf(30), hops: '1' });
  expect(body.meta.verdicts).toEqual({ match: 2, maybe: 0, miss: 0 });
});

test('days, the day, filters and suppression hold as in other tables', async () => {
  expect((await credit({ days: '50' })).totals.values.slice(0, 4)).toEqual([4, 2, 0.5, 0]);
  // Half a year before, one more was accepted, for 12.
  expect((await credit({ on: '2025-12-31' })).totals.values).toEqual([6, 4, 0.6667, 1, 3, 4, 12]);
  expect((await credit({ filter: 'family:certificate' })).totals).toMatchObject({
    n: 3,
    values: [1, 1, 1, 0, 4, 4, 4],
  });
  const { credits, found, rows } = await credit({ suppress: '3', size: '5' });
  expect([credits, found, rows.length]).toEqual([[], null, 3]);
  expect((await credit({ size: '2' })).credits).toHaveLength(2);
  const csv = await market.get('/v1/market/credit', { format: 'csv' });
  expect(csv.text.split('\r\n')[0]).toContain('creditedShare');
  const again = new URL((await credit()).basis.again);
  expect((await market.get(again.pathname, Object.fromEntries(again.searchParams))).body.totals.n).toBe(10);
});

test('an earlier state is told as it was on both sides', async () => {
  const { seq } = await market.dependencies.engine.info();
  market.put(accepts(11, 10, 8));
  await market.update();
  expect((await credit()).totals.values.slice(4)).toEqual([4, 6, 8]);
  expect((await credit({ asOf: String(seq), on: '2026-06-01' })).totals.values.slice(4)).toEqual([3, 3.5, 4]);
});
