import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Dice } from '../contracts/generatedMarket.ts';
import { en, graph, openQueryMarket, price, type QueryMarket } from './queryMarket.ts';
import { randomTableMarket } from './randomTableMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-as-of-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dayMs = 86_400_000;
const on = '2026-07-01';

/** Questions of every kind: sums and shares, different values, percentiles, verdicts, structure. */
const questions: [topic: string, query: Record<string, string>][] = [
  ['', { by: 'family,region', metrics: 'count,providers,sum:cost,mean:cost,min:cost,max:days,share:cost,percent:row' }],
  ['', { by: 'providerSector', metrics: 'median:cost,p90:days,distinct:skill', filter: 'family:!badge' }],
  ['', { by: 'rule:workforce-pell,level', metrics: 'count' }],
  ['', { by: 'occupation.2,effective.year', metrics: 'count,median:credit', q: 'credential', suppress: '3' }],
  ['/concentration', { by: 'skill' }],
  ['/growth', { by: 'family', periods: '4' }],
  ['/deserts', { skill: 'chess', all: 'yes' }],
  ['/supply', { skills: 'welding|chess' }],
  ['/presence', {}],
  ['/staleness', {}],
  ['/outcomes', {}],
  ['/lapsing', {}],
  ['/credit', { days: '1000' }],
];

const answers = async (market: QueryMarket, more: Record<string, string>): Promise<unknown[]> => {
  const told: unknown[] = [];
  for (const [topic, query] of questions) {
    const { status, body } = await market.get(`/v1/market${topic}`, { on, ...query, ...more });
    expect([topic, status, body.detail]).toEqual([topic, 200, undefined]);
    const { rows, totals, columns, leaders, meta } = body;
    told.push({ topic, rows, totals, columns, leaders, total: meta.total, snapshot: meta.snapshot });
  }
  return told;
};

test('every question about an earlier state is answered as it was then, after weeks of changes', async () => {
  const market = await openQueryMarket(join(folder, 'one'), randomTableMarket(11, 40));
  const dice = new Dice(5);
  const then: { answers: unknown[]; seq: string; day: string }[] = [];
  let now = Date.UTC(2026, 5, 1);
  for (const seed of [21, 22, 23]) {
    const { body } = await market.get('/v1/market', {});
    const day = new Date(now).toISOString().slice(0, 10);
    then.push({ answers: await answers(market, {}), seq: String(body.meta.snapshot), day });
    market.pass(7 * dayMs);
    now += 7 * dayMs;
    // Some say something else, some are new, and one goes.
    for (const [at, document] of randomTableMarket(seed, 50).slice(4).entries())
      if (at >= 40 || dice.below(4) === 0) market.put(document);
    market.remove('credential', seed);
    await market.update();
  }
  const latest = await answers(market, {});
  for (const { answers: expected, seq, day } of then) {
    expect(await answers(market, { snapshot: seq })).toEqual(expected);
    expect(await answers(market, { asOf: seq })).toEqual(expected);
    expect(await answers(market, { asOf: day })).toEqual(expected);
    expect(latest).not.toEqual(expected);
  }
  await market.close();
}, 180_000);

