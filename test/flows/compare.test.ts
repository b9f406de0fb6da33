import type { Comparison } from '@credatlas/query';
import { expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import { condition, ctidOf, iriOf, organization, owned, semesterHours, thing } from './pathwayDocuments.ts';
import { en, price, skill } from './queryMarket.ts';

const [college, board] = [1, 2] as const;
const dayMs = 86_400_000;

const teaching = (names: string[]) => condition({}, { 'ceterms:targetCompetency': names.map(skill) });
const certificate = (number: number, node = {}) => thing(number, 'ceterms:Certificate', owned(college, node));
const accreditation = (number: number, of: number, end: string) =>
  thing(number, 'ceterms:AccreditAction', {
    'ceterms:actingAgent': [iriOf(board)],
    'ceterms:object': iriOf(of),
    'ceterms:startDate': '2024-01-01',
    'ceterms:endDate': end,
  });

const documents = [
  organization(college),
  organization(board),
  certificate(10, {
    'ceterms:estimatedCost': price(900),
    'ceterms:requires': [{ ...teaching(['Chess', 'Go']), 'ceterms:creditValue': semesterHours(3) }],
    'ceterms:isPreparationFor': [iriOf(20)],
    'ceterms:dateEffective': '2024-02-01',
  }),
  certificate(11, {
    'ceterms:estimatedCost': price(600),
    'ceterms:requires': [{ ...teaching(['Chess']), 'ceterms:creditValue': semesterHours(4.5, 4.5, 'QuarterHour') }],
    'ceterms:isAdvancedStandingFor': [iriOf(20)],
    'ceterms:subject': [skill('Chess')],
  }),
  thing(20, 'ceterms:BachelorDegree', owned(college)),
  accreditation(30, 10, '2026-06-30'),
  accreditation(31, 11, '2025-12-31'),
];

const market = await marketOfFile(documents);

async function compare(ids: (number | string)[], query: Record<string, string> = {}): Promise<Comparison> {
  const named = ids.map((id) => (typeof id === 'number' ? ctidOf(id) : id)).join(',');
  const { status, body } = await market.get('/v1/compare', { ids: named, ...query });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const valuesOf = ({ rows }: Comparison, field: string): unknown[] | undefined =>
  rows.find((row) => row.field === field)?.values;

test('credit is shown as stated and in semester hours', async () => {
  const comparison = await compare([10, 11]);
  expect(valuesOf(comparison, 'credit')).toEqual([3, 3]);
  expect(valuesOf(comparison, 'creditStated')).toEqual([
    [{ value: 3, unit: 'SemesterHour' }],
    [{ value: 4.5, unit: 'QuarterHour' }],
  ]);
});

test('recognition is that which holds on the day, and says why there is none', async () => {
  const held = [{ role: 'accredited', agent: 'Organization 2', end: '2026-06-30' }];
  const today = await compare([10, 11]);
  expect(valuesOf(today, 'recognitionHeld')).toEqual([held, null]);
  expect(today.missing).toContainEqual({
    id: today.credentials[1]?.id,
    field: 'recognitionHeld',
    reason: 'none of what is stated holds on 2026-06-01',
  });
  expect(valuesOf(await compare([10, 11], { on: '2026-07-01' }), 'recognitionHeld')).toEqual([null, null]);
});

test('what one leads to and accepts is named, and what both lead to once', async () => {
  const { next, pathways, ...comparison } = await compare([10, 11, 20]);
  const [ten, eleven, twenty] = comparison.credentials.map(({ id }) => id);
  expect(next).toMatchObject([{ to: { id: twenty }, from: [ten, eleven] }]);
  expect(pathways.map(({ from, relation, direction, to }) => [from, relation, direction, to.id])).toEqual([
    [ten, 'isPreparationFor', 'out', twenty],
    [eleven, 'isAdvancedStandingFor', 'out', twenty],
  ]);
  expect(valuesOf({ ...comparison, next, pathways }, 'acceptsFrom')).toEqual([
    null,
    null,
    [
      { id: ten, name: 'Thing 10' },
      { id: eleven, name: 'Thing 11' },
    ],
  ]);
});

test('what makes one needless is judged by the measures asked for', async () => {
  const [ten, eleven] = (await compare([10, 11])).credentials.map(({ id }) => id);
  expect((await compare([10, 11])).dominated).toEqual([]);
  expect((await compare([10, 11], { measures: 'cost,credit' })).dominated).toEqual([
    { id: ten, by: eleven, because: ['cost'] },
  ]);
  expect((await compare([10, 11], { measures: 'skills,credit' })).dominated).toEqual([
    { id: eleven, by: ten, because: ['skills'] },
  ]);
});

test('a table is a line per measure and skill', async () => {
  const { headers, text } = await market.get('/v1/compare', { ids: `${ctidOf(10)},${ctidOf(11)}`, format: 'csv' });
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  const lines = text.split('\r\n');
  expect(lines[0]).toBe('field,Thing 10,Thing 11,note');
  expect(lines).toContain('cost,USD 900.00,USD 600.00,');
  expect(lines).toContain('credit,3,3,');
  expect(lines.filter((line) => line.startsWith('skill: '))).toEqual([
    'skill: Chess,requires (labelOnly),requires (labelOnly),',
    'skill: Go,requires (labelOnly),,',
  ]);
});

test('two versions of one credential are told as what changed', async () => {
  const before = (await market.get('/v1/credentials', { size: '0' })).body.meta.snapshot;
  market.pass(2 * dayMs);
  market.put(certificate(11, { 'ceterms:name': en('Chess'), 'ceterms:estimatedCost': price(700) }));
  await market.update();
  const { credentials, changes, rows } = await compare([`${ctidOf(11)}@${before}`, 11]);
  const [older, newer] = credentials.map(({ id }) => id);
  expect(older).toBe(`${newer}@${before}`);
  expect(changes).toMatchObject([{ from: older, to: newer, truncated: false }]);
  expect(changes[0]?.fields).toContainEqual({ path: '/nameText', before: 'Thing 11', after: 'Chess' });
  expect(changes[0]?.fields.filter(({ path }) => path === '/subjects')).toEqual([
    { path: '/subjects', before: { key: 'chess', label: 'Chess' }, after: null },
  ]);
  expect(rows.find(({ field }) => field === 'cost')?.values).toMatchObject([
    { amount: '600.00' },
    { amount: '700.00' },
  ]);
  expect((await compare([`${ctidOf(11)}@2026-06-02`, 11])).changes[0]?.fields).toEqual(changes[0]?.fields);
});

test.each([
  [{ ids: `${ctidOf(10)},${ctidOf(11)}`, measures: 'price' }, 'measures', 400],
  [{ ids: `${ctidOf(10)},${ctidOf(11)}`, measures: '' }, 'measures', 400],
  [{ ids: `${ctidOf(10)},${ctidOf(11)}`, format: 'xml' }, 'format', 400],
  [{ ids: `${ctidOf(10)},${ctidOf(10)}@1` }, 'ids', 404],
  [{ ids: `${ctidOf(10)},${ctidOf(10)}@2026-02-30` }, 'ids', 400],
  [{ ids: `${ctidOf(10)},nothing@3` }, 'ids', 404],
])('%j is refused for %s', async (query, parameter, status) => {
  const answer = await market.get('/v1/compare', query as Record<string, string>);
  expect([answer.status, answer.body.errors?.[0]?.parameter]).toEqual([status, parameter]);
});
