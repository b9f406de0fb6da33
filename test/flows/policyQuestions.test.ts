import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { iriOf, owned, semesterHours, thing, transferValue } from './pathwayDocuments.ts';
import { concept, en, openQueryMarket, place, type QueryMarket } from './queryMarket.ts';
import { costs, requires, since, takes } from './tableMarket.ts';

type Node = Record<string, unknown>;

const [alpha, beta, gamma, board] = [1, 2, 3, 6] as const;
const provider = (number: number, name: string, more: Node = {}) =>
  thing(number, 'ceterms:CredentialOrganization', { 'ceterms:name': en(name), ...more });
const kindOfProvider = (kind: string, sector: string) => ({
  'ceterms:agentType': concept(`orgType:${kind}`),
  'ceterms:agentSectorType': concept(`agentSector:${sector}`),
});
const earns = (median: number) => ({
  'ceterms:aggregateData': [
    { '@type': 'ceterms:AggregateDataProfile', 'ceterms:medianEarnings': median, 'ceterms:currency': 'USD' },
  ],
});

const certificate = (duration: string) =>
  thing(
    11,
    'ceterms:Certificate',
    owned(alpha, {
      ...costs(1_000),
      ...takes(duration),
      ...requires({ skills: ['Welding'], credit: 10 }),
      ...earns(50_000),
    }),
  );

/** Seven credentials on 2026-06-01; each number below was worked out on paper from what stands here. */
const documents = [
  provider(alpha, 'Alpha College', {
    ...kindOfProvider('FourYear', 'Public'),
    'ceterms:address': place('Newark', 'New Jersey', 'United States'),
  }),
  provider(beta, 'Beta Bootcamp', {
    ...kindOfProvider('Business', 'PrivateForProfit'),
    'ceterms:address': place('New York', 'New York', 'United States'),
  }),
  provider(gamma, 'Gamma Institute'),
  provider(board, 'Quality Board'),
  // 333.33 a credit.
  thing(
    10,
    'ceterms:BachelorDegree',
    owned(alpha, { ...costs(40_000), ...takes('P4Y'), ...requires({ skills: ['Welding'], credit: 120 }) }),
  ),
  // 100 a credit, 70 days; its transfer value and its accreditation end within a year.
  certificate('P10W'),
  transferValue(40, {
    from: [11],
    for: [10],
    by: [alpha],
    credit: semesterHours(6),
    more: { 'ceterms:endDate': '2027-03-31' },
  }),
  thing(50, 'ceterms:AccreditAction', {
    'ceterms:actingAgent': [iriOf(board)],
    'ceterms:object': iriOf(11),
    'ceterms:startDate': '2025-01-01',
    'ceterms:endDate': '2026-12-31',
  }),
  // 150 a credit; accredited without any date; its earnings are withheld.
  thing(
    12,
    'ceterms:Certificate',
    owned(alpha, {
      ...costs(3_000),
      ...requires({ credit: 20 }),
      ...earns(-99_999),
      'ceterms:accreditedBy': [iriOf(board)],
    }),
  ),
  // Free, which is a cost; no credit is stated.
  thing(
    13,
    'ceterms:DigitalBadge',
    owned(beta, { ...costs(0), ...takes('P10D'), ...since('2026-02'), ...requires({ skills: ['Chess'] }) }),
  ),
  // Only who sends says that it counts.
  thing(
    14,
    'ceterms:DigitalBadge',
    owned(beta, { ...takes('P20D'), ...since('2025-11-15'), ...requires({ skills: ['Welding'] }) }),
  ),
  transferValue(41, { from: [14], for: [10], by: [beta], credit: semesterHours(3) }),
  // 200 a credit, of a provider of which nothing is known.
  thing(15, 'ceterms:MicroCredential', owned(gamma, { ...costs(600), ...requires({ credit: 3 }) })),
  // Nothing is stated of it.
  thing(16, 'ceterms:License'),
];

