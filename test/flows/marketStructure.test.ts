import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { en, graph, iri, openQueryMarket, type QueryMarket } from './queryMarket.ts';
import { tableDocuments } from './tableMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-structure-'));
let market: QueryMarket;

beforeAll(async () => {
  market = await openQueryMarket(join(folder, 'market'), tableDocuments);
});
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

const ask = async (topic: string, query: Record<string, string> = {}) => {
  const { status, body } = await market.get(`/v1/market/${topic}`, query);
  expect([status, body.detail]).toEqual([200, undefined]);
  expect(body.basis.query.hash).toMatch(/^[0-9a-f]{64}$/);
  return body;
};
type Row = { by: (string | null)[]; labels: string[]; values: unknown[]; n: number };
/** Labels of a row → its number of credentials and its values. */
const rowsOf = (rows: Row[]) =>
  Object.fromEntries(rows.map(({ labels, n, values }) => [labels.join(' '), [n, ...values]]));

describe('concentration', () => {
  test('adds up the squared shares of providers, a branch with the college it is part of', async () => {
    const { rows, totals, leaders } = await ask('concentration', { by: 'skill' });
    // Welding: Alpha College with its branch 4, Beta 1. Chess: one each.
    expect(rowsOf(rows)).toMatchObject({ Welding: [5, 2, 6800, 1], Chess: [2, 2, 5000, 1] });
    // Of eleven: Alpha 5, Beta 4, the state and the school one each; (25 + 16 + 1 + 1) / 121.
    expect(totals).toEqual({ n: 12, values: [4, 3553.7, 1], unknown: [1, 1, 1] });
    const welding = leaders.find(({ labels }: Row) => labels[0] === 'Welding');
    expect(welding.suppliers.map(({ name, n, share }: Record<string, unknown>) => [name, n, share])).toEqual([
      ['Alpha College', 4, 0.8],
      ['Beta Bootcamps', 1, 0.2],
    ]);
  });

  test('takes organizations by themselves when asked to', async () => {
    const { rows } = await ask('concentration', { by: 'skill', parents: 'no' });
    // Alpha College 3, its branch 1, Beta 1: (9 + 1 + 1) / 25.
    expect(rowsOf(rows)).toMatchObject({ Welding: [5, 3, 4400, 1] });
  });

  test('names the suppliers of any kind of row, and none where small cells are suppressed', async () => {
    const { leaders } = await ask('concentration', { by: 'region,cost.bands(100)', filter: 'family:badge' });
    const told = leaders.map(({ labels, suppliers }: Row & { suppliers: { n: number }[] }) => [
      labels.join(' '),
      suppliers[0]?.n,
    ]);
    expect(Object.fromEntries(told)).toEqual({
      'New York under 100': 2,
      'New York 100 or more': 1,
      'New York (not stated)': 1,
      'New Jersey under 100': 1,
    });
    expect((await ask('concentration', { by: 'skill', suppress: '3' })).leaders).toEqual([]);
  });

  test('of nobody is nothing', async () => {
    const { totals } = await ask('concentration', { filter: 'family:certification' });
    expect(totals).toEqual({ n: 1, values: [null, null, null], unknown: [1, 1, 1] });
  });
});

test('an organization counts as the one that names it as its part, too', async () => {
  const named = (number: number, name: string, more = {}) =>
    graph('organization', number, { '@type': 'ceterms:CredentialOrganization', 'ceterms:name': en(name), ...more });
  const badge = (number: number, owner: number) =>
    graph('credential', number, {
      '@type': 'ceterms:Badge',
      'ceterms:name': en(`Badge ${number}`),
      'ceterms:ownedBy': [iri('organization', owner)],
    });
  const own = await openQueryMarket(join(folder, 'parts'), [
    named(1, 'University', { 'ceterms:department': [iri('organization', 2)] }),
    named(2, 'Department', { 'ceterms:subOrganization': [iri('organization', 3)] }),
    named(3, 'Institute'),
    ...[1, 2, 3].map((number) => badge(number, number)),
  ]);
  const { body } = await own.get('/v1/market/concentration');
  expect(body.totals).toMatchObject({ n: 3, values: [1, 10_000, 1] });
  expect(body.leaders[0].suppliers).toMatchObject([{ name: 'University', n: 3, share: 1 }]);
  await own.close();
});

