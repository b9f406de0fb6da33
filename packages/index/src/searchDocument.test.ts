import { type Credential, credentialSchema } from '@credatlas/model';
import { expect, test } from 'vitest';
import { searchDocument } from './index.ts';

const via = { path: [] };
const bare: Credential = credentialSchema.parse({
  id: 'acme:ce-1',
  uri: 'https://example.org/c/1',
  ctidForm: 'absent',
  identifiers: [],
  sameAs: [],
  kind: 'credential',
  types: ['ceterms:BachelorDegree'],
  ancestors: [],
  family: 'degree',
  name: { en: 'Data Science' },
  nameText: 'Data Science',
  alternateNames: [],
  languages: [],
  status: 'unknown',
  owners: [],
  offerers: [],
  listings: [],
  onlineAt: [],
  skills: [],
  occupations: [],
  industries: [],
  programs: [],
  subjects: [],
  keywords: [],
  levels: [],
  educationRank: 0,
  recognition: [],
  conditions: [],
  credit: [],
  edges: [],
  pathways: [],
  costs: [],
  totalCosts: [],
  durations: [],
  places: [],
  jurisdictions: [],
  delivery: [],
  learningMethods: [],
  audiences: [],
  financialAid: [],
  outcomes: [],
  dates: {},
  verification: [],
  tier: {
    policy: 'test',
    periods: [
      {
        to: '2025-06-30',
        listed: { value: 'high', rule: 'r', because: [] },
        unlisted: { value: 'limited', rule: 'q', because: [] },
      },
      {
        from: '2025-07-01',
        listed: { value: 'contextual', rule: 'r', because: [] },
        unlisted: { value: 'unknown', rule: 'none', because: [] },
      },
    ],
    evidence: [],
    listings: [
      {
        issuer: 'Acme',
        scope: { occupations: ['15-12'], subjects: ['data science'] },
        why: 'w',
        source: 's',
        date: '2026-01-01',
      },
    ],
  },
  freshness: { affirmed: '2025-03-01', isFastMoving: true },
  checking: { ease: 'unknown', services: [] },
  platforms: [],
  collections: [],
  issues: [],
  completeness: { required: 0, recommended: 0, optional: 0, share: 0.25 },
  sourcePaths: {},
  provenance: {
    source: 'acme',
    sourceFormat: 'graph',
    recordKey: 'k',
    run: 1,
    fetchedAt: '2026-02-01T00:00:00Z',
    firstSeenAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-02-01T00:00:00Z',
    contentHash: 'h',
  },
} satisfies Credential);

const document = (given: Partial<Credential>) => searchDocument({ ...bare, ...given }, 7);

test('a type is found by every class above it', () => {
  const { keywords } = document({});
  expect(keywords.type).toEqual(
    expect.arrayContaining(['ceterms:BachelorDegree', 'ceterms:Degree', 'ceterms:Credential']),
  );
});

test('what is unknown has no value: status, level, cost', () => {
  const { keywords, numbers } = document({});
  expect(keywords.status).toEqual([]);
  expect(numbers).toEqual({
    affirmed: Date.UTC(2025, 2, 1),
    completeness: 0.25,
    lot: expect.any(Number),
    updatedAt: Date.UTC(2026, 1, 1),
    firstSeen: Date.UTC(2026, 0, 1),
  });
});

test('only required, assessed and taught skills that a statement names count; inferred ones are kept apart', () => {
  const skills: Credential['skills'] = [
    {
      key: 's:linked',
      label: 'Statistics',
      labels: { de: 'Statistik' },
      relation: 'teaches',
      confidence: 'linked',
      via,
    },
    { key: 's:label', label: 'Écriture C++', relation: 'assesses', confidence: 'labelOnly', via },
    { key: 's:recommended', label: 'Chess', relation: 'recommends', confidence: 'linked', via },
    { key: 's:inferred', label: 'Coding', relation: 'inferred', confidence: 'inferred', via },
  ];
  const { keywords, text } = document({ skills });
  expect(keywords).toMatchObject({
    skill: ['s:linked', 's:label'],
    'skill.teaches': ['s:linked'],
    'skill.assesses': ['s:label'],
    'skill.requires': [],
    'skill.inferred': ['s:inferred'],
  });
  expect(text.skills).toEqual([['statistics'], ['statistik'], ['ecriture', 'c++']]);
  expect(text.inferredSkills).toEqual([['coding']]);
});

