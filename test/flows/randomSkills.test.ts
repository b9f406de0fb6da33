import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundles, Coverage } from '@credatlas/query';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dice } from '../contracts/generatedMarket.ts';
import { openQueryMarket, type QueryMarket } from './queryMarket.ts';
import { type Objective, referenceBundle, worthOf } from './ReferenceBundles.ts';
import { type Asked, coveredBy, referenceCoverage, type SkillsAsked, wantedOf } from './ReferenceCoverage.ts';
import { documentsOf, nameOf, type Offer, type Relation, skillNames } from './skillMarket.ts';

const relations: Relation[] = ['requires', 'teaches', 'assesses', 'recommends', 'inferred'];
const regions = { NJ: 'New Jersey', NY: 'New York' };

function randomOffer(dice: Dice, number: number): Offer {
  const statements = Array.from({ length: 1 + dice.below(7) }, () => ({
    skill: dice.one(skillNames),
    relation: dice.one(relations),
    form: dice.below(3),
  }));
  return {
    number,
    type: dice.one(['Certificate', 'DigitalBadge']),
    region: dice.one(Object.values(regions)),
    // Few different prices, so that many are equal; some nothing, some unknown.
    ...(dice.below(4) > 0 ? { cost: 100 * dice.below(5) } : {}),
    ...(dice.below(4) > 0 ? { days: 7 * (1 + dice.below(4)) } : {}),
    statements,
  };
}

const filters: Record<string, (offer: Offer) => boolean> = {
  '': () => true,
  'family:badge': ({ type }) => type === 'DigitalBadge',
  'region:NJ': ({ region }) => region === regions.NJ,
  'cost:<300': ({ cost }) => cost !== undefined && cost < 300,
  'cost:none': ({ cost }) => cost === undefined,
  '(region:NY|days:<=14)': ({ region, days }) => region === regions.NY || (days !== undefined && days <= 14),
};

/** Known skills under any of their names, some twice, now and then one that nobody knows. */
const namesOf = (most: number) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom(...skillNames), fc.nat(2)), { minLength: 1, maxLength: most }),
      fc.option(fc.constantFrom('Levitation for pay', 'levitation FOR pay', 'Time travel upwards'), {
        freq: 8,
        nil: undefined,
      }),
    )
    .map(([known, unknown]): Asked[] => [
      ...known.map(([skill, form]) => ({ text: nameOf(skill, form), skill })),
      ...(unknown ? [{ text: unknown, skill: undefined }] : []),
    ]);

const questions = (most: number) =>
  fc.record({
    names: namesOf(most),
    relations: fc.oneof(
      fc.constant<Relation[]>([]),
      fc.uniqueArray(fc.constantFrom(...relations.slice(0, 4)), { minLength: 1 }),
    ),
    mode: fc.constantFrom('strict' as const, 'expanded' as const),
    filter: fc.constantFrom(...Object.keys(filters)),
  });

const folder = mkdtempSync(join(tmpdir(), 'credatlas-skills-'));
afterAll(() => rmSync(folder, { recursive: true }));

const numberOf = ({ ctid }: { ctid: string | null }): number => Number(ctid?.slice(-11));

