import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundles } from '@credatlas/query';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dice } from '../contracts/generatedMarket.ts';
import { en, graph, iri, lasts, openQueryMarket, price, type QueryMarket, skill } from './queryMarket.ts';

interface Offer {
  number: number;
  skills: string[];
  cost?: number;
  days?: number;
}

/** A course that teaches the skills, and the certificate that requires it. */
function documentsOf({ number, skills, cost, days }: Offer) {
  return [
    graph('course', number, {
      '@type': 'ceterms:Course',
      'ceterms:name': en(`Course ${number}`),
      'ceterms:teaches': skills.map(skill),
    }),
    graph('credential', number, {
      '@type': 'ceterms:Certificate',
      'ceterms:name': en(`Certificate ${number}`),
      'ceterms:requires': [
        { '@type': 'ceterms:ConditionProfile', 'ceterms:targetLearningOpportunity': [iri('course', number)] },
      ],
      ...(cost === undefined ? {} : { 'ceterms:estimatedCost': price(cost) }),
      ...(days === undefined ? {} : { 'ceterms:estimatedDuration': lasts(`P${days}D`) }),
    }),
  ];
}

async function opened(offers: Offer[]): Promise<{ market: QueryMarket; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-bundles-'));
  const market = await openQueryMarket(folder, offers.flatMap(documentsOf));
  return {
    market,
    close: async () => {
      await market.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const numbersIn = ({ bundles: [first] }: Bundles): number[] =>
  first?.credentials.map(({ ctid }) => Number(ctid?.slice(-4))).sort((a, b) => a - b) ?? [];

describe('bundles', () => {
  // One for all is dear and short; two halves are cheap and long; one of unknown cost would be best if it were free.
  const offers: Offer[] = [
    { number: 1, skills: ['Juggling', 'Tumbling', 'Fire eating'], cost: 900, days: 10 },
    { number: 2, skills: ['Juggling', 'Tumbling'], cost: 300, days: 40 },
    { number: 3, skills: ['Fire eating'], cost: 200, days: 30 },
    { number: 4, skills: ['Fire eating'], cost: 200 },
    { number: 5, skills: ['Juggling', 'Tumbling', 'Fire eating'], days: 60 },
    { number: 6, skills: ['Clowning'] },
  ];
  let market: QueryMarket;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ market, close } = await opened(offers));
  });
  afterAll(() => close());
  const skills = 'Juggling|Tumbling|Fire eating';
  const ask = async (query: Record<string, string>): Promise<Bundles> => {
    const { status, body } = await market.get('/v1/bundles', query);
    expect(status).toBe(200);
    return body;
  };

  test('the cheapest: unknown costs are not free, but counted; of equals the lower id', async () => {
    const answer = await ask({ skills });
    expect(numbersIn(answer)).toEqual([2, 3]);
    expect(answer).toMatchObject({
      meta: { n: 3, candidates: 5, leftOut: 1, truncated: false },
      bundles: [{ cost: { amount: '500.00', currency: 'USD' }, days: 70 }],
      optimal: true,
      bound: { amount: '500.00', currency: 'USD' },
    });
    expect(answer.bundles[0]?.covers.map(({ credentials }) => credentials.length)).toEqual([1, 1, 1]);
  });

  test.each([
    [{ objective: 'days' }, [1], 10],
    [{ objective: 'count' }, [1], 1],
    [{ objective: 'count', filter: 'cost:none' }, [5], 1],
    [{ objective: 'days', filter: 'cost:<500' }, [2, 3], 70],
  ])('%j takes %j', async (query, expected, bound) => {
    const answer = await ask({ skills, ...query });
    expect(numbersIn(answer)).toEqual(expected);
    expect(answer).toMatchObject({ bound, optimal: true });
  });

  test('a skill that no candidate covers leaves no bundle, and says why', async () => {
    const answer = await ask({ skills: 'Juggling|Clowning|Levitating' });
    expect(answer).toMatchObject({ bundles: [], bound: null, unrecognized: ['Levitating'] });
    expect(answer.uncovered).toMatchObject([
      { asked: ['Clowning'], why: 'No credential within the filter covers it and states a cost in this currency.' },
      { asked: ['Levitating'], why: 'No skill is known by this name.' },
    ]);
  });

  test.each([
    [{ skills, objective: 'fame' }, 'objective'],
    [{}, 'skills'],
    [{ skills: Array.from({ length: 65 }, (_, at) => `trick ${at} x`).join('|') }, 'skills'],
    [{ skills, filter: 'cost' }, 'filter'],
  ])('%j is refused, naming %s', async (query, parameter) => {
    const { status, body } = await market.get('/v1/bundles', query as unknown as Record<string, string>);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ parameter });
  });
});

