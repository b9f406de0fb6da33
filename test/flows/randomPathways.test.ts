import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PathwayList } from '@credatlas/query';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import {
  agreement,
  condition,
  ctidOf,
  iriOf,
  organization,
  semesterHours,
  thing,
  transferValue,
} from './pathwayDocuments.ts';
import { concept, openQueryMarket, type QueryMarket } from './queryMarket.ts';
import { type Market, type Period, ReferencePathways, type Saying, type Thing } from './ReferencePathways.ts';

const owners = [1, 2, 3];
const numbers = [11, 12, 13, 14, 15, 16, 17];

const period = fc.constantFrom<Period>(
  { isOver: false, isToCome: false },
  { isOver: false, isToCome: false },
  { isOver: true, isToCome: false },
  { isOver: false, isToCome: true },
);
const owner = fc.constantFrom(...owners);
const number = fc.constantFrom(...numbers);
const ends = fc.uniqueArray(number, { minLength: 2, maxLength: 4 });
const amount = fc.constantFrom(1, 2, 3, 6);

const things: fc.Arbitrary<Thing[]> = fc.tuple(
  ...numbers.map((own) =>
    fc
      .record({
        owner,
        isCourse: fc.boolean(),
        hasEnded: fc.constantFrom(false, false, false, false, false, true),
        amount: fc.option(amount),
      })
      .map(({ amount: credit, ...rest }) => ({
        number: own,
        ...rest,
        ...(credit !== null && rest.isCourse ? { credit } : {}),
      })),
  ),
);

const value: fc.Arbitrary<Saying> = fc
  .record({
    ends,
    split: fc.constantFrom(1, 2),
    by: owner,
    credit: fc.option(fc.constantFrom<readonly [number, number]>([0, 0], [1, 1], [3, 3], [3, 3], [2, 6])),
    period,
    agreements: fc.array(fc.record({ sending: owner, receiving: owner, period }), { maxLength: 2 }),
  })
  .map(({ ends: all, split, by, credit, period: when, agreements }) => ({
    says: 'transferValue',
    number: 0,
    from: all.slice(0, Math.min(split, all.length - 1)),
    for: all.slice(Math.min(split, all.length - 1)),
    by,
    ...(credit ? { credit } : {}),
    ...when,
    agreements: agreements.map(({ period: its, ...parties }) => ({ number: 0, ...parties, ...its })),
  }));

const pair = fc.uniqueArray(number, { minLength: 2, maxLength: 2 });
const plain: fc.Arbitrary<Saying> = fc
  .record({
    says: fc.constantFrom('advancedStanding' as const, 'preparation' as const, 'part' as const),
    pair,
    by: fc.constantFrom('from' as const, 'to' as const),
    credit: fc.option(amount),
  })
  .map(({ says, pair: [from, to], by, credit }) => ({
    says,
    from: from!,
    to: to!,
    by,
    ...(credit !== null && says === 'advancedStanding' ? { credit } : {}),
  }));
const recommendation: fc.Arbitrary<Saying> = pair.map(([from, to]) => ({
  says: 'recommendation',
  from: from!,
  to: to!,
}));
const requirement: fc.Arbitrary<Saying> = fc
  .record({ ends, isChoice: fc.boolean() })
  .map(({ ends: [to, ...asked], isChoice }) => ({
    says: 'requirement',
    to: to!,
    alternatives: isChoice ? asked.map((each) => [each]) : [asked],
  }));

const markets: fc.Arbitrary<Market> = fc
  .record({
    things,
    sayings: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: value },
        { weight: 3, arbitrary: plain },
        { weight: 1, arbitrary: recommendation },
        { weight: 2, arbitrary: requirement },
      ),
      { minLength: 3, maxLength: 10 },
    ),
  })
  .map(({ things: all, sayings }) => ({ things: all, sayings: sayings.map(numbered) }));

/** Transfer values are numbered from 100, and their agreements after them. */
function numbered(saying: Saying, index: number): Saying {
  if (saying.says !== 'transferValue') return saying;
  const own = 100 + index * 10;
  const agreements = saying.agreements.map((each, place) => ({ ...each, number: own + 1 + place }));
  return { ...saying, number: own, agreements };
}

type Node = Record<string, unknown>;

function daysOf({ isOver, isToCome }: Period): { start?: string; end?: string } {
  return { ...(isToCome ? { start: '2026-06-02' } : {}), ...(isOver ? { end: '2026-05-31' } : {}) };
}

function documentsOf({ things: all, sayings }: Market): Node[] {
  const isCourse = new Map(all.map((each) => [each.number, each.isCourse]));
  const targets = (asked: number[]): Record<string, number[]> => {
    const courses = asked.filter((each) => isCourse.get(each));
    const credentials = asked.filter((each) => !isCourse.get(each));
    return {
      ...(courses.length > 0 ? { LearningOpportunity: courses } : {}),
      ...(credentials.length > 0 ? { Credential: credentials } : {}),
    };
  };
  return [
    ...owners.map(organization),
    ...all.map((each) =>
      thing(each.number, each.isCourse ? 'ceterms:Course' : 'ceterms:Certificate', {
        'ceterms:ownedBy': [iriOf(each.owner)],
        ...(each.hasEnded
          ? each.isCourse
            ? { 'ceterms:lifeCycleStatusType': concept('lifeCycle:Ceased') }
            : { 'ceterms:credentialStatusType': concept('credentialStat:Deprecated') }
          : {}),
        ...(each.credit === undefined ? {} : { 'ceterms:creditValue': semesterHours(each.credit) }),
        ...statedBy(each.number, sayings, targets),
      }),
    ),
    ...sayings.flatMap((saying) => (saying.says === 'transferValue' ? transferOf(saying) : [])),
  ];
}