describe('deserts', () => {
  test('are places without a provider of a skill, or where it leads into nothing', async () => {
    const { rows, totals, meta } = await ask('deserts', { skill: 'Welding' });
    expect(rowsOf(rows)).toEqual({
      'New York': [4, 1, 1, 0, 2, 'stacksIntoNothing'],
      // The one credential there states no skill: nobody knows.
      Pennsylvania: [1, 0, 0, 0, 1, 'notStated'],
    });
    expect(totals).toMatchObject({ n: 12, values: [5, 3, 1, 6, null] });
    expect(meta.warnings).toEqual(['1 credential states no place and is not looked at.']);
  });

  test('stand beside well supplied places when asked for', async () => {
    const { rows } = await ask('deserts', { skill: 'chess', by: 'country,region', all: 'yes' });
    expect(rowsOf(rows)).toEqual({
      'United States New Jersey': [7, 1, 1, 0, 3, 'stacksIntoNothing'],
      'United States New York': [4, 1, 1, 0, 2, 'stacksIntoNothing'],
      'United States Pennsylvania': [1, 0, 0, 0, 1, 'notStated'],
    });
    const several = await ask('deserts', { skill: 'chess|welding', all: 'yes' });
    expect(rowsOf(several.rows)).toMatchObject({ 'New Jersey': [7, 4, 2, 1, 3, 'supplied'] });
  });

  test('need a skill and a place', async () => {
    const { body } = await market.get('/v1/market/deserts');
    expect(body).toMatchObject({ status: 400, errors: [{ parameter: 'skill' }] });
    const empty = await market.get('/v1/market/deserts', { skill: 'chess', by: '' });
    expect(empty.body).toMatchObject({ status: 400, errors: [{ parameter: 'by' }] });
  });
});

describe('supply', () => {
  test('gives every skill of a profile a row, also what nothing states', async () => {
    const { rows, profile, unrecognized, missing } = await ask('supply', { skills: 'chess|"Welding"|juggling' });
    // The least supplied first: providers, assessed, inferred, share of twelve, of which six state no skill.
    expect(rows.map(({ labels, n, values }: Row) => [labels[0], n, ...values])).toEqual([
      ['juggling', 0, 0, 0, 0, 0, 12, 6],
      ['Chess', 2, 2, 0, 0, 0.1667, 12, 6],
      ['Welding', 5, 3, 0, 0, 0.4167, 12, 6],
    ]);
    expect([unrecognized, missing]).toEqual([['juggling'], ['juggling']]);
    expect(profile.map(({ name }: { name: string }) => name)).toEqual(['chess', 'Welding', 'juggling']);
  });

  test('by place tells the gaps of each', async () => {
    const { rows } = await ask('supply', { skills: 'welding', by: 'region', sort: 'region' });
    // Share of how many, and how many of those state no skill at all.
    expect(rows.map(({ labels, n, values }: Row) => [labels[1], n, ...values.slice(3)])).toEqual([
      ['New Jersey', 4, 0.5714, 7, 3],
      ['New York', 1, 0.25, 4, 2],
      ['Pennsylvania', 0, 0, 1, 1],
      ['(not stated)', 0, 0, 1, 1],
    ]);
  });

  test.each([
    [{}, 'skills'],
    [{ skills: 'chess', occupation: '51-4121' }, 'occupation'],
    [{ skills: '|' }, 'skills'],
    [{ occupation: '99-9999' }, 'occupation'],
  ])('needs a profile that can be read: %j', async (query, parameter) => {
    const { body } = await market.get('/v1/market/supply', query as Record<string, string>);
    expect(body).toMatchObject({ status: 400, code: 'malformed_profile', errors: [{ parameter }] });
  });
});

