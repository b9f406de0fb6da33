import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Credential, firstMoment, tierOn } from '@credatlas/model';
import { afterAll, describe, expect, test } from 'vitest';
import { normalizeDocument, tierRules } from '../index.ts';

const at = '2026-01-01T00:00:00.000Z';
const iri = (n: number): string =>
  `https://credentialengineregistry.org/resources/ce-0b7b7c2e-5a11-4f0a-9a51-${String(n).padStart(12, '0')}`;
const text = (words: string) => ({ 'en-US': words });

async function credentialOf(type: string, properties: object, others: object[] = []): Promise<Credential> {
  const document = {
    '@context': 'https://credreg.net/ctdl/schema/context/json',
    '@graph': [{ '@id': iri(1), '@type': type, 'ceterms:name': text('C'), ...properties }, ...others],
  };
  const { credentials } = await normalizeDocument(JSON.stringify(document), { uri: 'test', at });
  const credential = credentials.find(({ uri }) => uri === iri(1));
  expect(credential).toBeDefined();
  return credential!;
}

const judged = ({ tier }: Credential, day = '2026-06-01') => {
  const { value, rule } = tierOn(tier, firstMoment(day)!);
  return [value, rule];
};

const owner = (name: string) => ({
  'ceterms:ownedBy': [{ '@type': 'ceterms:Organization', 'ceterms:name': text(name) }],
});
const accreditedBy = {
  'ceterms:accreditedBy': [{ '@type': 'ceterms:QACredentialOrganization', 'ceterms:name': text('Board') }],
};
const condition = (properties: object) => ({
  'ceterms:requires': [{ '@type': 'ceterms:ConditionProfile', ...properties }],
});
const assessed = condition({
  'ceterms:targetAssessment': [{ '@type': 'ceterms:AssessmentProfile', 'ceterms:name': text('Exam') }],
});
const aligned = (target: string) => [{ '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNode': target }];

describe('the default policy, first match wins', () => {
  test.each([
    ['a listed issuer', 'ceterms:Badge', owner('Amazon  Web Services'), ['high', 'issuer-listed']],
    [
      'a licence regulated by a named agent',
      'ceterms:License',
      { 'ceterms:regulatedBy': [iri(9)] },
      ['high', 'assessed-and-authorized'],
    ],
    ['a degree accredited', 'ceterms:BachelorDegree', accreditedBy, ['high', 'assessed-and-authorized']],
    [
      'an assessment and an accreditation',
      'ceterms:Certificate',
      { ...assessed, ...accreditedBy },
      ['high', 'assessed-and-authorized'],
    ],
    [
      'an issuer listed in certain fields',
      'ceterms:Badge',
      owner('American Welding Society'),
      ['contextual', 'issuer-listed-in-fields'],
    ],
    ['an assessment alone', 'ceterms:Certificate', assessed, ['contextual', 'assessed']],
    ['an accreditation alone', 'ceterms:Certificate', accreditedBy, ['contextual', 'recognized']],
    [
      'a licence with an unnamed regulator',
      'ceterms:License',
      { 'ceterms:regulatedIn': [{ '@type': 'ceterms:JurisdictionProfile' }] },
      ['contextual', 'recognized'],
    ],
    ['participation by type', 'ceterms:CertificateOfParticipation', {}, ['limited', 'participation']],
    [
      'self-paced by method',
      'ceterms:Badge',
      { 'ceterms:learningMethodType': aligned('learnMethod:SelfPaced') },
      ['limited', 'participation'],
    ],
    [
      'participation by what a condition says',
      'ceterms:Badge',
      condition({ 'ceterms:description': text('Attendance of both days.') }),
      ['limited', 'participation'],
    ],
    [
      'conditions without an assessment',
      'ceterms:Certificate',
      condition({ 'ceterms:description': text('Two courses.') }),
      ['limited', 'conditions-without-assessment'],
    ],
    ['nothing stated', 'ceterms:Certificate', {}, ['unknown', 'none']],
    ['a degree and nothing else', 'ceterms:BachelorDegree', {}, ['unknown', 'none']],
    [
      '"unattended" says nothing of attendance',
      'ceterms:Certificate',
      { 'ceterms:name': text('Unattended machines') },
      ['unknown', 'none'],
    ],
  ])('%s', async (_title, type, properties, expected) => {
    expect(judged(await credentialOf(type, properties))).toEqual(expected);
  });

  test("an owner's accreditation counts for degrees only", async () => {
    const college = {
      '@id': iri(5),
      '@type': 'ceterms:CredentialOrganization',
      'ceterms:name': text('College'),
      ...accreditedBy,
    };
    const owned = { 'ceterms:ownedBy': [iri(5)] };
    expect(judged(await credentialOf('ceterms:MasterDegree', owned, [college]))).toEqual([
      'high',
      'assessed-and-authorized',
    ]);
    expect(judged(await credentialOf('ceterms:Certificate', { ...owned, ...assessed }, [college]))).toEqual([
      'contextual',
      'assessed',
    ]);
  });

  test('a lapsed accreditation holds to its last day, and takes the undated statement by the same agent with it', async () => {
    const action = {
      '@id': iri(7),
      '@type': 'ceterms:AccreditAction',
      'ceterms:object': [iri(1)],
      'ceterms:actingAgent': [iri(8)],
      'ceterms:startDate': '2020-01-01',
      'ceterms:endDate': '2025-12-31',
    };
    const degree = await credentialOf('ceterms:BachelorDegree', { 'ceterms:accreditedBy': [iri(8)] }, [
      action,
      { '@id': iri(8), '@type': 'ceterms:QACredentialOrganization', 'ceterms:name': text('Board') },
    ]);
    expect(judged(degree, '2019-12-31')).toEqual(['unknown', 'none']);
    expect(judged(degree, '2020-01-01')).toEqual(['high', 'assessed-and-authorized']);
    expect(judged(degree, '2025-12-31')).toEqual(['high', 'assessed-and-authorized']);
    expect(judged(degree, '2026-01-01')).toEqual(['unknown', 'none']);
  });

  test('the record says which rule fired on which evidence, and where that stands', async () => {
    const credential = await credentialOf('ceterms:Certificate', assessed);
    const { because } = tierOn(credential.tier, firstMoment('2026-06-01')!);
    expect(because).toEqual([{ name: 'assessment', detail: '1 assessment stated.', paths: ['/conditions/0'] }]);
    expect(credential.sourcePaths['/conditions/0']).toBe('#/@graph/0/ceterms:requires/0');
  });
});

