import { expect, test } from 'vitest';
import type { Credential } from './credential.ts';
import { prepareSummary, shownTier, summaryOf } from './summary.ts';
import { tierOn } from './tier.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const verdict = (value: 'high' | 'limited', rule: string, because: string[] = []) => ({ value, rule, because });

/** High while it was accredited, from 2024 to the end of June 2026. */
const credential = {
  id: 's:ce-1',
  uri: 'https://example.org/1',
  nameText: 'X',
  family: 'badge',
  types: [],
  educationRank: 0,
  levels: [],
  skills: [],
  credit: [],
  totalCosts: [
    { currency: 'EUR', amount: '7.00', basis: 'aggregate' },
    { currency: 'USD', amount: '9.00', basis: 'sum' },
  ],
  places: [],
  delivery: [],
  status: 'active',
  provenance: { updatedAt: '2026-01-01', source: 's' },
  tier: {
    policy: '1',
    periods: [
      { to: '2023', listed: verdict('limited', 'r1'), unlisted: verdict('limited', 'r1') },
      {
        from: '2024',
        to: '2026-06',
        listed: verdict('high', 'r2', ['held']),
        unlisted: verdict('high', 'r2', ['held']),
      },
      { from: '2026-07-01', listed: verdict('limited', 'r1'), unlisted: verdict('limited', 'r1') },
    ],
    evidence: [{ name: 'held', detail: 'Accredited.', paths: [], from: '2024', to: '2026-06' }],
    listings: [],
  },
} as unknown as Credential;

test('a prepared summary is in dollars, and says how long it holds', () => {
  const prepared = prepareSummary(credential, day('2026-03-01'));
  expect(JSON.parse(prepared.text)).toMatchObject({
    tier: { value: 'high', context: null, because: [{ rule: 'r2', evidence: 'held', detail: 'Accredited.' }] },
    cost: { amount: '9.00', currency: 'USD', basis: 'sum' },
    provider: null,
    level: { rank: null },
  });
  expect(prepared).toMatchObject({ from: day('2024-01-01'), until: day('2026-07-01') });
});

test('what nothing ends holds for good, and what nothing begins has always held', () => {
  expect(prepareSummary(credential, day('2026-07-01'))).toMatchObject({ from: day('2026-07-01') });
  expect(prepareSummary(credential, day('2026-07-01'))).not.toHaveProperty('until');
  expect(prepareSummary(credential, day('2020-01-01'))).not.toHaveProperty('from');
});

test('on every day it is the summary of that day, as long as it says that it holds', () => {
  for (let at = day('2023-11-01'); at < day('2026-09-01'); at += 86_400_000) {
    const { text, until = Infinity } = prepareSummary(credential, at);
    const lastDay = Math.min(until - 1, at + 30 * 86_400_000);
    const tier = shownTier(tierOn(credential.tier, lastDay), []);
    expect(text).toBe(JSON.stringify(summaryOf(credential, { currency: 'USD', tier })));
  }
});