describe.each([1, 2, 8])('random market %i', (seed) => {
  const dice = new Dice(seed);
  const offers = Array.from({ length: 36 }, (_, at) => randomOffer(dice, at + 1));
  let market: QueryMarket;
  beforeAll(async () => {
    market = await openQueryMarket(join(folder, String(seed)), offers.flatMap(documentsOf));
  }, 60_000);
  afterAll(() => market.close());

  const ask = async <T>(path: string, given: { asked: SkillsAsked; filter: string }, more = {}): Promise<T> => {
    const { names, relations: wanted, mode } = given.asked;
    const skills = names.map(({ text }) => text).join('|');
    const query = { skills, relation: wanted.join('|'), mode, filter: given.filter, ...more };
    const { status, body } = await market.get(path, query);
    expect(status, JSON.stringify([query, body])).toBe(200);
    return body;
  };

  test('a filter takes a skill by any of its names', async () => {
    for (const skill of skillNames)
      for (const form of [0, 1, 2]) {
        const text = nameOf(skill, form);
        const asked = { names: [{ text, skill }], relations: [], mode: 'strict' as const, isWithin: () => true };
        const holders = offers.filter((offer) => coveredBy(offer, asked).length > 0);
        const { body } = await market.get('/v1/credentials', { filter: `skill:"${text}"`, size: '50' });
        expect([text, body.results.map(numberOf).sort((a: number, b: number) => a - b)]).toEqual([
          text,
          holders.map(({ number }) => number),
        ]);
      }
  });

  test('coverage equals trying every offer', async () => {
    const least = fc.oneof(
      fc.constant({}),
      fc.record({ min: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ share: fc.constantFrom(0.2, 0.25, 0.333, 0.5, 0.6, 0.75, 1) }),
    );
    await fc.assert(
      fc.asyncProperty(questions(7), least, async ({ filter, ...given }, how: { min?: number; share?: number }) => {
        const asked = { ...given, isWithin: filters[filter]! };
        const expected = referenceCoverage(offers, asked, how);
        fc.pre((how.min ?? 1) <= expected.n);
        const more = {
          ...Object.fromEntries(Object.entries(how).map(([name, value]) => [name, String(value)])),
          size: '50',
        };
        const { meta, unrecognized, results } = await ask<Coverage>('/v1/coverage', { asked, filter }, more);
        expect(meta).toMatchObject({ n: expected.n, min: expected.min, total: expected.ranked.length });
        const other = asked.mode === 'strict' ? 'expanded' : 'strict';
        const { ranked } = referenceCoverage(offers, { ...asked, mode: other }, how);
        expect(meta.totals).toEqual({ [asked.mode]: expected.ranked.length, [other]: ranked.length });
        expect(unrecognized).toEqual(expected.unrecognized);
        expect(results.map(numberOf)).toEqual(expected.ranked.map(({ number }) => number));
        const skillAt = new Map(asked.names.map(({ text, skill }) => [text, skill]));
        results.forEach(({ covered, missing }, at) => {
          const row = expected.ranked[at]!;
          expect(covered.map((each) => skillAt.get(each.asked[0]!))).toEqual(row.covered);
          expect(missing.map((each) => skillAt.get(each.asked[0]!) ?? each.asked[0])).toEqual(
            expect.arrayContaining([...row.missing, ...expected.unrecognized]),
          );
          expect(covered.length + missing.length).toBe(expected.n);
        });
      }),
      { numRuns: 200, seed },
    );
  }, 120_000);

  test('bundles equal trying every set of offers', async () => {
    const objectives = fc.constantFrom<Objective>('cost', 'days', 'count');
    await fc.assert(
      fc.asyncProperty(questions(11), objectives, async ({ filter, ...given }, objective) => {
        const asked = { ...given, isWithin: filters[filter]! };
        const { n } = wantedOf(asked);
        const expected = referenceBundle(offers, asked, objective);
        const { meta, uncovered, bundles, optimal, bound } = await ask<Bundles>(
          '/v1/bundles',
          { asked, filter },
          { objective },
        );
        expect(meta).toMatchObject({ n, candidates: expected.candidates, leftOut: expected.leftOut });
        const unknown = wantedOf(asked).unrecognized;
        expect(uncovered).toHaveLength(expected.uncovered.length + unknown.length);
        const [bundle] = bundles;
        if (!expected.best) {
          expect([bundle, bound]).toEqual([undefined, null]);
          return;
        }
        const limit = typeof bound === 'object' ? Number(bound?.amount) : bound;
        const numbers = bundle!.credentials.map(numberOf);
        const taken = numbers.map((number) => offers.find((offer) => offer.number === number)!);
        const spent = taken.reduce((sum, offer) => sum + worthOf(offer, objective)!, 0);
        if (n <= 8) {
          expect([numbers, optimal, limit]).toEqual([expected.best.numbers, true, expected.best.value]);
        } else {
          const { skills } = wantedOf(asked);
          expect(new Set(taken.flatMap((offer) => coveredBy(offer, asked)))).toEqual(new Set(skills));
          expect(limit).toBeLessThanOrEqual(expected.best.value);
          expect(spent).toBeGreaterThanOrEqual(expected.best.value);
          if (optimal) expect(spent).toBe(expected.best.value);
        }
      }),
      { numRuns: 150, seed },
    );
  }, 120_000);
});