describe('a context', () => {
  const weld = { kind: 'occupation', value: '51-4121' } as const;
  test.each([
    ['a listing that covers it makes high', 'American Welding Society', [weld], 'high'],
    [
      'so does one of a wider code',
      'National Institute for Metalworking Skills',
      [{ kind: 'occupation', value: '51-4041' }],
      'high',
    ],
    [
      'a listing of a narrower code does not',
      'American Welding Society',
      [{ kind: 'occupation', value: '51' }],
      'unknown',
    ],
    ['one of another field is ignored', 'CFA Institute', [weld], 'unknown'],
    ['one for all fields covers every one', 'Red Hat', [weld], 'high'],
    [
      'any of several will do',
      'Project Management Institute',
      [weld, { kind: 'subject', value: 'project management' }],
      'high',
    ],
  ] as const)('%s', async (_title, issuer, contexts, expected) => {
    const { tier } = await credentialOf('ceterms:Badge', owner(issuer));
    expect(tierOn(tier, firstMoment('2026-06-01')!, contexts).value).toBe(expected);
  });
});

describe("a user's own files", () => {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-tier-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: unknown): string => {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
    return join(folder, name);
  };
  const listing = { names: ['Acme'], why: 'known', source: 'https://example.org/', date: '2026-01-01' };

  test('a list extends the one that ships, or replaces it', () => {
    const shipped = tierRules().list.listings.length;
    expect(tierRules({ list: file('more.json', { version: '1', listings: [listing] }) }).list.listings).toHaveLength(
      shipped + 1,
    );
    expect(
      tierRules({ list: file('own.json', { version: '1', replace: true, listings: [listing] }) }).list.listings,
    ).toHaveLength(1);
  });

  test.each([
    ['no JSON', '{', 'cannot be read'],
    ['an entry without issuer', { version: '1', listings: [{ ...listing, names: [] }] }, '/listings/0'],
    ['a source that is no address', { version: '1', listings: [{ ...listing, source: 'me' }] }, '/listings/0/source'],
    ['a misspelt key', { version: '1', listing: [] }, 'listing'],
  ])('%s is refused with its place', (_title, content, told) => {
    expect(() => tierRules({ list: file('bad.json', content) })).toThrow(told);
  });

  test('a rule over evidence that does not exist is refused', () => {
    const policy = { ...tierRules().policy, rules: [{ rule: 'r', tier: 'high', when: 'fame' }] };
    expect(() => tierRules({ policy: file('policy.json', policy) })).toThrow('/rules/0/when');
  });
});

test('staleness is judged by the latest date of any kind, in fast-moving fields', async () => {
  const dated = {
    'ceterms:dateEffective': '2024-01-15',
    'ceterms:subject': [
      { '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNodeName': text('Data Science') },
    ],
  };
  expect((await credentialOf('ceterms:Badge', dated)).freshness).toEqual({
    affirmed: '2024-01-15',
    isFastMoving: true,
  });
  expect((await credentialOf('ceterms:Badge', {})).freshness).toEqual({ isFastMoving: false });
});
