import { expect, test } from 'vitest';
import { lapsingDocuments } from './lapsingMarket.ts';
import { marketOfFile } from './marketOfFile.ts';
import { ctidOf, iriOf, thing } from './pathwayDocuments.ts';

const market = await marketOfFile(lapsingDocuments);

/** On the day that the market's clock shows: 2026-06-01. */
async function agreements(query: Record<string, string> = {}) {
  const { status, body } = await market.get('/v1/market/lapsing', { of: 'agreements', ...query });
  expect([status, body.detail]).toEqual([200, undefined]);
  return body;
}
type Row = { labels: string[]; n: number; values: unknown[] };
const rowsOf = (rows: Row[]) =>
  Object.fromEntries(rows.map(({ labels, n, values }) => [labels.join(' '), [n, ...values]]));
type Agent = { name: string; role: string; end: string; credentials: number; renewed: number };
const agentsOf = (agents: Agent[]) =>
  agents.map(({ name, role, end, credentials, renewed }) => [end, role, name, credentials, renewed]);

test('of all that holds on the day, what ends within a year is counted by any dimensions', async () => {
  const { rows, totals, columns, until, read, meta } = await agreements();
  // Of four badges that count elsewhere three lose it, and so do three of the four degrees that they count toward.
  expect(rowsOf(rows)).toEqual({ Badge: [4, 3, 0.75], Degree: [4, 3, 0.75] });
  expect([totals.n, totals.values, until, meta.on]).toEqual([8, [6, 0.75], '2027-06-01', '2026-06-01']);
  expect(columns[1].label).toBe('of these, those with an agreement or transfer value that ends in time');
  expect(read).toEqual({ credentials: 6, all: true });
});

test('each agreement is listed once, soonest first, also one that no credential is named in', async () => {
  const { agents } = await agreements();
  expect(agentsOf(agents)).toEqual([
    ['2026-07', 'agreement', 'Thing 80', 0, 0],
    ['2026-08-31', 'transferValue', 'Thing 62', 2, 0],
    ['2026-09', 'transferValue', 'Thing 72', 0, 0],
    ['2026-12', 'agreement', 'Thing 13', 2, 0],
    ['2027-05-31', 'transferValue', 'Thing 22', 2, 2],
  ]);
  const parties = (name: string) =>
    agents
      .find((agent: Agent) => agent.name === name)
      .parties.map((party: { role: string; name: string }) => `${party.role} ${party.name}`);
  expect(parties('Thing 13')).toEqual(['sending Organization 2', 'receiving Organization 1']);
  expect(parties('Thing 80')).toEqual(['sending Organization 2', 'receiving Organization 1']);
  expect(parties('Thing 62')).toEqual(['owner Organization 1']);
});

test('who loses what, toward what, and whether it goes on is told of each credential', async () => {
  const { lapses } = await agreements();
  const told = lapses.map(
    ({
      credential,
      role,
      agent,
      of,
      other,
      credit,
      end,
      daysLeft,
      renewed,
    }: Record<string, Record<string, unknown>>) => [
      `${credential?.name} ${role} ${other?.name}`,
      [credit?.min, credit?.max, credit?.unit],
      `${of} ${agent?.name}`,
      [end, daysLeft, renewed],
    ],
  );
  expect(told).toEqual([
    ['Thing 60 sending Thing 61', [2, 2, 'SemesterHour'], 'transferValue Thing 62', ['2026-08-31', 91, false]],
    ['Thing 61 receiving Thing 60', [2, 2, 'SemesterHour'], 'transferValue Thing 62', ['2026-08-31', 91, false]],
    ['Thing 10 sending Thing 11', [3, 6, 'SemesterHour'], 'agreement Thing 13', ['2026-12', 213, false]],
    ['Thing 11 receiving Thing 10', [3, 6, 'SemesterHour'], 'agreement Thing 13', ['2026-12', 213, false]],
    ['Thing 20 sending Thing 21', [3, 3, 'SemesterHour'], 'transferValue Thing 22', ['2027-05-31', 364, true]],
    ['Thing 21 receiving Thing 20', [3, 3, 'SemesterHour'], 'transferValue Thing 22', ['2027-05-31', 364, true]],
  ]);
});

test('months, day and filter narrow it', async () => {
  const near = await agreements({ months: '3' });
  expect([near.totals.values, agentsOf(near.agents).map(([end]) => end)]).toEqual([
    [2, 0.25],
    ['2026-07', '2026-08-31'],
  ]);
  // The day after the agreement: what it was about no longer holds either.
  expect((await agreements({ on: '2027-01-01' })).totals).toMatchObject({ n: 4, values: [2, 0.5] });
  const badges = await agreements({ filter: 'family:badge' });
  expect(badges.totals).toMatchObject({ n: 4, values: [3, 0.75] });
  // Of some credentials only what they are named in, which is said.
  expect([badges.listed, badges.meta.warnings]).toEqual([
    'named',
    [
      'Agreements and transfer values in which none of these credentials is named are not listed; without q and filter all are.',
    ],
  ]);
  expect(agentsOf(badges.agents)).toEqual([
    ['2026-08-31', 'transferValue', 'Thing 62', 1, 0],
    ['2026-12', 'agreement', 'Thing 13', 1, 0],
    ['2027-05-31', 'transferValue', 'Thing 22', 1, 1],
  ]);
});

test('the same snapshot lists the same again; of an earlier state only what its credentials are named in', async () => {
  const first = await agreements();
  const again = new URL(first.basis.again);
  const repeated = await market.get(again.pathname, Object.fromEntries(again.searchParams));
  expect([repeated.body.agents, repeated.body.listed]).toEqual([first.agents, 'all']);
  market.put(thing(95, 'ceterms:Certificate', { 'ceterms:name': { en: 'Another name' } }));
  await market.update();
  const past = await agreements({ asOf: String(first.meta.snapshot), on: '2026-06-01' });
  expect(agentsOf(past.agents).map(([, , name]) => name)).toEqual(['Thing 62', 'Thing 13', 'Thing 22']);
  expect([past.listed, past.meta.warnings]).toEqual([
    'named',
    [
      'Agreements and transfer values in which none of these credentials is named are not listed: of an earlier state only credentials are kept.',
    ],
  ]);
  expect((await agreements()).listed).toBe('all');
});

test('recognition is another topic, and others are refused', async () => {
  expect((await market.get('/v1/market/lapsing')).body).toMatchObject({
    totals: { n: 0 },
    agents: [],
    lapses: [],
    listed: 'named',
  });
  expect((await market.get('/v1/market/lapsing', { of: 'contracts' })).body).toMatchObject({
    status: 400,
    errors: [{ parameter: 'of' }],
  });
});

test('the pathways of an end that is listed tell the same', async () => {
  const { body } = await market.get('/v1/pathways', { from: ctidOf(10), lapsing: '12' });
  expect(body.answers).toMatchObject([{ verdict: 'match', steps: [{ to: { uri: iriOf(11) }, end: '2026-12' }] }]);
});
