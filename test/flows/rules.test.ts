import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRules } from '@credatlas/query';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { code, ctid, en, graph, hours, iri, lasts, openQueryMarket, price, type QueryMarket } from './queryMarket.ts';

type Document = Record<string, unknown>;
const folder = mkdtempSync(join(tmpdir(), 'credatlas-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

const soc = (notation: string) => ({
  'ceterms:occupationType': code('Standard Occupational Classification', notation, 'Work'),
});
const requires = (more: Document) => ({
  'ceterms:requires': [{ '@type': 'ceterms:ConditionProfile', ...more }],
});
const completes = (percent: number) => ({
  '@type': 'ceterms:AggregateDataProfile',
  'ceterms:name': en('Completion rate'),
  'qdata:percentage': percent,
});
const earns = (median: number) => ({
  '@type': 'ceterms:AggregateDataProfile',
  'ceterms:medianEarnings': median,
  'ceterms:currency': 'USD',
});
const places = (percent: number) => ({
  '@type': 'ceterms:AggregateDataProfile',
  'ceterms:jobsObtained': [{ '@type': 'schema:QuantitativeValue', 'qdata:percentage': percent }],
});
const outcomes = (...profiles: Document[]) => ({ 'ceterms:aggregateData': profiles });
const leadsTo = (number: number) => ({
  'ceterms:isPreparationFor': [
    { '@type': 'ceterms:ConditionProfile', 'ceterms:targetCredential': [iri('credential', number)] },
  ],
});
const credential = (number: number, more: Document): Document =>
  graph('credential', number, {
    '@type': 'ceterms:Certificate',
    'ceterms:name': en(`Credential ${number}`),
    'ceterms:ownedBy': [iri('organization', 1)],
    ...more,
  });
const takes = (duration: string) => ({ 'ceterms:estimatedDuration': lasts(duration) });
const costs = (amount: number) => ({ 'ceterms:estimatedCost': price(amount) });

/** All that Workforce Pell asks of a record: 200 clock hours in ten weeks, good outcomes, for welders, leading on. */
const complete = {
  ...takes('P10W'),
  ...costs(3_000),
  ...requires({ 'ceterms:creditValue': hours(200, 'ClockHour') }),
  ...outcomes(completes(82), places(75), earns(40_000)),
  ...soc('51-4121'),
  ...leadsTo(2),
};

const documents: Document[] = [
  graph('organization', 1, { '@type': 'ceterms:CredentialOrganization', 'ceterms:name': en('Welding School') }),
  credential(1, complete),
  credential(2, takes('P20W')),
  credential(3, {}),
  credential(4, { ...complete, ...requires({ 'ceterms:creditValue': hours(600, 'ClockHour') }) }),
  credential(5, { ...complete, ...requires({ 'ceterms:creditValue': hours(4) }), ...takes('P56D') }),
  credential(6, { ...complete, ...outcomes(completes(70), places(-99_999), earns(40_000)) }),
  // 27,000 earned, less 3,100 paid, is 23,900: below 150 percent of the poverty guideline (23,940).
  credential(7, { ...complete, ...costs(3_100), ...outcomes(completes(70), places(70), earns(27_000)) }),
  // A code of another classification says nothing about a list of SOC codes.
  credential(8, {
    ...complete,
    'ceterms:occupationType': code('International Standard Classification of Occupations', '7212', 'Welders'),
  }),
  credential(9, { ...complete, ...soc('15-1252') }),
  credential(10, { ...complete, ...takes('P15W') }),
  credential(11, { ...complete, ...outcomes(completes(69.9), places(70), earns(40_000)) }),
];

/** A folder of rules: a list for Workforce Pell, and one rule of a user's own. */
const own = join(folder, 'own');
mkdirSync(own);
writeFileSync(join(own, 'list.json'), JSON.stringify({ list: 'in-demand-occupations', values: ['51-4121', '29'] }));
writeFileSync(
  join(own, 'ours.json'),
  JSON.stringify({
    id: 'ours',
    version: '1',
    title: 'Cheap, or short and dear',
    source: { title: 'Policy 7', publisher: 'Our board', url: 'https://board.example/7' },
    clauses: [
      {
        id: 'price',
        label: 'Under 3,050, or dearer and not longer than ten weeks',
        test: { any: ['cost:<3050', { all: [{ not: 'cost:<3050' }, 'days:<=70'] }] },
        source: { citation: 'Policy 7, 1' },
      },
      { id: 'stated', label: 'States a cost', test: { not: 'cost:none' }, source: { citation: 'Policy 7, 2' } },
    ],
  }),
);

let plain: QueryMarket;
let listed: QueryMarket;
beforeAll(async () => {
  plain = await openQueryMarket(join(folder, 'plain'), documents);
  listed = await openQueryMarket(join(folder, 'listed'), documents, { rules: own });
}, 60_000);
afterAll(async () => {
  await plain.close();
  await listed.close();
});

const numberOf = ({ ctid: own }: { ctid: string }): number => Number(own.slice(-11));
const results = async (market: QueryMarket, name: string, query: Record<string, string> = {}) => {
  const { status, body } = await market.get(`/v1/rules/${name}/results`, { sort: 'name', size: '50', ...query });
  expect(body.detail).toBeUndefined();
  expect(status).toBe(200);
  return body;
};
/** Number of the credential → its verdict. */
// biome-ignore lint/suspicious/noExplicitAny: answers are checked by the routes' own schemas.
const verdictsOf = (body: any): Record<number, string> =>
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  Object.fromEntries(body.results.map((each: any) => [numberOf(each), each.verdict]));
const found = async (market: QueryMarket, filter: string): Promise<number[]> => {
  const { body } = await market.get('/v1/credentials', { filter, size: '50' });
  expect(body.detail).toBeUndefined();
  return body.results.map(numberOf).sort((a: number, b: number) => a - b);
};

describe('Workforce Pell', () => {
  test('without a list of occupations nothing passes, and what fails fails all the same', async () => {
    const body = await results(plain, 'workforce-pell');
    expect(verdictsOf(body)).toEqual({
      ...{ 1: 'cannot-judge', 2: 'fail', 3: 'cannot-judge', 4: 'fail', 5: 'cannot-judge', 6: 'cannot-judge' },
      ...{ 7: 'fail', 8: 'cannot-judge', 9: 'cannot-judge', 10: 'fail', 11: 'fail' },
    });
    expect(body.meta.verdicts).toEqual({ pass: 0, fail: 5, cannotJudge: 6 });
    const first = body.results.find((each: { ctid: string }) => numberOf(each) === 1);
    expect(first.missing).toEqual([{ field: 'list in-demand-occupations', withheld: false, publish: null }]);
  });

  test('with a list of the state, who has all and who has it all but the occupation are told apart', async () => {
    expect(verdictsOf(await results(listed, 'workforce-pell'))).toEqual({
      ...{ 1: 'pass', 2: 'fail', 3: 'cannot-judge', 4: 'fail', 5: 'pass', 6: 'cannot-judge' },
      ...{ 7: 'fail', 8: 'cannot-judge', 9: 'fail', 10: 'fail', 11: 'fail' },
    });
  });

  test('counts verdicts by clause, and what keeps records from being judged', async () => {
    const { clauses, missing } = await results(listed, 'workforce-pell', { verdict: 'cannot-judge' });
    const counts = Object.fromEntries(
      clauses.map(({ id, verdicts: { pass, fail, cannotJudge } }: (typeof clauses)[number]) => [
        id,
        [pass, fail, cannotJudge],
      ]),
    );
    expect(counts).toEqual({
      hours: [8, 1, 2],
      weeks: [8, 2, 1],
      completion: [8, 1, 2],
      placement: [8, 0, 3],
      'value-added-earnings': [8, 1, 2],
      'in-demand': [7, 1, 3],
      stackable: [9, 0, 2],
    });
    // Credentials 3 (says nothing), 6 (placement withheld) and 8 (another classification).
    const of = Object.fromEntries(
      missing.map(({ field, credentials }: { field: string; credentials: number }) => [field, credentials]),
    );
    expect(of).toEqual({
      ...{ clockHours: 1, hours: 1, credit: 1, days: 1, completionRate: 1, earningsOverCost: 1, stacksInto: 1 },
      ...{ placementRate: 2, occupation: 2 },
    });
  });

  test('a figure that is kept back is told apart from one that nobody states', async () => {
    const { body } = await listed.get(`/v1/credentials/${ctid('credential', 6)}/rules`, { rule: 'workforce-pell' });
    const [{ verdict, missing, clauses }] = body.rules;
    expect([verdict, missing.map(({ field, withheld }: (typeof missing)[number]) => [field, withheld])]).toEqual([
      'cannot-judge',
      [['placementRate', true]],
    ]);
    expect(clauses.find(({ id }: { id: string }) => id === 'placement').source.citation).toContain(
      '20 U.S.C. 1070a(k)',
    );
  });

  test('a record that says nothing is told what to publish, field by field', async () => {
    const { body } = await listed.get(`/v1/credentials/${ctid('credential', 3)}/rules`);
    const pell = body.rules.find(({ id }: { id: string }) => id === 'workforce-pell');
    const publish = Object.fromEntries(
      pell.missing.map((each: { field: string; publish: string }) => [each.field, each.publish]),
    );
    expect(Object.keys(publish).sort()).toEqual([
      ...['clockHours', 'completionRate', 'credit', 'days', 'earningsOverCost', 'hours'],
      ...['occupation', 'placementRate', 'stacksInto'],
    ]);
    expect(publish.days).toContain('ceterms:estimatedDuration');
  });

  test('a length from so much to so much is judged by both ends', async () => {
    const between = (minimum: string, maximum?: string) => ({
      'ceterms:estimatedDuration': [
        {
          '@type': 'ceterms:DurationProfile',
          'ceterms:minimumDuration': minimum,
          ...(maximum ? { 'ceterms:maximumDuration': maximum } : {}),
        },
      ],
    });
    const market = await openQueryMarket(join(folder, 'spread'), [
      credential(1, between('P4W', 'P11W')),
      credential(2, between('P3M', 'P5M')),
      credential(3, between('P8W', 'P14W')),
      credential(4, between('P20W')),
      credential(5, between('P10W')),
      credential(6, between('P2W', 'P7W')),
    ]);
    const weeks = async (number: number): Promise<string> => {
      const { body } = await market.get(`/v1/credentials/${ctid('credential', number)}/rules`, {
        rule: 'workforce-pell',
      });
      return body.rules[0].clauses.find(({ id }: { id: string }) => id === 'weeks').verdict;
    };
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(weeks))).toEqual([
      ...['cannot-judge', 'cannot-judge', 'pass', 'fail', 'cannot-judge', 'fail'],
    ]);
    await market.close();
  });

  test('what the rule asks and no record can tell stands beside the answer', async () => {
    const { meta } = await results(plain, 'workforce-pell');
    expect(meta.notJudged.join()).toContain('Title IV');
  });
});

