import { expect, test } from 'vitest';
import { normalizeDocument } from './index.ts';

const context = 'https://credreg.net/ctdl/schema/context/json';
const at = '2026-01-01T00:00:00.000Z';
const ctid = (n: number): string => `ce-0b7b7c2e-5a11-4f0a-9a51-${String(n).padStart(12, '0')}`;
const iri = (n: number): string => `https://credentialengineregistry.org/resources/${ctid(n)}`;
const named = (text: string) => ({ 'en-US': text });
const aligned = (target: string) => [{ '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNode': target }];

async function credentialOf(properties: Record<string, unknown>, others: Record<string, unknown>[] = []) {
  const document = {
    '@context': context,
    '@graph': [
      {
        '@id': iri(1),
        '@type': 'ceterms:Certificate',
        'ceterms:ctid': ctid(1),
        'ceterms:name': named('C'),
        ...properties,
      },
      ...others,
    ],
  };
  const { credentials } = await normalizeDocument(JSON.stringify(document), { uri: 'test', at });
  const credential = credentials.find((each) => each.ctid === ctid(1));
  if (!credential) throw new TypeError('the credential is missing');
  return credential;
}

const cost = (price: number, type?: string, more: object = {}) => ({
  '@type': 'ceterms:CostProfile',
  'ceterms:price': price,
  'ceterms:currency': 'USD',
  ...(type ? { 'ceterms:directCostType': aligned(`costType:${type}`) } : {}),
  ...more,
});

test('an alignment is read where it is named, even where it has an address of its own', async () => {
  const alignment = (id: string, name: string) => ({
    '@id': `https://example.org/alignments/${id}`,
    '@type': 'ceterms:CredentialAlignmentObject',
    'ceterms:targetNodeName': named(name),
  });
  const { skills } = await credentialOf(
    { 'ceterms:requires': [{ '@type': 'ceterms:ConditionProfile', 'ceterms:targetAssessment': [iri(3)] }] },
    [
      {
        '@id': iri(3),
        '@type': 'ceterms:AssessmentProfile',
        'ceterms:ctid': ctid(3),
        'ceterms:name': named('Exam'),
        'ceterms:assesses': [
          { ...alignment('1', 'Plum pruning'), 'ceterms:codedNotation': 'PP-1' },
          { '@id': 'https://example.org/alignments/2' },
          'https://example.org/alignments/2',
        ],
      },
      { ...alignment('2', 'Kiln loading'), 'ceterms:targetNode': 'https://example.org/skills/kiln' },
    ],
  );
  expect(skills.map(({ label, code, uri, via }) => [label, code, uri, via.uri])).toEqual([
    ['Plum pruning', 'PP-1', undefined, iri(3)],
    ['Kiln loading', undefined, 'https://example.org/skills/kiln', iri(3)],
  ]);
});

