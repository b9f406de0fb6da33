import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential } from '@credatlas/model';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openQueryMarket } from './queryMarket.ts';
import { randomTableMarket } from './randomTableMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-random-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Known = boolean | undefined;
type Test = string | { all: Test[] } | { any: Test[] } | { not: Test } | { first: Test[] };

const costOf = ({ totalCosts }: Credential): number | undefined => {
  const amount = totalCosts.find(({ currency }) => currency === 'USD')?.amount;
  return amount === undefined ? undefined : Number(amount);
};
const of = <T>(value: T | undefined, holds: (value: T) => boolean): Known =>
  value === undefined ? undefined : holds(value);
const some = (values: string[], holds: (value: string) => boolean): Known =>
  values.length === 0 ? undefined : values.some(holds);
const regions = ({ places }: Credential): string[] => places.flatMap(({ region }) => region ?? []);

/** What each filter means, told from the stored record alone. */
const leaves: Record<string, (credential: Credential) => Known> = {
  'cost:<500': (credential) => of(costOf(credential), (cost) => cost < 500),
  'cost:none': (credential) => costOf(credential) === undefined,
  'cost:<500|none': (credential) => (costOf(credential) ?? 0) < 500,
  'days:>=14': ({ durationDays }) => of(durationDays, (days) => days >= 14),
  'credit:3..60': ({ creditSemesterHours }) => of(creditSemesterHours, (credit) => credit >= 3 && credit <= 60),
  'family:badge|degree': ({ family }) => family === 'badge' || family === 'degree',
  'region:NJ': (credential) => some(regions(credential), (region) => region === 'NJ'),
  'region:!NJ': (credential) =>
    some(regions(credential), (region) => region !== 'NJ') && !regions(credential).includes('NJ'),
  'skill:chess': ({ skills }) =>
    some(
      skills.map(({ label }) => label),
      (label) => label === 'Chess',
    ),
  'skill:*': ({ skills }) => (skills.length > 0 ? true : undefined),
  'occupation:15': ({ occupations }) =>
    some(
      occupations.map(({ code }) => code ?? ''),
      (code) => code.startsWith('15'),
    ),
  'effective:>=2025': ({ dates }) => of(dates.effective, (day) => day >= '2025'),
};

const truth = { true: 1, false: 0, undefined: 0.5 };
const told = (known: Known): number => truth[String(known) as keyof typeof truth];

/** Kleene's logic as arithmetic: false 0, unknown a half, true 1. */
function reference(test: Test, credential: Credential): number {
  if (typeof test === 'string') return Math.min(...test.split(',').map((leaf) => told(leaves[leaf]!(credential))));
  if ('not' in test) return 1 - reference(test.not, credential);
  const parts = ('all' in test ? test.all : 'any' in test ? test.any : test.first).map((each) =>
    reference(each, credential),
  );
  if ('first' in test) return parts.find((part) => part !== 0.5) ?? 0.5;
  return 'all' in test ? Math.min(...parts) : Math.max(...parts);
}

const verdicts = new Map([
  [0, 'fail'],
  [0.5, 'cannot-judge'],
  [1, 'pass'],
]);

const leaf = fc.constantFrom(...Object.keys(leaves));
const { tests } = fc.letrec<{ tests: Test }>((tie) => ({
  tests: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.tuple(leaf, leaf).map((both) => both.join()),
    fc.record({ not: tie('tests') }),
    ...(['all', 'any', 'first'] as const).map((kind) =>
      fc.array(tie('tests'), { minLength: 1, maxLength: 3 }).map((parts) => ({ [kind]: parts }) as unknown as Test),
    ),
  ),
}));

test('any rule over a random market judges as three-valued logic does, in every door', async () => {
  const rules = fc.sample(tests, { seed: 7, numRuns: 60 }).map((own, at) => ({
    id: `rule-${at}x`,
    version: '1',
    title: `Rule ${at}`,
    source: { title: 'T', publisher: 'P', url: 'https://p.example/' },
    clauses: [{ id: 'only', label: 'Only', test: own, source: { citation: 'C' } }],
  }));
  const own = join(folder, 'rules');
  mkdirSync(own);
  for (const rule of rules) writeFileSync(join(own, `${rule.id}.json`), JSON.stringify(rule));
  const market = await openQueryMarket(join(folder, 'market'), randomTableMarket(3, 60), { rules: own });
  const stored = await market.stored();
  const seen = new Set<string>();
  for (const { id, clauses } of rules) {
    const expected = new Map(stored.map((each) => [each.id, verdicts.get(reference(clauses[0]!.test, each))!]));
    const { body } = await market.get(`/v1/rules/${id}/results`, { size: '100' });
    const judged = new Map(body.results.map((each: { id: string; verdict: string }) => [each.id, each.verdict]));
    // The verdict shown with a record is put together from its leaves; that of the counts by the engine.
    expect([id, new Map([...judged].sort())]).toEqual([id, new Map([...expected].sort())]);
    const table = await market.get('/v1/market', { by: `rule:${id}` });
    for (const verdict of verdicts.values()) {
      const count = [...expected.values()].filter((each) => each === verdict).length;
      const row = table.body.rows.find(({ by }: { by: string[] }) => by[0] === verdict);
      expect([id, verdict, row?.n ?? 0]).toEqual([id, verdict, count]);
      const { body: found } = await market.get('/v1/credentials', { filter: `rule:${id}=${verdict}`, size: '0' });
      expect([id, verdict, found.meta.total]).toEqual([id, verdict, count]);
      if (count > 0) seen.add(verdict);
    }
  }
  expect([...seen].sort()).toEqual(['cannot-judge', 'fail', 'pass']);
  await market.close();
}, 120_000);