describe('verdicts elsewhere', () => {
  test('filter searches, alone, several, and the others', async () => {
    expect(await found(listed, 'rule:workforce-pell=pass')).toEqual([1, 5]);
    expect(await found(listed, 'rule:workforce-pell=cannot-judge')).toEqual([3, 6, 8]);
    expect(await found(listed, 'rule:workforce-pell=pass|workforce-pell=cannot-judge')).toEqual([1, 3, 5, 6, 8]);
    expect(await found(listed, 'rule:!workforce-pell=fail')).toEqual([1, 3, 5, 6, 8]);
    expect(await found(listed, '(rule:workforce-pell=pass|days:140)')).toEqual([1, 2, 5]);
  });

  test('are a facet that leaves out clauses of its own rule, and a dimension of tables', async () => {
    const { body } = await listed.get('/v1/credentials', {
      filter: 'rule:workforce-pell=pass',
      facets: 'rule:workforce-pell,rule:ours',
      size: '0',
    });
    const counts = (name: string) =>
      body.facets[name].buckets.map(({ value, count }: { value: string; count: number }) => [value, count]);
    expect(counts('rule:workforce-pell')).toEqual([
      ['pass', 2],
      ['fail', 6],
      ['cannot-judge', 3],
    ]);
    expect(counts('rule:ours')).toEqual([['pass', 2]]);
    const table = (
      await listed.get('/v1/market', { by: 'rule:workforce-pell', metrics: 'count,median:cost,percent:total' })
    ).body;
    expect(table.rows.map(({ by, values }: { by: string[]; values: number[] }) => [...by, ...values])).toEqual([
      ['fail', 6, 3_000, 54.55],
      ['cannot-judge', 3, 3_000, 27.27],
      ['pass', 2, 3_000, 18.18],
    ]);
    expect([table.meta.overlapping, table.rows[0].labels]).toEqual([[], ['Fails']]);
  });

  test('do not depend on the currency or mode of the question', async () => {
    expect((await results(listed, 'workforce-pell', { currency: 'EUR', mode: 'expanded' })).meta.verdicts).toEqual({
      pass: 2,
      fail: 6,
      cannotJudge: 3,
    });
  });

  test('a rule of our own is one more file, and rests on nothing that must be indexed', async () => {
    // 1 to 11 cost 3,000 but for 7, which is dearer and ten weeks long, and 2 and 3, which do not say: of these it is asked.
    expect(verdictsOf(await results(listed, 'ours'))).toEqual({
      ...{ 1: 'pass', 2: 'fail', 3: 'fail', 4: 'pass', 5: 'pass', 6: 'pass', 7: 'pass', 8: 'pass', 9: 'pass' },
      ...{ 10: 'pass', 11: 'pass' },
    });
    const { body } = await listed.get(`/v1/credentials/${ctid('credential', 2)}/rules`, { rule: 'ours' });
    expect(body.rules[0].clauses.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['cannot-judge', 'fail']);
  });

  test('what does not exist is refused, with the nearest', async () => {
    const fault = async (path: string, query: Record<string, string>) => {
      const { status, body } = await listed.get(path, query);
      return [status, body.code, body.errors?.[0]?.suggestion];
    };
    expect(await fault('/v1/credentials', { filter: 'rule:workforce-pel=pass' })).toEqual([
      400,
      'unknown_filter_value',
      'rule:workforce-pell=pass',
    ]);
    expect(await fault('/v1/credentials', { filter: 'rule:ours=pas' })).toEqual([
      400,
      'unknown_filter_value',
      'rule:ours=pass',
    ]);
    expect(await fault('/v1/credentials', { filter: 'rule:ours' })).toEqual([
      400,
      'malformed_filter',
      'rule:ours=pass',
    ]);
    expect((await fault('/v1/credentials', { filter: 'rule:none' })).slice(0, 2)).toEqual([400, 'malformed_filter']);
    expect(await fault('/v1/credentials', { facets: 'rule:our' })).toEqual([400, 'unknown_facet', 'rule:ours']);
    expect(await fault('/v1/market', { by: 'rule:our' })).toEqual([400, 'unknown_dimension', 'rule:ours']);
    expect(await fault('/v1/rules/our/results', {})).toEqual([404, 'unknown_rule', 'ours']);
    expect((await fault(`/v1/credentials/${ctid('credential', 99)}/rules`, {}))[0]).toBe(404);
  });
});