const folder = mkdtempSync(join(tmpdir(), 'credatlas-policy-'));
let market: QueryMarket;
beforeAll(async () => {
  market = await openQueryMarket(join(folder, 'market'), documents);
});
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

async function ask(topic: string, query: Record<string, string> = {}) {
  const { status, body } = await market.get(`/v1/market${topic}`, query);
  expect([topic, status, body.detail]).toEqual([topic, 200, undefined]);
  return body;
}
type Row = { by: (string | null)[]; n: number; values: unknown[]; unknown: number[] };
/** Rows as they stand on paper: values of the dimensions → credentials, then values. */
const rowsOf = ({ rows }: { rows: Row[] }) =>
  Object.fromEntries(rows.map(({ by, n, values }) => [by.map((value) => value ?? '-').join(' '), [n, ...values]]));
const unknownOf = ({ rows }: { rows: Row[] }) =>
  Object.fromEntries(rows.map(({ by, unknown }) => [by.map((value) => value ?? '-').join(' '), unknown]));

test('P1: kinds of credentials by type, sector and state of the provider, those of which nothing is known too', async () => {
  const table = await ask('', { by: 'family,providerType,providerSector,region', metrics: 'count,percent:total' });
  expect(rowsOf(table)).toEqual({
    'badge Business PrivateForProfit NY': [2, 2, 28.57],
    'certificate FourYear Public NJ': [2, 2, 28.57],
    'degree FourYear Public NJ': [1, 1, 14.29],
    'licence - - -': [1, 1, 14.29],
    'microCredential - - -': [1, 1, 14.29],
  });
  expect([table.totals, table.meta.total]).toEqual([{ n: 7, values: [7, 100], unknown: [0, 0] }, 7]);
});

test('P3: quartiles of the cost of a credit, and how many state it', async () => {
  const metrics = ['count', ...['p25', 'median', 'p75', 'share'].map((each) => `${each}:costPerCredit`)].join();
  const bySector = await ask('', { by: 'providerSector', metrics });
  // Public: 100, 150 and 333.33.
  expect(rowsOf(bySector)).toEqual({
    Public: [3, 3, 125, 150, 241.67, 1],
    PrivateForProfit: [2, 2, null, null, null, 0],
    '-': [2, 2, 200, 200, 200, 0.5],
  });
  expect(unknownOf(bySector)).toEqual({
    Public: [0, 0, 0, 0, 0],
    PrivateForProfit: [0, 2, 2, 2, 2],
    '-': [0, 1, 1, 1, 1],
  });
  expect(bySector.totals).toEqual({ n: 7, values: [7, 137.5, 175, 233.33, 0.5714], unknown: [0, 3, 3, 3, 3] });
  expect(rowsOf(await ask('', { by: 'level,providerSector', metrics: 'median:costPerCredit' }))).toEqual({
    '- Public': [2, 125],
    '1 PrivateForProfit': [2, null],
    '2 -': [1, 200],
    '6 Public': [1, 333.33],
    '- -': [1, null],
  });
});

test('P4: who passes, fails or cannot be judged by Workforce Pell', async () => {
  // Too long 10, too many credits 12, too few 15, too short 13 and 14; of 11 rates are missing, of 16 everything.
  expect(rowsOf(await ask('', { by: 'rule:workforce-pell' }))).toEqual({ fail: [5, 5], 'cannot-judge': [2, 2] });
  const { body } = await market.get('/v1/rules/workforce-pell/results');
  expect([body.meta.total, body.meta.verdicts]).toEqual([7, { pass: 0, fail: 5, cannotJudge: 2 }]);
});

test('P5: how concentrated the supply of a skill is', async () => {
  const table = await ask('/concentration', { by: 'region', filter: 'skill:Welding' });
  expect(rowsOf(table)).toEqual({ NJ: [2, 1, 10_000, 1], NY: [1, 1, 10_000, 1] });
  // Two of three and one of three: (4 + 1) / 9.
  expect(table.totals).toEqual({ n: 3, values: [2, 5_555.6, 1], unknown: [0, 0, 0] });
});