test('what lies between two states adds up row by row, and is told record by record', async () => {
  const certificate = (number: number, amount: number) =>
    graph('credential', number, {
      '@type': 'ceterms:Certificate',
      'ceterms:name': en(`Credential ${number}`),
      'ceterms:estimatedCost': price(amount),
    });
  const market = await openQueryMarket(
    join(folder, 'three'),
    [1, 2, 3, 4].map((number) => certificate(number, 100)),
  );
  market.pass(7 * dayMs);
  // 1 stays, 2 becomes dear, 3 is withdrawn, 4 costs a little less, 5 is new.
  market.put(certificate(2, 900));
  market.remove('credential', 3);
  market.put(certificate(4, 90));
  market.put(certificate(5, 100));
  await market.update();
  market.pass(7 * dayMs);
  market.put(certificate(1, 700));
  await market.update();
  const changes = async (query: Record<string, string>) => {
    const { status, body } = await market.get('/v1/market/changes', { since: '2026-06-02', ...query });
    expect([status, body.detail]).toEqual([200, undefined]);
    return body;
  };
  const filter = 'cost:<500';
  const first = await changes({ filter, asOf: '2026-06-10', by: 'cost.bands(0|95)' });
  const rows = Object.fromEntries(
    first.rows.map(({ by, values }: { by: string[]; values: number[] }) => [by[0], values]),
  );
  // before, entered, left, moved, after
  expect(rows).toEqual({ '95..': [4, 1, 2, -1, 2], '0..95': [0, 0, 0, 1, 1] });
  expect(first.totals.values).toEqual([4, 1, 2, 0, 3]);
  const told = (side: { total: number; list: { name: string; reasons: { kind: string }[] }[] }) => [
    side.total,
    ...side.list.map(({ name, reasons }) => [name, ...reasons.map(({ kind }) => kind)]),
  ];
  expect(told(first.entered)).toEqual([1, ['Credential 5', 'published']]);
  expect(told(first.left)).toEqual([2, ['Credential 2', 'changed'], ['Credential 3', 'withdrawn']]);
  expect(first.left.list[0].reasons[0]).toMatchObject({
    clause: 'cost:<500',
    before: { amount: '100.00' },
    now: { amount: '900.00' },
  });
  expect(told(first.changed)).toEqual([1, ['Credential 4']]);
  expect(first.changed.list[0].changed).toEqual(expect.arrayContaining(['costs', 'totalCosts']));
  // The tables of both states say the same.
  const count = async (query: Record<string, string>) =>
    (await market.get('/v1/market', { filter, ...query })).body.totals.n;
  expect([await count({ asOf: '2026-06-02' }), await count({ asOf: '2026-06-10' }), await count({})]).toEqual([
    4, 3, 2,
  ]);
  const second = await changes({ filter });
  expect([second.totals.values, second.since.changed]).toEqual([[4, 1, 3, 0, 2], 5]);
  const search = async (query: Record<string, string>) =>
    (await market.get('/v1/credentials', { filter, ...query })).body;
  const { meta, results } = await search({ asOf: '2026-06-10', size: '0' });
  expect([meta.total, meta.totals, meta.on, results]).toEqual([3, { strict: 3, expanded: 3 }, '2026-06-10', []]);
  expect((await search({ asOf: '2026-06-10' })).errors[0]).toMatchObject({ parameter: 'asOf', suggestion: 'size=0' });
  const { body } = await market.get('/v1/market/changes', { since: '2026-06-02', suppress: '10' });
  expect([body.status, body.code]).toEqual([400, 'not_suppressed']);
  await market.close();
}, 60_000);

test('says what an earlier state rests on, and is judged on its own day unless told', async () => {
  const market = await openQueryMarket(join(folder, 'two'), randomTableMarket(1, 6));
  market.pass(3 * dayMs);
  market.remove('credential', 1);
  await market.update();
  const { body } = await market.get('/v1/market', { by: 'family', asOf: '2026-06-02' });
  expect([body.totals.n, body.meta.on]).toEqual([6, '2026-06-02']);
  expect(body.basis.asOf).toMatchObject({ seq: body.meta.snapshot, changedSince: 1, lost: 0 });
  expect((await market.get('/v1/market', {})).body).toMatchObject({ totals: { n: 5 }, basis: { asOf: null } });
  const again = new URL(body.basis.again);
  expect([...again.searchParams.keys()]).not.toContain('asOf');
  const repeated = await market.get(again.pathname, Object.fromEntries(again.searchParams));
  expect([repeated.body.rows, repeated.body.basis.query.hash]).toEqual([body.rows, body.basis.query.hash]);
  const fault = async (query: Record<string, string>) => {
    const { status, body: told } = await market.get('/v1/market', query);
    return [status, told.code, told.errors?.[0]?.parameter];
  };
  expect(await fault({ asOf: '2026-05-01' })).toEqual([400, 'history_does_not_reach', 'asOf']);
  expect(await fault({ asOf: '2027-01-01' })).toEqual([400, 'malformed_as_of', 'asOf']);
  expect(await fault({ asOf: 'yesterday' })).toEqual([400, 'malformed_as_of', 'asOf']);
  expect(await fault({ asOf: '999999' })).toEqual([400, 'malformed_as_of', 'asOf']);
  expect(await fault({ asOf: '1', snapshot: '1' })).toEqual([400, 'malformed_as_of', 'asOf']);
  expect(await fault({ asOf: '2026-06-02', unit: 'cluster' })).toEqual([400, 'clusters_are_not_kept', 'unit']);
  await market.close();
}, 60_000);