describe('a rule file', () => {
  const rule = {
    id: 'mine',
    version: '1',
    title: 'Mine',
    source: { title: 'T', publisher: 'P', url: 'https://p.example/' },
    clauses: [{ id: 'a', label: 'A', test: 'days:<10', source: { citation: 'C' } }],
  };
  const refusalOf = (value: unknown): string => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
    try {
      readRules(file);
    } catch (error) {
      return (error as Error).message.replace(file, 'FILE');
    }
    return 'taken';
  };
  const tested = (test: unknown): string => refusalOf({ ...rule, clauses: [{ ...rule.clauses[0], test }] });

  test('that is wrong is refused with file, place and remedy', () => {
    expect(refusalOf(rule)).toBe('taken');
    expect(refusalOf('{')).toMatch(/^FILE cannot be read: /);
    expect(tested('dys:<10')).toBe(
      'FILE is not as it should be: /clauses/0/test: there is no field "dys"; did you mean "days"?',
    );
    expect(tested({ any: ['days:<10', { not: 'days:soon' }] })).toMatch(
      /^FILE is not as it should be: \/clauses\/0\/test\/any\/1\/not: "soon" is no number for "days"\. Write digits/,
    );
    expect(tested('family:badgee')).toMatch(/"family" has no value "badgee"\. Values: badge, /);
    expect(tested('family:<3')).toContain('"family" holds names, so that ranges do not apply');
    expect(tested({ field: 'occupation', list: 'nowhere' })).toContain('/clauses/0/test: there is no list "nowhere"');
    expect(
      refusalOf({
        ...rule,
        lists: { l: { title: 'L' } },
        clauses: [{ ...rule.clauses[0], test: { field: 'days', list: 'l' } }],
      }),
    ).toContain('"days" is no field that lists can name values of');
    expect(tested('rule:workforce-pell=pass')).toContain('a rule cannot rest on a rule');
    expect(tested({ some: ['days:<10'] })).toContain('/clauses/0/test: a filter, or one of {"all": […]}');
    expect(refusalOf({ ...rule, clauses: [] })).toContain('/clauses: ');
    expect(refusalOf({ ...rule, id: '7' })).toContain('/id: small letters, digits and hyphens');
    expect(refusalOf({ list: 'l' })).toContain('/values: ');
  });
});