test('a certificate whose skills, credit and price sit in its course and assessment carries them', async () => {
  const credential = await credentialOf(
    {
      'ceterms:ownedBy': [iri(9)],
      'ceterms:credentialStatusType': aligned('credentialStat:Active'),
      'ceterms:audienceLevelType': aligned('audLevel:AssociatesDegreeLevel'),
      'ceterms:requires': [
        {
          '@type': 'ceterms:ConditionProfile',
          'ceterms:targetLearningOpportunity': [iri(2)],
          'ceterms:targetAssessment': [iri(3)],
        },
      ],
    },
    [
      {
        '@id': iri(2),
        '@type': 'ceterms:Course',
        'ceterms:ctid': ctid(2),
        'ceterms:name': named('Course'),
        'ceterms:teaches': [
          { '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNodeName': named('Data Analysis') },
        ],
        'ceterms:creditValue': [
          {
            '@type': 'ceterms:ValueProfile',
            'schema:value': 6,
            'ceterms:creditUnitType': aligned('creditUnit:QuarterHour'),
          },
        ],
        'ceterms:estimatedCost': [cost(300, 'Tuition')],
      },
      {
        '@id': iri(3),
        '@type': 'ceterms:AssessmentProfile',
        'ceterms:ctid': ctid(3),
        'ceterms:name': named('Exam'),
        'ceterms:isProctored': true,
        'ceterms:assesses': [
          {
            '@type': 'ceterms:CredentialAlignmentObject',
            'ceterms:codedNotation': '2.A.1.a',
            'ceterms:targetNodeName': named('Reading Comprehension'),
          },
        ],
        'ceterms:estimatedCost': [cost(99.5)],
      },
      {
        '@id': iri(9),
        '@type': 'ceterms:CredentialOrganization',
        'ceterms:ctid': ctid(9),
        'ceterms:name': named('Example College'),
        'ceterms:agentSectorType': aligned('agentSector:Public'),
        'ceterms:address': [
          {
            '@type': 'ceterms:Place',
            'ceterms:addressLocality': named('Trenton'),
            'ceterms:addressRegion': named('New Jersey'),
            'ceterms:addressCountry': named('United States'),
          },
        ],
      },
    ],
  );
  expect(credential.family).toBe('certificate');
  expect(credential.status).toBe('active');
  expect(credential.educationRank).toBe(5);
  expect(credential.provider).toMatchObject({ name: 'Example College', sector: 'Public', resolved: true });
  expect(credential.skills.map(({ key, relation, confidence, via }) => [key, relation, confidence, via.uri])).toEqual([
    ['onet:2.A.1.a', 'assesses', 'codeOnly', iri(3)],
    ['esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833', 'teaches', 'labelOnly', iri(2)],
  ]);
  expect(credential.creditSemesterHours).toBe(4);
  expect(credential.totalCosts).toEqual([{ currency: 'USD', amount: '399.50', basis: 'requiredParts' }]);
  expect(credential.rigor).toMatchObject({ state: 'assessed', assessments: 1, proctored: true });
  expect(credential.places).toEqual([{ city: 'Trenton', region: 'NJ', country: 'US', basis: 'provider' }]);
  expect(credential.edges.map(({ relation, target }) => [relation, target.name, target.resolved])).toEqual([
    ['requires', 'Exam', true],
    ['requires', 'Course', true],
  ]);
  expect(credential.sourcePaths['/skills/1']).toBe(`${iri(2)}#/@graph/1/ceterms:teaches/0`);
  expect(credential.sourcePaths['/nameText']).toBe('#/@graph/0/ceterms:name/en-US');
});

test.each([
  [
    'an aggregate is never summed with its parts',
    [cost(1000, 'AggregateCost'), cost(900, 'Tuition'), cost(100, 'Application')],
    [{ currency: 'USD', amount: '1000.00', basis: 'aggregate' }],
  ],
  [
    'parts of different types add up',
    [cost(900, 'Tuition'), cost(100.25, 'Application')],
    [{ currency: 'USD', amount: '1000.25', basis: 'sum' }],
  ],
  ['a stated zero is zero', [cost(0, 'Tuition')], [{ currency: 'USD', amount: '0.00', basis: 'sum' }]],
  ['a price without a currency counts in none', [cost(5, 'Tuition', { 'ceterms:currency': 'MISSING_CURRENCY' })], []],
  [
    'the label of a currency is its code',
    [cost(5, 'Tuition', { 'ceterms:currency': 'Pound Sterling' })],
    [{ currency: 'GBP', amount: '5.00', basis: 'sum' }],
  ],
  [
    'a price per month counts as many times as there are months',
    [cost(100, 'Tuition', { 'ceterms:paymentPattern': named('monthly') })],
    [{ currency: 'USD', amount: '600.00', basis: 'periods' }],
  ],
])('cost: %s', async (_rule, profiles, expected) => {
  const credential = await credentialOf({
    'ceterms:estimatedCost': profiles,
    'ceterms:estimatedDuration': [{ '@type': 'ceterms:DurationProfile', 'ceterms:exactDuration': 'P6M' }],
  });
  expect(credential.totalCosts).toEqual(expected);
});

test('the lowest price counts where residency differs, and the record says so', async () => {
  const credential = await credentialOf({
    'ceterms:estimatedCost': [
      cost(200, 'Tuition', { 'ceterms:residencyType': aligned('residency:InState') }),
      cost(500, 'Tuition', { 'ceterms:residencyType': aligned('residency:OutOfState') }),
    ],
  });
  expect(credential.totalCosts).toMatchObject([{ amount: '200.00', max: '500.00', basis: 'sum' }]);
});

test.each([
  ['P1Y', 365.25, undefined],
  ['P2W3D', 17, undefined],
  ['PT40H', undefined, 40],
  ['P1Y2M3W4DT5H6M', 365.25 + 2 * 30.4375 + 21 + 4, undefined],
  ['soon', undefined, undefined],
])('duration %s is %s days, %s hours', async (exact, days, hours) => {
  const credential = await credentialOf({
    'ceterms:estimatedDuration': [{ '@type': 'ceterms:DurationProfile', 'ceterms:exactDuration': exact }],
  });
  expect([credential.durationDays, credential.effortHours]).toEqual([days, hours]);
  expect(credential.issues.map(({ code }) => code)).toEqual(exact === 'soon' ? ['unreadable_duration'] : []);
});