test('a code is found by each of its beginnings, ESCO apart from SOC', () => {
  const { keywords } = document({
    occupations: [
      { code: '15-1252', scheme: 'soc' },
      { code: '2512', scheme: 'isco' },
    ],
    programs: [{ code: '11.0701', scheme: 'cip' }],
  });
  expect(keywords['occupation.path']).toEqual([
    ...['15', '151', '1512', '15125', '151252'],
    ...['esco:2', 'esco:25', 'esco:251', 'esco:2512'],
  ]);
  expect(keywords.occupation).toEqual(['15-1252', '2512']);
  expect(keywords['program.path']).toEqual(['11', '110', '1107', '11070', '110701']);
});

test('cost is whole cents per currency; per credit and per hour keep their fractions', () => {
  const { numbers } = document({
    totalCosts: [
      { currency: 'USD', amount: '1000.00', basis: 'sum' },
      { currency: 'JPY', amount: '500', basis: 'sum' },
    ],
    creditSemesterHours: 3,
    effortHours: 7,
  });
  expect(numbers).toMatchObject({ 'cost.USD': 100_000, credit: 3, hours: 7 });
  expect(numbers['costPerCredit.USD']).toBeCloseTo(33_333.333_333, 5);
  expect(numbers['costPerHour.USD']).toBeCloseTo(14_285.714_286, 5);
  expect(Object.keys(numbers).filter((field) => /CAD|JPY/.test(field))).toEqual([]);
});

test('a stated zero is a cost, and has no cost per credit', () => {
  const { numbers } = document({
    totalCosts: [{ currency: 'USD', amount: '0', basis: 'aggregate' }],
    creditSemesterHours: 3,
  });
  expect(numbers['cost.USD']).toBe(0);
  expect(numbers).not.toHaveProperty('costPerCredit.USD');
});

test('what is too large to be chosen, looked for or counted in cents is left out', () => {
  const topic = (label: string) => ({ key: label, label, labels: {} }) as unknown as Credential['subjects'][number];
  const { keywords, text, suggestions, numbers } = document({
    nameText: `Welding ${'w'.repeat(255)} ${'x'.repeat(256)}`,
    subjects: [topic('s'.repeat(10_000)), topic('t'.repeat(10_001))],
    totalCosts: [
      { currency: 'USD', amount: '9007199254740.99', basis: 'aggregate' },
      { currency: 'EUR', amount: '90071992547409.92', basis: 'aggregate' },
    ],
  });
  expect(keywords.subject).toEqual(['s'.repeat(10_000)]);
  expect(text.name).toEqual([['welding', 'w'.repeat(255)]]);
  expect(suggestions.map(({ field, tokens }) => [field, tokens.length])).toEqual([
    ['name', 2],
    ['subject', 0],
  ]);
  expect(numbers['cost.USD']).toBe(900_719_925_474_099);
  expect(numbers).not.toHaveProperty('cost.EUR');
});

test('a year starts on its first day and, as an end, lasts to its last', () => {
  const { numbers, recognitions } = document({
    dates: { effective: '2025', expires: '2026-02' },
    recognition: [
      {
        role: 'accredited',
        agent: { id: 'acme:org', resolved: true },
        start: '2024-05',
        end: '2024-06-30',
        property: 'accreditedBy',
        subject: 'credential',
      },
      { role: 'approved', property: 'approvedIn', subject: 'credential' },
    ],
  });
  expect(numbers).toMatchObject({ effective: Date.UTC(2025, 0, 1), expires: Date.UTC(2026, 2, 1) - 1 });
  expect(recognitions.slice(0, 2)).toEqual([
    { agents: ['acme:org'], role: 'accredited', from: Date.UTC(2024, 4, 1), to: Date.UTC(2024, 6, 1) - 1 },
    { agents: [], role: 'approved' },
  ]);
});

