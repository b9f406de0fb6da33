import type { PathwayList } from '@credatlas/query';
import { describe, expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import {
  agreement,
  choice,
  condition,
  ctidOf,
  iriOf,
  organization,
  owned,
  pathway,
  semesterHours,
  thing,
  transferValue,
} from './pathwayDocuments.ts';
import { concept, en } from './queryMarket.ts';

/** Who receives, who sends, and who recommends. */
const [college, bootcamp, guild] = [1, 2, 3] as const;
const active = { 'ceterms:credentialStatusType': concept('credentialStat:Active') };

const badge = (number: number, node = {}) =>
  thing(number, 'ceterms:DigitalBadge', owned(bootcamp, { ...active, ...node }));
const degree = (number: number, node = {}) =>
  thing(number, 'ceterms:BachelorDegree', owned(college, { ...active, ...node }));
const course = (number: number, node = {}) => thing(number, 'ceterms:Course', owned(college, node));
const period = (start: string, end: string) => ({ 'ceterms:startDate': start, 'ceterms:endDate': end });

const documents = [
  ...[college, bootcamp, guild].map(organization),
  // Under an agreement.
  badge(10),
  degree(11),
  transferValue(12, { from: [10], for: [11], by: [bootcamp], credit: semesterHours(3, 6) }),
  agreement(13, { sending: bootcamp, receiving: college, values: [12], start: '2025-01-01', end: '2026-12' }),
  // By one side, by nobody's side, without a receiver, without an amount, for nothing, in another unit, by both.
  badge(20),
  degree(21),
  degree(22),
  degree(23),
  degree(24),
  degree(25),
  degree(26),
  transferValue(27, { from: [20], for: [21], by: [college], credit: semesterHours(4.5, 4.5, 'QuarterHour') }),
  transferValue(28, { from: [20], for: [22], by: [bootcamp], credit: semesterHours(3) }),
  transferValue(29, { from: [20], for: [23], by: [guild], credit: semesterHours(3) }),
  transferValue(30, { from: [20], by: [guild], credit: semesterHours(2) }),
  transferValue(31, { from: [20], for: [24], by: [college] }),
  transferValue(32, { from: [20], for: [25], by: [college], credit: semesterHours(0) }),
  transferValue(33, { from: [20], for: [26], by: [bootcamp, college], credit: semesterHours(1) }),
  // Said by one record or by both.
  badge(40, { 'ceterms:isPreparationFor': [condition({ Credential: [42, 43] })] }),
  badge(41, { 'ceterms:isRecommendedFor': [iriOf(42)] }),
  degree(42, { 'ceterms:preparationFrom': [iriOf(40)] }),
  degree(43),
  degree(44, {
    'ceterms:advancedStandingFrom': [condition({ Credential: [40] }, { 'ceterms:creditValue': semesterHours(6) })],
    'ceterms:recommends': [condition({ Credential: [41] })],
  }),
  // What is over, and what has not begun.
  badge(50, { 'ceterms:credentialStatusType': concept('credentialStat:Deprecated') }),
  badge(51),
  degree(52, { 'ceterms:advancedStandingFrom': [iriOf(50)], 'ceterms:expirationDate': '2026-06-01' }),
  degree(53, { 'ceterms:advancedStandingFrom': [iriOf(51)], 'ceterms:dateEffective': '2027' }),
  degree(54),
  transferValue(55, {
    from: [51],
    for: [54],
    by: [college],
    credit: semesterHours(3),
    more: { 'ceterms:lifeCycleStatusType': concept('lifeCycle:Ceased') },
  }),
  // Chains: 3 into a course, the course into a programme, and that into a degree; and 3 quarter hours into what counts 12.
  badge(60),
  course(61, { 'ceterms:creditValue': semesterHours(4) }),
  thing(62, 'ceterms:LearningProgram', owned(college, { 'ceterms:hasPart': [iriOf(61)] })),
  degree(63, {
    'ceterms:requires': [condition({ LearningOpportunity: [62] }, { 'ceterms:creditValue': semesterHours(120) })],
  }),
  transferValue(64, { from: [60], for: [61], by: [college], credit: semesterHours(3) }),
  badge(65),
  badge(66),
  degree(67),
  transferValue(68, { from: [65], for: [66], by: [bootcamp], credit: semesterHours(3, 3, 'QuarterHour') }),
  transferValue(69, { from: [66], for: [67], by: [college], credit: semesterHours(12) }),
  // Alternatives, a choice within a choice, and what counts through another.
  course(70, { 'ceterms:creditValue': semesterHours(3) }),
  course(71, { 'ceterms:creditValue': semesterHours(4) }),
  course(72, { 'ceterms:creditValue': semesterHours(5) }),
  course(56, { 'ceterms:creditValue': semesterHours(0) }),
  degree(57, { 'ceterms:requires': [condition({ LearningOpportunity: [56] })] }),
  degree(73, {
    'ceterms:requires': [
      condition({ LearningOpportunity: [70] }),
      condition(
        { LearningOpportunity: [71] },
        { 'ceterms:alternativeCondition': [condition({ LearningOpportunity: [72] })] },
      ),
    ],
  }),
  badge(74),
  badge(75),
  degree(76),
  transferValue(77, { from: [74], for: [76], by: [college], credit: semesterHours(3) }),
  transferValue(78, { from: [75], for: [76], by: [college], credit: semesterHours(6) }),
  transferValue(79, { from: [74], for: [75], by: [bootcamp], credit: semesterHours(2) }),
  // A pathway: the degree asks for 81, and for two of 82, 83 and one of (84, 85), the last two by way of a group.
  ...[81, 82, 83, 84, 85].map((number, index) => course(number, { 'ceterms:creditValue': semesterHours(index + 1) })),
  degree(86),
  pathway(800, {
    by: college,
    components: [
      {
        number: 806,
        stands: 86,
        node: { 'ceterms:hasCondition': [choice(undefined, [801], [choice(2, [802, 803, 807])])] },
      },
      { number: 801, stands: 81 },
      { number: 802, stands: 82 },
      { number: 803, stands: 83 },
      { number: 804, stands: 84 },
      { number: 805, stands: 85 },
      { number: 807, node: { 'ceterms:hasCondition': [choice(1, [804, 805])] } },
    ],
  }),
  // Both sides say it, differently.
  badge(90),
  degree(91),
  transferValue(92, {
    from: [90],
    for: [91],
    by: [college],
    credit: semesterHours(3),
    more: period('2025-01-01', '2027-01-31'),
  }),
  transferValue(93, { from: [90], for: [91], by: [bootcamp], credit: semesterHours(6) }),
  degree(94),
  transferValue(95, {
    from: [90],
    for: [94],
    by: [college],
    credit: semesterHours(3),
    more: period('2020-01-01', '2024-12-31'),
  }),
  transferValue(96, {
    from: [90],
    for: [94],
    by: [bootcamp],
    credit: semesterHours(3),
    more: period('2020-01-01', '2027-12-31'),
  }),
  // Programmes under an agreement that does not say what counts; one value under an old and a new agreement.
  thing(100, 'ceterms:LearningProgram', owned(bootcamp)),
  thing(101, 'ceterms:LearningProgram', owned(college)),
  agreement(102, {
    sending: bootcamp,
    receiving: college,
    more: { 'ceterms:sendingProgram': [iriOf(100)], 'ceterms:receivingProgram': [iriOf(101)] },
  }),
  badge(103),
  degree(104),
  transferValue(105, { from: [103], for: [104], by: [guild], credit: semesterHours(3) }),
  agreement(106, { sending: bootcamp, receiving: college, values: [105], end: '2025-08-31' }),
  agreement(107, { sending: bootcamp, receiving: college, values: [105], start: '2025-09-01' }),
  // A course that only the transfer value knows of, with its owner.
  badge(110),
  transferValue(111, {
    from: [110],
    by: [college],
    credit: semesterHours(3),
    more: {
      'ceterms:transferValueFor': [
        { '@type': 'ceterms:Course', 'ceterms:name': en('Elective'), 'ceterms:ownedBy': [iriOf(college)] },
      ],
    },
  }),
  // More than can be shown, most of them over.
  degree(1_000),
  ...Array.from({ length: 260 }, (_, index) => badge(2_001 + index)),
  ...Array.from({ length: 260 }, (_, index) =>
    transferValue(3_001 + index, {
      from: [2_001 + index],
      for: [1_000],
      by: [college],
      credit: semesterHours(3),
      more: index < 245 ? period('2020-01-01', '2021-01-01') : {},
    }),
  ),
  // A certificate of one hour, by a course that is required and is one of two alternatives besides; the other is of six.
  course(130, { 'ceterms:creditValue': semesterHours(1) }),
  course(131, { 'ceterms:creditValue': semesterHours(6) }),
  thing(132, 'ceterms:Certificate', {
    ...owned(college),
    'ceterms:requires': [
      condition({ LearningOpportunity: [130] }),
      condition(
        { LearningOpportunity: [130] },
        { 'ceterms:alternativeCondition': [condition({ LearningOpportunity: [131] })] },
      ),
    ],
  }),
  degree(133, { 'ceterms:requires': [condition({ Credential: [132] })] }),
  // Two share one condition.
  badge(120),
  badge(121),
  degree(122, {
    'ceterms:advancedStandingFrom': [
      condition({ Credential: [120, 121] }, { 'ceterms:creditValue': semesterHours(9) }),
    ],
  }),
];

const market = await marketOfFile(documents);

/** On the day that the market's clock shows: 2026-06-01. */
async function pathways(query: { from?: number; to?: number; on?: string; hops?: string; lapsing?: string }) {
  const { from, to, ...rest } = query;
  const ends = { ...(from ? { from: ctidOf(from) } : {}), ...(to ? { to: ctidOf(to) } : {}) };
  const { status, body } = await market.get('/v1/pathways', { ...ends, ...rest });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as PathwayList;
}

/** `Thing 1 -transferValue-> Thing 2: match 3..6`. */
function told({ answers }: PathwayList): string[] {
  return answers.map(({ steps, verdict, credit }) => {
    const chain = steps.map(({ via, to }) => ` -${via}-> ${to.name}`).join('');
    const amount = credit ? ` ${credit.min}..${credit.max} ${credit.unit}` : '';
    return `${steps[0]?.from.name}${chain}: ${verdict}${amount}`;
  });
}

describe('one step', () => {
  test('an agreement that both are party to is a match, with its parties, its days and its credit', async () => {
    const { answers } = await pathways({ from: 10, to: 11 });
    expect(answers).toMatchObject([
      {
        verdict: 'match',
        credit: { min: 3, max: 6, unit: 'SemesterHour' },
        steps: [
          {
            via: 'transferValue',
            end: '2026-12',
            unknown: [],
            agreement: {
              name: 'Thing 13',
              start: '2025-01-01',
              end: '2026-12',
              parties: [
                { role: 'sending', name: 'Organization 2' },
                { role: 'receiving', name: 'Organization 1' },
              ],
            },
          },
        ],
      },
    ]);
  });

  test.each([
    ['2024-12-31', 'miss', 'Thing 13 does not hold yet: it starts on 2025-01-01.'],
    ['2025-01-01', 'match', 'Both sides agree: Thing 13 (Thing 12).'],
    ['2026-12-31', 'match', 'Both sides agree: Thing 13 (Thing 12).'],
    ['2027-01-01', 'miss', 'Thing 13 has expired: it ended on 2026-12.'],
  ])('on %s it is a %s', async (on, verdict, why) => {
    const { answers, meta } = await pathways({ from: 10, to: 11, on });
    expect(answers).toMatchObject([{ verdict, why: [why] }]);
    expect(meta.on).toBe(on);
  });

  test.each([
    [21, 'match', [], 'Organization 1 says so (Thing 27).'],
    [22, 'maybe', ['receivingSide'], 'Only Organization 2, which sends, says so (Thing 28).'],
    [23, 'maybe', ['receivingSide'], 'Organization 3, which is neither side, says so (Thing 29).'],
    [30, 'maybe', ['receivingSide', 'to'], 'Toward what it counts is not stated.'],
    [24, 'maybe', ['credit'], 'How much counts is not stated.'],
    [25, 'miss', [], 'Not accepted: the credit that is stated is zero.'],
    [26, 'match', [], 'Organization 1 says so (Thing 33).'],
  ])('a transfer value toward %i is a %s for want of %j', async (to, verdict, unknown, why) => {
    const { answers } = await pathways({ from: 20, to });
    expect(answers).toMatchObject([{ verdict, steps: [{ unknown }] }]);
    expect(answers[0]?.why).toContain(why);
  });

  test('quarter hours are told in semester hours too', async () => {
    const { answers } = await pathways({ from: 20, to: 21 });
    expect(answers[0]?.credit).toMatchObject({ min: 4.5, unit: 'QuarterHour', semesterHours: { min: 3, max: 3 } });
  });

  test('what both records say is one answer with both statements, the receiving one first', async () => {
    const { answers, conflicts } = await pathways({ from: 40, to: 42 });
    expect(answers).toHaveLength(1);
    expect(answers[0]?.verdict).toBe('match');
    const speakers = answers[0]?.steps
      .flatMap((step) => [step, ...step.others])
      .map(({ speaker, statedIn }) => [speaker, statedIn.name]);
    expect(speakers).toEqual([
      ['receiving', 'Thing 42'],
      ['sending', 'Thing 40'],
    ]);
    expect(conflicts).toEqual([]);
  });

  test('out of a badge and into a degree, best first', async () => {
    expect(told(await pathways({ from: 40 }))).toEqual([
      'Thing 40 -advancedStanding-> Thing 44: match 6..6 SemesterHour',
      'Thing 40 -preparation-> Thing 42: match',
      'Thing 40 -preparation-> Thing 43: maybe',
    ]);
    expect(told(await pathways({ to: 44 }))).toEqual([
      'Thing 40 -advancedStanding-> Thing 44: match 6..6 SemesterHour',
      'Thing 41 -recommendation-> Thing 44: maybe',
    ]);
  });

  test.each([
    [50, 52, '2026-06-01', 'Thing 50 has ended.'],
    [50, 52, '2026-06-02', 'Thing 52 has expired: it ended on 2026-06-01.'],
    [51, 53, '2026-06-01', 'Thing 53 does not hold yet: it starts on 2027.'],
    [51, 54, '2026-06-01', 'Thing 55 has ended.'],
  ])('from %i to %i on %s is a miss that says why', async (from, to, on, why) => {
    const { answers } = await pathways({ from, to, on });
    expect(answers[0]?.verdict).toBe('miss');
    expect(answers[0]?.why).toContain(why);
  });

  test('a course that is worth nothing is required all the same', async () => {
    expect(told(await pathways({ from: 56, to: 57 }))).toEqual([
      'Thing 56 -requirement-> Thing 57: match 0..0 SemesterHour',
    ]);
  });

  test('what is the sum of its courses is that sum, whatever one of them states', async () => {
    expect((await pathways({ from: 132, to: 133 })).answers).toMatchObject([
      { verdict: 'match', credit: { min: 1, max: 1, unit: 'SemesterHour' } },
    ]);
  });

  test('programmes under an agreement that does not say what counts are a maybe', async () => {
    expect((await pathways({ from: 100, to: 101 })).answers).toMatchObject([
      {
        verdict: 'maybe',
        steps: [{ via: 'transferAgreement', unknown: ['credit'], agreement: { name: 'Thing 102' } }],
      },
    ]);
  });

  test('a transfer value under an old and a new agreement holds by the one that holds', async () => {
    const { answers, conflicts } = await pathways({ from: 103, to: 104 });
    expect(answers).toMatchObject([{ verdict: 'match', steps: [{ agreement: { name: 'Thing 107' } }] }]);
    expect(answers[0]?.steps.flatMap((step) => [step, ...step.others]).map(({ verdict }) => verdict)).toEqual([
      'match',
      'miss',
    ]);
    expect(conflicts).toEqual([]);
  });

  test('a course that has no record is known by what names it, its owner included', async () => {
    expect((await pathways({ from: 110 })).answers).toMatchObject([
      { verdict: 'match', steps: [{ to: { id: null, name: 'Elective' } }] },
    ]);
  });

  test('credit that one condition states for two things is not the credit of either', async () => {
    const { answers, total } = await pathways({ to: 122 });
    expect(answers.map(({ verdict, credit }) => [verdict, credit])).toEqual([
      ['match', null],
      ['match', null],
    ]);
    expect(answers[0]?.why).toContain('Of 9 semester hours for 2 things together it is not stated how much is whose.');
    expect(total?.brought.credit).toMatchObject([{ min: 9, max: 9, unit: 'SemesterHour' }]);
  });

  test('when nothing is stated, both ends given, that is the answer', async () => {
    const { answers, meta } = await pathways({ from: 10, to: 22 });
    expect([meta.total, meta.verdicts]).toEqual([1, { match: 0, maybe: 0, miss: 1 }]);
    expect(answers).toEqual([
      {
        verdict: 'miss',
        steps: [],
        credit: null,
        why: ['No stored record says that Thing 10 counts toward Thing 22 within 3 steps.'],
      },
    ]);
    expect(await pathways({ from: 11 })).toMatchObject({ meta: { total: 0, verdicts: { miss: 0 } }, answers: [] });
  });
});

describe('an organization stands for what it awards', () => {
  const asked = async (query: Record<string, string>) => {
    const { status, body } = await market.get('/v1/pathways', query);
    expect(status).toBe(200);
    return body as PathwayList;
  };

  test('into one degree, with the sum of what it brings', async () => {
    const { answers, total, meta } = await asked({ from: ctidOf(bootcamp), to: ctidOf(91) });
    expect(told({ answers } as PathwayList)).toEqual(['Thing 90 -transferValue-> Thing 91: match 3..3 SemesterHour']);
    expect(total?.brought.credit).toMatchObject([{ max: 3 }]);
    expect(meta.from).toMatchObject({ name: 'Organization 2', types: ['ceterms:CredentialOrganization'] });
    expect((await asked({ from: ctidOf(guild), to: ctidOf(91) })).answers).toMatchObject([
      { verdict: 'miss', steps: [] },
    ]);
  });

  test('out of one badge, into whatever it offers', async () => {
    const all = await pathways({ from: 65 });
    expect(told(all)).toHaveLength(2);
    expect(told(await asked({ from: ctidOf(65), to: ctidOf(college) }))).toEqual([
      'Thing 65 -transferValue-> Thing 66 -transferValue-> Thing 67: match 2..2 SemesterHour',
    ]);
  });

  test('and what stays within it is not told', async () => {
    const { answers, total, meta } = await asked({ from: ctidOf(bootcamp), hops: '1' });
    const ends = answers.map(({ steps }) => [steps[0]!.from.provider, steps[0]!.to.provider]);
    expect(ends.length).toBeGreaterThan(10);
    expect(ends.every(([from, to]) => from === 'Organization 2' && to !== 'Organization 2')).toBe(true);
    expect(total).toBeNull();
    // It has some three hundred badges that count somewhere.
    expect(meta.truncated).toBe(true);
  });
});

test('of more than can be shown the best are, and the answer says so', async () => {
  const { answers, meta, total } = await pathways({ to: 1_000 });
  expect(meta.truncated).toBe(true);
  expect(answers).toHaveLength(200);
  expect(answers.filter(({ verdict }) => verdict === 'match')).toHaveLength(15);
  expect(answers[14]?.verdict).toBe('match');
  expect(total?.brought.credit).toMatchObject([{ min: 45, max: 45 }]);
});

describe('chains', () => {
  const expected =
    'Thing 60 -transferValue-> Thing 61 -part-> Thing 62 -requirement-> Thing 63: match 3..3 SemesterHour';

  test('go through a course and its programme into the degree, with the credit that came in', async () => {
    expect(told(await pathways({ from: 60, to: 63 }))).toEqual([expected]);
    expect(told(await pathways({ from: 60 }))).toEqual([
      'Thing 60 -transferValue-> Thing 61: match 3..3 SemesterHour',
      'Thing 60 -transferValue-> Thing 61 -part-> Thing 62: match 3..3 SemesterHour',
      expected,
    ]);
    expect(told(await pathways({ to: 63 }))).toContain(expected);
  });

  test('are no longer than asked', async () => {
    expect(told(await pathways({ from: 60, hops: '2' }))).toHaveLength(2);
    expect((await pathways({ from: 60, to: 63, hops: '2' })).answers).toMatchObject([{ verdict: 'miss', steps: [] }]);
  });

  test('never count credit twice: what counts in between is no more than what came in', async () => {
    expect(told(await pathways({ from: 65, to: 67 }))).toEqual([
      'Thing 65 -transferValue-> Thing 66 -transferValue-> Thing 67: match 2..2 SemesterHour',
    ]);
  });

  test('what can be brought from elsewhere counts through the courses it is for', async () => {
    expect((await pathways({ to: 63 })).total?.brought).toMatchObject({
      credit: [{ min: 3, max: 3, unit: 'SemesterHour' }],
      counted: [{ from: { name: 'Thing 60' }, to: { name: 'Thing 61' } }],
    });
  });
});

describe('in all', () => {
  test('alternatives are not added up', async () => {
    expect((await pathways({ to: 73 })).total?.madeOf.credit).toMatchObject([{ min: 7, max: 8, unit: 'SemesterHour' }]);
  });

  test('what counts toward something that is counted is inside it', async () => {
    const { total } = await pathways({ to: 76 });
    expect(total?.brought).toMatchObject({
      credit: [{ min: 6, max: 6 }],
      counted: [{ from: { name: 'Thing 75' } }],
      leftOut: [{ from: { name: 'Thing 74' }, why: 'Counted within Thing 75.' }],
    });
  });

  test('of a choice as many count as it asks for, groups within included', async () => {
    const { answers, total } = await pathways({ to: 86 });
    expect(told({ answers } as PathwayList)).toEqual(
      [85, 84, 83, 82, 81].map(
        (number) => `Thing ${number} -pathway-> Thing 86: match ${number - 80}..${number - 80} SemesterHour`,
      ),
    );
    expect(answers[0]?.steps[0]?.choices.map(({ required }) => required)).toEqual([null, 2, 1]);
    expect(answers[0]?.why).toEqual([
      'Organization 1 says so (Thing 800).',
      'It is one of several, of which 2 count.',
      'It is one of several, of which 1 counts.',
    ]);
    // 81 (1), and of 82 (2), 83 (3) and the better of 84 (4) and 85 (5) two; or the lesser two.
    expect(total?.madeOf.credit).toMatchObject([{ min: 6, max: 9 }]);
  });

  test('a pathway can be asked for itself', async () => {
    expect((await pathways({ to: 800 })).meta.verdicts).toEqual({ match: 5, maybe: 0, miss: 0 });
  });
});

describe('what disagrees and what ends', () => {
  test('two sides that state other credit are a conflict, and the receiving side counts', async () => {
    const { answers, conflicts } = await pathways({ from: 90, to: 91 });
    expect(answers).toMatchObject([{ verdict: 'match', credit: { max: 3 } }]);
    expect(conflicts).toMatchObject([
      {
        about: ['credit'],
        statements: [
          { speaker: 'receiving', statedIn: { name: 'Thing 92' }, credit: [{ max: 3 }] },
          { speaker: 'sending', statedIn: { name: 'Thing 93' }, credit: [{ max: 6 }] },
        ],
      },
    ]);
  });

  test('one side that goes on after it is over for the other is a conflict, and no match', async () => {
    const { answers, conflicts } = await pathways({ from: 90, to: 94 });
    expect(answers).toMatchObject([{ verdict: 'maybe' }]);
    expect(conflicts).toMatchObject([{ about: ['period'] }]);
  });

  test('lapsing shows what ends within so many months', async () => {
    expect(told(await pathways({ from: 10, lapsing: '7' }))).toEqual([
      'Thing 10 -transferValue-> Thing 11: match 3..6 SemesterHour',
    ]);
    expect(told(await pathways({ from: 10, lapsing: '6' }))).toEqual([]);
    // It is stated, and does not end: nothing is told, and nothing denied.
    expect(await pathways({ from: 10, to: 11, lapsing: '6' })).toMatchObject({ meta: { total: 0 }, answers: [] });
    expect((await pathways({ to: 91, lapsing: '8' })).total?.brought.credit).toMatchObject([{ max: 3 }]);
  });
});

test.each([
  [{}, 'from', 400],
  [{ from: 'nothing' }, 'from', 404],
  [{ to: 'nothing' }, 'to', 404],
  [{ from: ctidOf(10), to: iriOf(10) }, 'to', 400],
  [{ from: ctidOf(10), on: '2026-02-30' }, 'on', 400],
  [{ from: ctidOf(10), hops: '4' }, 'hops', 400],
  [{ from: ctidOf(10), hops: '' }, 'hops', 400],
  [{ from: ctidOf(10), lapsing: '0' }, 'lapsing', 400],
  [{ from: '' }, 'from', 400],
  [{ from: ctidOf(10), depth: '3' }, 'depth', 400],
])('%j is refused for %s', async (query, parameter, status) => {
  const answer = await market.get('/v1/pathways', query as Record<string, string>);
  expect(answer.status).toBe(status);
  expect(answer.body.errors).toMatchObject([{ parameter }]);
});