describe('random markets', () => {
  const names = [
    'Juggling',
    'Tumbling',
    'Fire eating',
    'Clowning',
    'Tightrope walking',
    'Sword swallowing',
    'Knife throwing',
    'Trapeze',
    'Unicycling',
    'Stilt walking',
  ];
  const randomOffers = (dice: Dice, size: number): Offer[] =>
    Array.from({ length: size }, (_, at) => ({
      number: at + 1,
      skills: names.filter(() => dice.below(4) === 0),
      ...(dice.below(5) > 0 ? { cost: 100 * (1 + dice.below(9)) } : {}),
      ...(dice.below(5) > 0 ? { days: 7 * (1 + dice.below(9)) } : {}),
    })).filter(({ skills }) => skills.length > 0);

  /** Tries every set of up to `n` offers, which is as many as a cover without a needless one can have. */
  function leastOf(offers: readonly Offer[], wanted: readonly string[], priceOf: (offer: Offer) => number | undefined) {
    const usable = offers.filter(
      (offer) => priceOf(offer) !== undefined && wanted.some((name) => offer.skills.includes(name)),
    );
    let best: number | undefined;
    const walk = (missing: readonly string[], spent: number): void => {
      if (best !== undefined && spent > best) return;
      const [first] = missing;
      if (first === undefined) {
        best = spent;
        return;
      }
      for (const offer of usable)
        if (offer.skills.includes(first))
          walk(
            missing.filter((name) => !offer.skills.includes(name)),
            spent + priceOf(offer)!,
          );
    };
    walk(wanted, 0);
    return best;
  }

  test.each([1, 2, 3, 4])(
    'the best of market %i are as good as trying all, and larger ones within their bound',
    async (seed) => {
      const dice = new Dice(seed);
      const offers = randomOffers(dice, 24);
      const { market, close } = await opened(offers);
      try {
        for (const size of [2, 4, 8, 10])
          for (const objective of ['cost', 'days', 'count'] as const) {
            const wanted = names.slice(0, size);
            const priceOf = { cost: ({ cost }: Offer) => cost, days: ({ days }: Offer) => days, count: () => 1 }[
              objective
            ];
            const { body } = await market.get('/v1/bundles', { skills: wanted.join('|'), objective });
            const least = leastOf(offers, wanted, priceOf);
            const taken = numbersIn(body).map((number) => offers.find((offer) => offer.number === number)!);
            const spent = taken.reduce((sum, offer) => sum + priceOf(offer)!, 0);
            const bound =
              body.bound === null ? undefined : objective === 'cost' ? Number(body.bound.amount) : body.bound;
            if (least === undefined) {
              expect(body.bundles).toEqual([]);
              expect(body.uncovered.length).toBeGreaterThan(0);
              continue;
            }
            for (const name of wanted) expect(taken.some((offer) => offer.skills.includes(name))).toBe(true);
            expect(bound).toBeLessThanOrEqual(least);
            if (size <= 8 || body.optimal) expect(spent).toBe(least);
            if (size <= 8) expect(body).toMatchObject({ optimal: true });
          }
      } finally {
        await close();
      }
    },
    60_000,
  );
});
