import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckList } from '@credatlas/query';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { condition, ctidOf, iriOf, organization, owned, thing } from './pathwayDocuments.ts';
import { code, concept, en, openQueryMarket, price, type QueryMarket } from './queryMarket.ts';

/** Who owns, who accredits and says so, and who keeps silent. */
const [college, board, silent] = [1, 2, 3] as const;

const certificate = (number: number, node = {}) => thing(number, 'ceterms:Certificate', owned(college, node));
const course = (number: number) => thing(number, 'ceterms:Course', owned(college));
const requires = (course_: number) => ({ 'ceterms:requires': [condition({ LearningOpportunity: [course_] })] });

const documents = [
  thing(board, 'ceterms:QACredentialOrganization', {
    'ceterms:name': en('Organization 2'),
    'ceterms:accredits': [iriOf(10), iriOf(11), iriOf(college)],
  }),
  organization(silent),
  thing(college, 'ceterms:CredentialOrganization', {
    'ceterms:name': en('Organization 1'),
    'ceterms:accreditedBy': [iriOf(board)],
  }),
  course(50),
  course(51),
  certificate(10, {
    'ceterms:credentialStatusType': concept('credentialStat:Active'),
    'ceterms:dateEffective': '2023-01-01',
    'ceterms:expirationDate': '2026-12-31',
    'ceterms:renewalFrequency': 'P2Y',
    'ceterms:accreditedBy': [iriOf(board)],
    'ceterms:approvedBy': [iriOf(silent)],
    'ceterms:recognizedBy': ['https://elsewhere.example/agency'],
    'ceterms:occupationType': code('Standard Occupational Classification', '15-1252', 'Software Developers'),
    'ceterms:estimatedCost': price(100),
    'ceterms:latestVersion': iriOf(12),
    ...requires(51),
  }),
  certificate(11, { 'ceterms:credentialStatusType': concept('credentialStat:Deprecated'), ...requires(99) }),
  certificate(12, { 'ceterms:latestVersion': iriOf(12), 'ceterms:dateEffective': '2027-03' }),
  thing(30, 'ceterms:AccreditAction', {
    'ceterms:actingAgent': [iriOf(silent)],
    'ceterms:object': iriOf(12),
    'ceterms:startDate': '2022-01-01',
    'ceterms:endDate': '2025-12-31',
  }),
  thing(31, 'ceterms:ApproveAction', {
    'ceterms:actingAgent': [iriOf(board)],
    'ceterms:object': iriOf(12),
    'ceterms:startDate': '2022-01-01',
    'ceterms:endDate': '2026-08-31',
  }),
];

const folder = mkdtempSync(join(tmpdir(), 'credatlas-checks-'));
let market: QueryMarket;
beforeAll(async () => {
  market = await openQueryMarket(folder, documents);
});
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