test('edges out of it are what it stacks into, edges into it what it accepts; a required course is neither', () => {
  const edge = (relation: string, target: Credential['edges'][number]['target']) => ({ relation, target, via });
  const { keywords } = document({
    edges: [
      edge('isPreparationFor', { id: 'acme:degree', resolved: true }),
      edge('transferValueFor', { uri: 'https://example.org/other', resolved: false }),
      edge('advancedStandingFrom', { id: 'acme:badge', resolved: true }),
      edge('requires', { id: 'acme:certificate', types: ['ceterms:Certificate'], resolved: true }),
      edge('requires', { id: 'acme:course', types: ['ceterms:Course'], resolved: true }),
    ],
  });
  expect(keywords.stacksInto).toEqual(['acme:degree', 'https://example.org/other']);
  expect(keywords.acceptsFrom).toEqual(['acme:badge', 'acme:certificate']);
});

test('what can be completed while typing is named once, by the tokens of its label', () => {
  const { suggestions, sortName } = document({
    nameText: 'Données  Été',
    owners: [{ id: 'acme:org', name: 'Acme College', resolved: true }],
    offerers: [{ id: 'acme:org', name: 'Acme College', resolved: true }],
    occupations: [{ code: '15-1252', scheme: 'soc', label: 'Software Developers' }],
  });
  expect(sortName).toBe('donnees ete');
  expect(suggestions).toEqual([
    { field: 'name', value: 'donnees ete', tokens: ['donnees', 'ete'] },
    { field: 'provider', value: 'acme:org', tokens: ['acme', 'college'] },
    { field: 'occupation', value: '15-1252', tokens: ['15', '1252', 'software', 'developers'] },
  ]);
});

test('a tier is held like a recognition, with and without listings; an unknown one not at all', () => {
  const { keywords, recognitions } = document({});
  const [last, first] = [Date.UTC(2025, 6, 1) - 1, Date.UTC(2025, 6, 1)];
  expect(recognitions).toEqual([
    { agents: [], role: 'tier:high', to: last },
    { agents: [], role: 'unlisted:limited', to: last },
    { agents: [], role: 'tier:contextual', from: first },
  ]);
  expect(keywords).toMatchObject({
    'tier.scope': ['occupation:1512', 'subject:data science'],
    fastMoving: ['yes'],
  });
});

test('a transfer of credit is held for as long as what is stated and its agreement both allow, each term once', () => {
  const target = (id: string) => ({ id, resolved: true });
  const agreement = { agreement: target('acme:agreement'), sending: [], receiving: [] };
  const { recognitions } = document({
    edges: [
      { relation: 'transferValueFor', target: target('acme:a'), via, start: '2025-03', end: '2027' },
      { relation: 'transferValueFor', target: target('acme:b'), via, start: '2025-03', end: '2027' },
      {
        ...{ relation: 'transferValueFrom', target: target('acme:c'), via, start: '2025', end: '2027-01-31' },
        agreement: { ...agreement, start: '2025-06-01', end: '2026-12' },
      },
      { relation: 'sendingProgram', target: target('acme:d'), via },
      { relation: 'transferValueFor', target: target('acme:e'), via, status: 'ended' },
      { relation: 'receivingProgram', target: target('acme:f'), via, agreement: { ...agreement, status: 'ended' } },
      { relation: 'requires', target: target('acme:g'), via, end: '2027' },
    ],
  });
  expect(recognitions.filter(({ role }) => role.startsWith('transfer'))).toEqual([
    { agents: [], role: 'transfer:out', from: Date.UTC(2025, 2, 1), to: Date.UTC(2028, 0, 1) - 1 },
    { agents: [], role: 'transfer:in', from: Date.UTC(2025, 5, 1), to: Date.UTC(2027, 0, 1) - 1 },
    { agents: [], role: 'transfer:in' },
  ]);
});