test('a course that says it leads to the credential is found backwards', async () => {
  const credential = await credentialOf({}, [
    {
      '@id': iri(2),
      '@type': 'ceterms:LearningProgram',
      'ceterms:ctid': ctid(2),
      'ceterms:name': named('Programme'),
      'ceterms:resultsInCredential': [iri(1)],
      'ceterms:teaches': [{ '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNodeName': named('Welding') }],
    },
  ]);
  expect(credential.skills.map(({ key, via }) => [key, via.path])).toEqual([
    ['esco:2fcd95a4-1f9a-41cf-95a9-4701bde476b4', ['^ceterms:resultsInCredential']],
  ]);
});

test('a target that is only named is an unresolved edge, and alternatives share a group', async () => {
  const credential = await credentialOf({
    'ceterms:isPreparationFor': [{ '@type': 'ceterms:ConditionProfile', 'ceterms:name': named('Drivers License') }],
    'ceterms:requires': [
      {
        '@type': 'ceterms:ConditionProfile',
        'ceterms:targetCredential': ['https://example.org/a'],
        'ceterms:alternativeCondition': [
          { '@type': 'ceterms:ConditionProfile', 'ceterms:targetCredential': ['https://example.org/b'] },
        ],
      },
    ],
  });
  expect(
    credential.edges.map(({ relation, target, alternativeGroup }) => [
      relation,
      target.name ?? target.uri,
      target.resolved,
      alternativeGroup,
    ]),
  ).toEqual([
    ['requires', 'https://example.org/a', false, 'ceterms:requires/0'],
    ['requires', 'https://example.org/b', false, 'ceterms:requires/0'],
    ['isPreparationFor', 'Drivers License', false, undefined],
  ]);
});

test('what a transfer value gives is an edge with credit and dates', async () => {
  const credential = await credentialOf({}, [
    {
      '@id': iri(5),
      '@type': 'ceterms:TransferValueProfile',
      'ceterms:ctid': ctid(5),
      'ceterms:name': named('TVP'),
      'ceterms:transferValueFrom': [iri(1)],
      'ceterms:transferValueFor': [iri(6)],
      'ceterms:startDate': '2024-01-01',
      'ceterms:transferValue': [
        {
          '@type': 'ceterms:ValueProfile',
          'schema:value': 3,
          'ceterms:creditUnitType': aligned('creditUnit:SemesterHour'),
        },
      ],
    },
  ]);
  expect(credential.edges).toMatchObject([
    {
      relation: 'transferValueFor',
      target: { uri: iri(6), resolved: false },
      start: '2024-01-01',
      credit: [{ value: 3, unit: 'SemesterHour' }],
    },
  ]);
  expect(credential.creditSemesterHours).toBeUndefined();
});

test('skills through an occupation are inferred', async () => {
  const credential = await credentialOf({ 'ceterms:occupationType': aligned(iri(7)) }, [
    {
      '@id': iri(7),
      '@type': 'ceterms:Occupation',
      'ceterms:ctid': ctid(7),
      'ceterms:name': named('Welders'),
      'ceterms:targetCompetency': [
        {
          '@type': 'ceterms:CredentialAlignmentObject',
          'ceterms:codedNotation': '2.B.3.m',
          'ceterms:targetNodeName': named('Quality Control'),
        },
      ],
    },
  ]);
  expect(credential.skills).toMatchObject([{ key: 'onet:2.B.3.m', confidence: 'inferred', relation: 'aligned' }]);
});

test.each([
  ['not JSON', '{', 'malformed_json'],
  [
    'nothing to know it by',
    '{"@context":"https://credreg.net/ctdl/schema/context/json","@type":"ceterms:Badge"}',
    'no_identity',
  ],
  ['a foreign context', '{"@context":"https://example.org/c","@id":"https://example.org/1"}', 'not_expandable'],
])('%s is refused with a reason', async (_what, text, code) => {
  const { refused } = await normalizeDocument(text, { uri: 'test', at });
  expect(refused?.code).toBe(code);
  expect(refused?.reason).toMatch(/\w+ \w+/);
});