async function checks(number: number, query: Record<string, string> = {}): Promise<CheckList> {
  const { status, body } = await market.get(`/v1/credentials/${ctidOf(number)}/checks`, query);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

/** `state: detail` of one check. */
const told = ({ checks: all }: CheckList, check: string): string[] =>
  all.filter((each) => each.check === check).map(({ state, detail }) => `${state}: ${detail}`);

describe('a record is checked for', () => {
  test.each([
    ['2026-06-01', ['warning: It ends on 2026-12-31.']],
    ['2025-06-01', ['ok: It ends on 2026-12-31.']],
    ['2027-01-01', ['problem: It ended on 2026-12-31.']],
  ])('its end, seen on %s', async (on, expected) => {
    expect(told(await checks(10, { on }), 'expiry')).toEqual(expected);
  });

  test('its status, its start and its renewal', async () => {
    const [ten, eleven, twelve] = [await checks(10), await checks(11), await checks(12)];
    expect(told(ten, 'status')).toEqual(['ok: It is active.']);
    expect(told(eleven, 'status')).toEqual(['problem: It has ended.']);
    expect(told(twelve, 'status')).toEqual(['unknown: No status is stated.']);
    expect(told(ten, 'effect')).toEqual(['ok: It is in effect since 2023-01-01.']);
    expect(told(eleven, 'effect')).toEqual(['unknown: Since when it is in effect is not stated.']);
    expect(told(twelve, 'effect')).toEqual(['problem: It takes effect only on 2027-03.']);
    expect(told(ten, 'renewal')).toEqual(['note: It must be renewed (every P2Y).']);
    expect(told(eleven, 'renewal')).toEqual(['unknown: Whether it must be renewed is not stated.']);
  });

  test('recognition that only one side states', async () => {
    expect(told(await checks(10), 'recognition')).toEqual([
      'ok: Accreditation by Organization 2: both sides say so.',
      'warning: Approval by Organization 3 is one-sided: the record of Organization 3 does not say so.',
      'unknown: Recognition by https://elsewhere.example/agency: no record of https://elsewhere.example/agency is stored, so that its side is not known.',
      'ok: Accreditation of its provider by Organization 2: both sides say so.',
    ]);
    expect(told(await checks(11), 'recognition')[0]).toBe(
      'note: Accreditation by Organization 2: only Organization 2 says so, not the record itself.',
    );
  });

  test('recognition that has lapsed, or will', async () => {
    const found = told(await checks(12), 'recognition');
    expect(found).toContain('problem: Accreditation by Organization 3 has lapsed: it ended on 2025-12-31.');
    expect(found).toContain('warning: Approval by Organization 2 ends on 2026-08-31.');
    expect(told(await checks(12, { on: '2021-01-01' }), 'recognition')).toContain(
      'warning: Approval by Organization 2 begins only on 2022-01-01.',
    );
  });

  test('references that lead to nothing, or to what was withdrawn', async () => {
    expect(told(await checks(10), 'references')).toEqual(['ok: What it refers to by CTID is stored.']);
    expect(told(await checks(11), 'references')).toEqual([
      `warning: ceterms:requires/ceterms:targetLearningOpportunity leads to ${ctidOf(99)}, which is in no stored record.`,
    ]);
    rmSync(join(folder, `${ctidOf(51)}.json`));
    await market.update();
    expect(told(await checks(10), 'references')).toEqual([
      `problem: ceterms:requires/ceterms:targetLearningOpportunity leads to ${ctidOf(51)}, which its source has withdrawn.`,
    ]);
  });

  test('newer versions', async () => {
    expect(told(await checks(10), 'versions')[0]).toMatch(
      /^warning: There is a newer version \(latest\): Thing 12 \(.*\)\.$/,
    );
    expect(told(await checks(11), 'versions')).toEqual(['unknown: No newer version is named.']);
    expect(told(await checks(12), 'versions')).toEqual(['ok: It is the latest version.']);
  });

  test('staleness, in fields that move fast', async () => {
    expect(told(await checks(10), 'freshness')[0]).toMatch(
      /^warning: Its field moves fast, and it was last affirmed on 2023-01-01, more than 18 months ago\./,
    );
    expect(told(await checks(11), 'freshness')[0]).toMatch(/^unknown: /);
    expect((await checks(12)).meta.counts).toMatchObject({ problem: 2 });
  });
});

describe('what is missing', () => {
  test('is told with the filters, sorts and rows that it costs, and every such filter finds it among the missing', async () => {
    const { missing, meta, credential } = await checks(11);
    expect(meta.isSearched).toBe(true);
    expect(missing).toContainEqual({
      what: 'cost',
      reason: 'none is stated',
      filters: ['cost', 'costPerCredit', 'costPerHour'],
      sorts: ['cost', 'costPerCredit', 'costPerHour'],
      rows: ['cost', 'costPerCredit', 'costPerHour'],
      asked: 0,
    });
    for (const name of new Set(missing.flatMap(({ filters }) => filters))) {
      const { body } = await market.get('/v1/credentials', { filter: `${name}:none`, size: '200' });
      expect([name, body.results.some(({ id }: { id: string }) => id === credential.id)]).toEqual([name, true]);
    }
  });

  test('is nothing that is stated', async () => {
    const topics = (await checks(10)).missing.map(({ what }) => what);
    expect(topics).not.toContain('cost');
    expect(topics).not.toContain('occupation');
    expect(topics).not.toContain('end');
    expect(topics).toContain('skills');
  });

  test('of the publishing tiers is named by property', async () => {
    expect((await checks(11)).unstated.required).toContain('ceterms:subjectWebpage');
    expect((await checks(10)).unstated.recommended).not.toContain('ceterms:occupationType');
  });

  test('of a course costs no filter, as none finds it', async () => {
    const { meta, missing } = await checks(50);
    expect(meta.isSearched).toBe(false);
    expect(missing.every(({ filters }) => filters.length === 0)).toBe(true);
    expect(missing.map(({ what }) => what)).toContain('credit');
  });
});

test.each([
  [ctidOf(10), { on: 'tomorrow' }, 400, 'on'],
  [ctidOf(10), { currency: 'XYZ' }, 400, 'currency'],
  [ctidOf(10), { day: '2026-01-01' }, 400, 'day'],
  ['nothing', {}, 404, undefined],
  [ctidOf(51), {}, 410, undefined],
])('of %s with %j are refused with %i', async (id, query, status, parameter) => {
  const answer = await market.get(`/v1/credentials/${id}/checks`, query as Record<string, string>);
  expect([answer.status, answer.body.errors?.[0]?.parameter]).toEqual([status, parameter]);
});