test('P6: where nobody supplies a skill, or it leads into nothing', async () => {
  const table = await ask('/deserts', { skill: 'Chess' });
  expect(rowsOf(table)).toEqual({ NJ: [3, 0, 0, 0, 1, 'noProvider'], NY: [2, 1, 1, 0, 0, 'stacksIntoNothing'] });
  expect([table.totals.n, table.totals.values]).toEqual([7, [1, 1, 0, 3, null]]);
  expect(table.meta.warnings).toEqual(['2 credentials state no place and are not looked at.']);
});

test('P7: what records state, by type of provider', async () => {
  const { columns, rows, totals } = await ask('/presence');
  const at = (name: string) => columns.findIndex((each: { name: string }) => each.name === `share:${name}`) - 1;
  const told = (row: Row, name: string) => [row.values[at(name)], row.unknown[at(name)]];
  const college = rows.find(({ by }: Row) => by[0] === 'FourYear');
  expect(['cost', 'days', 'credit', 'skill', 'outcome', 'recognition'].map((name) => told(college, name))).toEqual([
    [1, 0],
    [0.6667, 1],
    [1, 0],
    [0.6667, 1],
    [0.3333, 2],
    [0.6667, 1],
  ]);
  // A price of zero is a price.
  expect([told(totals, 'cost'), told(totals, 'region')]).toEqual([
    [0.7143, 2],
    [0.7143, 2],
  ]);
});

test('P8 and P10: what lapses within a year, of how many, and of how many no end is stated', async () => {
  const recognition = await ask('/lapsing', { by: 'family' });
  expect([rowsOf(recognition), recognition.asked]).toEqual([{ certificate: [2, 1, 1] }, 7]);
  expect(recognition.totals.unknown).toEqual([1, 1]);
  const agreements = await ask('/lapsing', { of: 'agreements', by: 'family' });
  // The badge's has no end, and so one of the two that the degree accepts.
  expect(rowsOf(agreements)).toEqual({ badge: [1, 0, null], certificate: [1, 1, 1], degree: [1, 1, 1] });
  expect([agreements.totals, agreements.asked]).toEqual([{ n: 3, values: [2, 1], unknown: [1, 1] }, 7]);
});

test('P9: which short ones lead to credit, and to how much', async () => {
  const table = await ask('/credit');
  expect(rowsOf(table)).toMatchObject({
    badge: [2, 2, 0, 0, 1, null, null, null],
    certificate: [2, 1, 1, 1, 0, 6, 6, 6],
  });
  // Short are three of four that state a duration; one of seven tells its credit.
  expect(table.totals).toEqual({ n: 7, values: [3, 1, 0.3333, 1, 6, 6, 6], unknown: [3, 3, 3, 3, 6, 6, 6] });
});

test('P12: growth by what took effect, apart from what was first seen, and how many state no date', async () => {
  const table = await ask('/growth', { by: 'family', periods: '4', filter: 'family:badge|certificate' });
  expect(rowsOf(table)).toEqual({
    'badge 2025-Q3': [0, 0, 0, 0, null, null],
    'badge 2025-Q4': [1, 1, 0, 1, null, 1],
    'badge 2026-Q1': [1, 1, 0, 2, 100, 1],
    'badge 2026-Q2': [0, 0, 2, 2, 0, null],
    'certificate 2025-Q3': [0, 0, 0, 0, null, null],
    'certificate 2025-Q4': [0, 0, 0, 0, null, null],
    'certificate 2026-Q1': [0, 0, 0, 0, null, null],
    'certificate 2026-Q2': [0, 0, 2, 0, null, null],
    'certificate -': [2, null, null, null, null, 1],
  });
  expect(table.totals).toEqual({ n: 4, values: [2, 4, null, null, 2], unknown: [2, 0, 2, 2, 0] });
});