describe('growth', () => {
  test('tells what took effect apart from what was first seen, every quarter', async () => {
    const { columns, rows, totals } = await ask('growth', { periods: '4' });
    expect(columns.map(({ name }: { name: string }) => name)).toEqual([
      ...['quarter', 'newToMarket', 'newToRegistry', 'stock', 'growth', 'providers'],
    ]);
    expect(rows.map(({ labels, n, values }: Row) => [labels[0], n, ...values])).toEqual([
      ['before 2025-Q3', 2, 2, 0, 2, null, 2],
      ['2025-Q3', 0, 0, 0, 2, 0, null],
      ['2025-Q4', 2, 2, 0, 4, 100, 2],
      ['2026-Q1', 2, 2, 0, 6, 50, 2],
      ['2026-Q2', 0, 0, 12, 6, 0, null],
      ['(not stated)', 6, null, null, null, null, 4],
    ]);
    expect([totals.n, totals.values.slice(0, 2)]).toEqual([12, [6, 12]]);
  });

  test('by kind and year, in order of time', async () => {
    const { rows } = await ask('growth', {
      by: 'family',
      period: 'year',
      periods: '2',
      filter: 'family:badge|certificate',
    });
    expect(rows.map(({ labels, n }: Row) => [...labels, n])).toEqual([
      ['Badge', '2025', 1],
      ['Badge', '2026', 1],
      ['Badge', '(not stated)', 2],
      ['Certificate', '2025', 1],
      ['Certificate', '2026', 1],
      ['Certificate', '(not stated)', 1],
    ]);
  });
});

test('staleness counts what can be judged, and how old records are', async () => {
  const { columns, rows, totals } = await ask('staleness', { by: 'family', on: '2026-06-11' });
  expect(columns.map(({ name }: { name: string }) => name)).toEqual([
    ...['family', 'stale', 'current', 'staleShare', 'median:age', 'p90:age', 'min:updatedAt'],
  ]);
  // The degree is of a field that moves fast and took effect three years ago; six others are dated (one by its accreditation), and of slow fields.
  expect(rowsOf(rows)).toMatchObject({
    Degree: [1, 1, 0, 1, 11, 11, '2026-06-01'],
    Certificate: [3, 0, 3, 0, 11, 11, '2026-06-01'],
    Licence: [1, 0, 0, null, 11, 11, '2026-06-01'],
  });
  expect(totals).toMatchObject({ values: [1, 6, 0.1429, 11, 11, '2026-06-01'], unknown: [5, 5, 5, 0, 0, 0] });
});

test('presence tells which share of each kind of provider’s credentials states what', async () => {
  const { columns, rows, totals } = await ask('presence', { by: 'providerSector' });
  const names = columns.map(({ name }: { name: string }) => name);
  const told = (row: { values: unknown[] }, name: string) => row.values[names.indexOf(`share:${name}`) - 1];
  const sector = (name: string) => rows.find(({ by }: Row) => by[0] === name);
  // Of the seven public ones three say a cost, four a skill, two an outcome, and four are recognized.
  expect(['cost', 'skill', 'outcome', 'recognition'].map((name) => told(sector('Public'), name))).toEqual([
    ...[0.4286, 0.5714, 0.2857, 0.5714],
  ]);
  expect(['cost', 'skill', 'outcome', 'recognition'].map((name) => told(sector('PrivateForProfit'), name))).toEqual([
    ...[0.75, 0.5, 0, 0],
  ]);
  expect(told(totals, 'region')).toBe(0.9167);
});

