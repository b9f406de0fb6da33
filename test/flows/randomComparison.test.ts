import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Comparison, SimilarList } from '@credatlas/query';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dice } from '../contracts/generatedMarket.ts';
import {
  code,
  ctid,
  en,
  graph,
  hours,
  iri,
  lasts,
  openQueryMarket,
  price,
  type QueryMarket,
  skill,
} from './queryMarket.ts';
import { type Facts, measureNames, referenceDominated, referenceSimilar } from './ReferenceComparison.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-comparison-'));
afterAll(() => rmSync(folder, { recursive: true }));

const topics = ['Welding', 'Baking', 'Chess', 'Falconry'];
const abilities = ['Juggling', 'Fire eating', 'Stilt walking', 'Knife throwing', 'Sword swallowing', 'Clowning about'];
const programs = ['110101', '110102', '110201', '480508'];

function randomFacts(dice: Dice, number: number): Facts {
  const some = <T>(all: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: dice.below(most + 1) }, () => dice.one(all))),
  ];
  const maybe = <Name extends string>(name: Name, value: number) =>
    (dice.below(4) > 0 ? { [name]: value } : {}) as { [key in Name]?: number };
  return {
    number,
    owner: 1 + dice.below(5),
    type: dice.one(['Certificate', 'Certificate', 'AssociateDegree', 'BachelorDegree', 'MasterDegree']),
    words: some(topics, 2),
    skills: some(abilities, 5),
    // Few different values, so that many are equal.
    ...maybe('cost', 100 * dice.below(4)),
    ...maybe('days', 7 * (1 + dice.below(3))),
    ...maybe('credit', 3 * (1 + dice.below(3))),
    ...(dice.below(3) > 0 ? { program: dice.one(programs) } : {}),
  };
}

function documentOf({ number, owner, type, words, skills, program, cost, days, credit }: Facts) {
  return graph('credential', number, {
    '@type': `ceterms:${type}`,
    'ceterms:name': en(['Certificate in', ...words].join(' ')),
    'ceterms:ownedBy': [iri('organization', owner)],
    'ceterms:requires': [
      {
        '@type': 'ceterms:ConditionProfile',
        'ceterms:targetCompetency': skills.map(skill),
        ...(credit === undefined ? {} : { 'ceterms:creditValue': hours(credit) }),
      },
    ],
    ...(cost === undefined ? {} : { 'ceterms:estimatedCost': price(cost) }),
    ...(days === undefined ? {} : { 'ceterms:estimatedDuration': lasts(`P${days}D`) }),
    ...(program === undefined
      ? {}
      : {
          'ceterms:instructionalProgramType': code(
            'Classification of Instructional Programs',
            `${program.slice(0, 2)}.${program.slice(2)}`,
            `Program ${program}`,
          ),
        }),
  });
}

const numberOf = (id: string | null): number => Number(id?.slice(-11));

describe.each([1, 2, 3])('random market %i', (seed) => {
  const dice = new Dice(seed);
  const all = Array.from({ length: 40 }, (_, at) => randomFacts(dice, at + 1));
  let market: QueryMarket;
  beforeAll(async () => {
    const owners = [1, 2, 3, 4, 5].map((number) =>
      graph('organization', number, {
        '@type': 'ceterms:CredentialOrganization',
        'ceterms:name': en(`House ${number}`),
      }),
    );
    market = await openQueryMarket(join(folder, String(seed)), [...owners, ...all.map(documentOf)]);
  }, 60_000);
  afterAll(() => market.close());

  test('what is needless in a comparison equals trying every pair', async () => {
    const chosen = fc.uniqueArray(fc.constantFrom(...all), { minLength: 2, maxLength: 12 });
    const measures = fc.uniqueArray(fc.constantFrom(...measureNames), { minLength: 1 });
    let found = 0;
    await fc.assert(
      fc.asyncProperty(chosen, measures, async (compared, by) => {
        const ids = compared.map(({ number }) => ctid('credential', number)).join(',');
        const { status, body } = await market.get('/v1/compare', { ids, measures: by.join(',') });
        expect(status).toBe(200);
        const told = (body as Comparison).dominated.map((each) => ({
          number: numberOf(each.id),
          by: numberOf(each.by),
          because: each.because.sort(),
        }));
        expect(told).toEqual(referenceDominated(compared, by));
        found += told.length;
      }),
      { numRuns: 150, seed },
    );
    expect(found).toBeGreaterThan(50);
  }, 120_000);

  test('what is similar equals looking at every other one, a short page its beginning', async () => {
    let found = 0;
    for (const one of all) {
      const path = `/v1/credentials/${ctid('credential', one.number)}/similar`;
      const { meta, results } = (await market.get(path, { size: '200' })).body as SimilarList;
      const told = results.map(({ ctid: own, likeness }) => ({ number: numberOf(own), likeness }));
      expect([one.number, told, meta.truncated]).toEqual([one.number, referenceSimilar(one, all), false]);
      found += told.length;
      const few = (await market.get(path, { size: '3' })).body as SimilarList;
      expect(few).toEqual({ meta: { ...meta, size: 3 }, results: results.slice(0, 3) });
    }
    expect(found).toBeGreaterThan(100);
  }, 60_000);
});