/** Its own conditions and relations, a list for each property. */
function statedBy(own: number, sayings: Saying[], targets: (asked: number[]) => Record<string, number[]>): Node {
  const said = sayings.flatMap((saying): [string, unknown][] => {
    if (saying.says === 'transferValue') return [];
    if (saying.says === 'requirement') {
      if (saying.to !== own) return [];
      const [first, ...others] = saying.alternatives.map((asked) => condition(targets(asked)));
      return [['requires', { ...first, ...(others.length > 0 ? { 'ceterms:alternativeCondition': others } : {}) }]];
    }
    if (saying.says === 'recommendation')
      return saying.to === own ? [['recommends', condition(targets([saying.from]))]] : [];
    const isFrom = saying.by === 'from';
    if ((isFrom ? saying.from : saying.to) !== own) return [];
    const other = isFrom ? saying.to : saying.from;
    if (saying.says === 'part') return [[isFrom ? 'isPartOf' : 'hasPart', iriOf(other)]];
    const credit = saying.credit === undefined ? {} : { 'ceterms:creditValue': semesterHours(saying.credit) };
    return [[names[saying.says][isFrom ? 0 : 1], condition(targets([other]), credit)]];
  });
  const byProperty = Map.groupBy(said, ([property]) => `ceterms:${property}`);
  return Object.fromEntries([...byProperty].map(([property, values]) => [property, values.map(([, each]) => each)]));
}

const names = {
  advancedStanding: ['isAdvancedStandingFor', 'advancedStandingFrom'],
  preparation: ['isPreparationFor', 'preparationFrom'],
} as const;

function transferOf(saying: Extract<Saying, { says: 'transferValue' }>): Node[] {
  const { start, end } = daysOf(saying);
  return [
    transferValue(saying.number, {
      from: saying.from,
      for: saying.for,
      by: [saying.by],
      ...(saying.credit ? { credit: semesterHours(...saying.credit) } : {}),
      more: { ...(start ? { 'ceterms:startDate': start } : {}), ...(end ? { 'ceterms:endDate': end } : {}) },
    }),
    ...saying.agreements.map(({ number: own, sending, receiving, ...when }) =>
      agreement(own, { sending, receiving, values: [saying.number], ...daysOf(when) }),
    ),
  ];
}

function told({ answers }: PathwayList): string[] {
  const numberOf = (ctid: string | null): number => Number(ctid?.slice(-12));
  return answers.flatMap(({ steps, verdict, credit }) => {
    if (steps.length === 0) return [];
    const chain = steps.map(({ via, to }) => ` -${via}-> ${numberOf(to.ctid)}`).join('');
    return [`${numberOf(steps[0]!.from.ctid)}${chain}: ${verdict}${credit ? ` ${credit.min}..${credit.max}` : ''}`];
  });
}

/** What a thing is worth by itself, which other rules decide: a credential is worth the sum of its courses. */
async function withCredit(market: QueryMarket, all: Thing[]): Promise<Thing[]> {
  return Promise.all(
    all.map(async ({ credit: _credit, ...rest }) => {
      const { body } = await market.get(`/v1/credentials/${ctidOf(rest.number)}`);
      return body.creditSemesterHours === undefined ? rest : { ...rest, credit: body.creditSemesterHours };
    }),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'credatlas-random-pathways-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a random market is answered as by trying everything', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(markets, async (given) => {
      const market = await openQueryMarket(join(folder, String(run++)), documentsOf(given));
      const reference = new ReferencePathways({ ...given, things: await withCredit(market, given.things) });
      const ask = async (query: { from?: number; to?: number }): Promise<PathwayList> => {
        const { body } = await market.get(
          '/v1/pathways',
          Object.fromEntries(Object.entries(query).map(([end, each]) => [end, ctidOf(each)])),
        );
        expect(body.meta.truncated).toBe(false);
        return body;
      };
      for (const own of numbers) {
        const into = await ask({ to: own });
        expect(told(await ask({ from: own })).sort()).toEqual(reference.answers({ from: own }).sort());
        expect(told(into).sort()).toEqual(reference.answers({ to: own }).sort());
        expect(into.total?.brought.credit[0]?.max ?? 0).toBe(reference.mostBrought(own));
        const other = numbers[(numbers.indexOf(own) + 3) % numbers.length]!;
        const both = { from: own, to: other };
        expect(told(await ask(both)).sort()).toEqual(reference.answers(both).sort());
      }
      await market.close();
    }),
    { numRuns: 25 },
  );
});