describe('lapsing', () => {
  test('counts recognized credentials whose recognition ends in time, and lists what ends next', async () => {
    const { rows, totals, asked, until, agents, lapses, read } = await ask('lapsing');
    // The degree's accreditation states no end: of that nothing is known.
    expect(rowsOf(rows)).toEqual({ Certificate: [3, 2, 0.6667], Degree: [1, 0, null] });
    expect([totals, asked]).toEqual([{ n: 4, values: [2, 0.6667], unknown: [1, 1] }, 12]);
    expect([until, read]).toEqual(['2027-06-01', { credentials: 2, all: true }]);
    expect(
      lapses.map(({ credential, end, daysLeft, renewed }: Record<string, { name: string }>) => [
        credential?.name,
        end,
        daysLeft,
        renewed,
      ]),
    ).toEqual([
      ['Credential 4', '2026-07-15', 44, true],
      ['Credential 2', '2026-12-31', 213, false],
    ]);
    expect(agents).toMatchObject([{ name: 'Quality Board', role: 'accredited', credentials: 2, renewed: 1 }]);
  });

  test('looks as far as it is told', async () => {
    expect((await ask('lapsing', { months: '1' })).totals.values).toEqual([0, 0]);
    expect((await ask('lapsing', { months: '2' })).totals.values).toEqual([1, 0.3333]);
    const past = await ask('lapsing', { on: '2027-02-01' });
    expect(past.totals.n).toBe(3);
    expect((await market.get('/v1/market/lapsing', { months: '0' })).body).toMatchObject({
      errors: [{ parameter: 'months' }],
    });
  });
});

test('outcomes put only like with like, count what is withheld apart, and what states none', async () => {
  const { columns, rows, totals, meta } = await ask('outcomes');
  const names = columns.map(({ name }: { name: string }) => name);
  expect(names.slice(0, 8)).toEqual(['family', 'kind', 'metric', 'months', 'currency', 'figures', 'withheld', 'low']);
  const none = Array(7).fill(null);
  const silent = (family: string, n: number) => ({
    by: [family, null, null, null, null],
    n,
    values: [0, 0, ...none],
    unknown: Array(9).fill(n),
  });
  // 50,000 and 61,000 a year after; the third certificate's is withheld.
  expect(rows).toMatchObject([
    silent('badge', 4),
    {
      by: ['certificate', 'aggregateData', null, '12', 'USD'],
      n: 3,
      values: [2, 1, null, 55_500, null, null, null, null, null],
      unknown: [0, 0, 3, 1, 3, 3, 3, 3, 3],
    },
    silent('certification', 1),
    silent('degree', 1),
    silent('diploma', 1),
    silent('licence', 1),
    silent('microCredential', 1),
  ]);
  expect(totals).toEqual({ n: 12, values: [2, 1, ...none], unknown: [9, 9, ...Array(7).fill(12)] });
  expect([meta.total, meta.overlapping, meta.warnings]).toEqual([12, [], []]);
});

test('where nothing states an outcome, that is said with where records would state it', async () => {
  const { rows, totals, meta } = await ask('outcomes', { filter: 'family:badge' });
  expect(rows).toMatchObject([{ labels: ['Badge', ...Array(4).fill('(not stated)')], n: 4 }]);
  expect(totals).toMatchObject({ n: 4, unknown: Array(9).fill(4) });
  expect(meta.warnings).toEqual([
    'None of the 4 credentials asked about states an outcome: no earnings, jobs or awards in ceterms:aggregateData and the like, nor in a data set (qdata:DataSetProfile) about it.',
  ]);
});

test('every table comes as CSV, and is the same again for its snapshot', async () => {
  for (const topic of ['concentration', 'growth', 'presence', 'staleness', 'lapsing', 'outcomes', 'credit']) {
    const { text, status } = await market.get(`/v1/market/${topic}`, { format: 'csv' });
    expect([topic, status, text.split('\r\n').length > 1]).toEqual([topic, 200, true]);
    const { basis, rows } = await ask(topic);
    const again = new URL(basis.again);
    const repeated = await market.get(again.pathname, Object.fromEntries(again.searchParams));
    expect(repeated.body.rows).toEqual(rows);
    expect(repeated.body.basis.query.hash).toBe(basis.query.hash);
  }
});

test('the schemes are listed with their figures and where their categories went', async () => {
  const { status, body } = await market.get('/v1/market/classifications');
  expect(status).toBe(200);
  expect(body.results.map(({ id }: { id: string }) => id)).toEqual(['2019', '2021', '2022', '2025']);
  expect(body.results[2].crosswalk[0]).toEqual({ category: 'badges', to: '2025:badges', relation: 'same' });
});