test('P13: outcomes, what is withheld, and how many state none', async () => {
  const table = await ask('/outcomes', { by: 'providerSector' });
  const none = Array(6).fill(null);
  expect(rowsOf(table)).toEqual({
    'Public aggregateData - - USD': [2, 1, 1, null, 50_000, ...none.slice(1)],
    'Public - - - -': [1, 0, 0, null, ...none],
    'PrivateForProfit - - - -': [2, 0, 0, null, ...none],
    '- - - - -': [2, 0, 0, null, ...none],
  });
  expect([table.totals.n, table.totals.values.slice(0, 2), table.totals.unknown[0]]).toEqual([7, [1, 1], 5]);
});

test('P14: the supply of a profile, of how many, and how many of them state no skill', async () => {
  const table = await ask('/supply', { skills: 'Welding|Chess|Juggling', by: 'region', filter: 'region:*' });
  expect(rowsOf(table)).toEqual({
    'Welding NJ': [2, 1, 0, 0, 0.6667, 3, 1],
    'Chess NJ': [0, 0, 0, 0, 0, 3, 1],
    'Juggling NJ': [0, 0, 0, 0, 0, 3, 1],
    'Welding NY': [1, 1, 0, 0, 0.5, 2, 0],
    'Chess NY': [1, 1, 0, 0, 0.5, 2, 0],
    'Juggling NY': [0, 0, 0, 0, 0, 2, 0],
  });
  expect([table.totals.n, table.missing, table.unrecognized]).toEqual([5, ['Juggling'], ['Juggling']]);
});

test('P16: every table says what it rests on', async () => {
  const { basis } = await ask('', { by: 'family' });
  expect(basis).toMatchObject({
    unit: 'credential',
    on: '2026-06-01',
    asOf: null,
    sources: [{ records: 14, readAt: '2026-06-01T00:00:00.000Z', ageDays: 0 }],
    query: { parameters: { by: 'family' } },
  });
  expect(basis.coverage[0]).toMatchObject({ of: ['total'], counted: 7, published: 1_850_034, share: 0.000004 });
});

test('P2, P11 and P15: as of an earlier state, with duplicates merged, and what fails since', async () => {
  const entries = [{ id: iriOf(alpha) }];
  await market.send({ method: 'PUT', path: '/v1/shortlists/ours', body: { entries } });
  const query = { filter: 'issuerList:ours,rule:workforce-pell=fail' };
  const saved = await market.send({ method: 'PUT', path: '/v1/saved-queries/failing', body: { query } });
  expect(saved.body.total).toBe(2);
  const { meta } = await ask('', { by: 'classification:2025' });
  // It comes to take twenty weeks, and another source has it, too; and there is one badge more.
  const longer = certificate('P20W');
  market.put(longer);
  market.put(longer, join(folder, 'other'));
  market.put(thing(17, 'ceterms:DigitalBadge', owned(beta)));
  await market.update();
  const seven = {
    badges: [2, 2],
    certificates: [2, 2],
    degrees: [1, 1],
    licenses: [1, 1],
    'micro-credentials': [1, 1],
  };
  const then = await ask('', { by: 'classification:2025', asOf: String(meta.snapshot) });
  expect([rowsOf(then), then.totals.n]).toEqual([seven, 7]);
  const now = await ask('', { by: 'classification:2025' });
  expect([rowsOf(now), now.totals.n]).toEqual([{ ...seven, badges: [3, 3], certificates: [3, 3] }, 9]);
  const merged = await ask('', { by: 'classification:2025', unit: 'cluster' });
  expect([rowsOf(merged), merged.totals.n]).toEqual([{ ...seven, badges: [3, 3] }, 8]);
  const { body } = await market.get('/v1/saved-queries/failing/changes');
  const entered = body.entered.map(({ credential }: { credential: { name: string } }) => credential.name);
  expect([entered, body.left]).toEqual([['Thing 11', 'Thing 11'], []]);
});
