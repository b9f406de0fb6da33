import { code, concept, en, graph, hours, iri, lasts, place, price, skill } from './queryMarket.ts';

type Document = Record<string, unknown>;

const provider = (number: number, name: string, more: Document): Document =>
  graph('organization', number, { '@type': 'ceterms:CredentialOrganization', 'ceterms:name': en(name), ...more });
const sector = (name: string) => ({ 'ceterms:agentSectorType': concept(`agentSector:${name}`) });
const kind = (name: string) => ({ 'ceterms:agentType': concept(`orgType:${name}`) });
const at = (city: string, region: string) => ({ 'ceterms:address': place(city, region, 'United States') });

const credential = (number: number, type: string, owner: number | undefined, more: Document = {}): Document =>
  graph('credential', number, {
    '@type': `ceterms:${type}`,
    'ceterms:name': en(`Credential ${number}`),
    ...(owner === undefined ? {} : { 'ceterms:ownedBy': [iri('organization', owner)] }),
    ...more,
  });
export const costs = (amount: number) => ({ 'ceterms:estimatedCost': price(amount) });
export const takes = (duration: string) => ({ 'ceterms:estimatedDuration': lasts(duration) });
export const since = (day: string) => ({ 'ceterms:dateEffective': day });
export const requires = (given: { skills?: string[]; credit?: number }) => ({
  'ceterms:requires': [
    {
      '@type': 'ceterms:ConditionProfile',
      ...(given.skills ? { 'ceterms:targetCompetency': given.skills.map(skill) } : {}),
      ...(given.credit === undefined ? {} : { 'ceterms:creditValue': hours(given.credit) }),
    },
  ],
});
const earns = (median: number) => ({
  'ceterms:aggregateData': [
    {
      '@type': 'ceterms:AggregateDataProfile',
      'ceterms:medianEarnings': median,
      'ceterms:currency': 'USD',
      'ceterms:postReceiptMonths': 12,
    },
  ],
});
/** The only form of recognition that has dates. */
const accredits = (number: number, of: number, days: { start: string; end: string }): Document =>
  graph('action', number, {
    '@type': 'ceterms:AccreditAction',
    'ceterms:actingAgent': [iri('organization', 6)],
    'ceterms:object': iri('credential', of),
    'ceterms:startDate': days.start,
    'ceterms:endDate': days.end,
  });
const welders = { 'ceterms:occupationType': code('Standard Occupational Classification', '51-4121', 'Welders') };
const coders = {
  'ceterms:occupationType': code('Standard Occupational Classification', '15-1252', 'Software Developers'),
};

/**
 * Twelve credentials whose tables are known by heart. Alpha College has a branch in Trenton; Beta Bootcamps sells badges; the state
 * licenses; a high school gives diplomas; one certification names no provider.
 */
export const tableDocuments: Document[] = [
  provider(1, 'Alpha College', { ...sector('Public'), ...kind('FourYear'), ...at('Newark', 'New Jersey') }),
  provider(2, 'Beta Bootcamps', { ...sector('PrivateForProfit'), ...kind('Business'), ...at('New York', 'New York') }),
  provider(3, 'State Board', { ...sector('Public'), ...kind('Government'), ...at('Trenton', 'New Jersey') }),
  provider(4, 'Gamma High School', { ...sector('Public'), ...kind('HighSchool'), ...at('Easton', 'Pennsylvania') }),
  provider(5, 'Alpha College at Trenton', {
    ...sector('Public'),
    ...kind('FourYear'),
    ...at('Trenton', 'New Jersey'),
    'ceterms:parentOrganization': [iri('organization', 1)],
  }),
  provider(6, 'Quality Board', {}),
  credential(1, 'BachelorDegree', 1, {
    ...costs(40_000),
    ...takes('P4Y'),
    ...since('2023-09'),
    ...requires({ skills: ['Welding', 'Chess'], credit: 120 }),
    ...coders,
    'ceterms:accreditedBy': [iri('organization', 6)],
  }),
  credential(2, 'Certificate', 1, {
    ...costs(1_000),
    ...takes('P10W'),
    ...since('2025-11-15'),
    ...requires({ skills: ['Welding'], credit: 10 }),
    ...welders,
    ...earns(50_000),
    'ceterms:isPreparationFor': [
      { '@type': 'ceterms:ConditionProfile', 'ceterms:targetCredential': [iri('credential', 1)] },
    ],
  }),
  credential(3, 'Certificate', 1, {
    ...costs(3_000),
    ...earns(61_000),
    ...since('2026-02'),
    ...requires({ skills: ['Welding'] }),
    ...welders,
  }),
  // Earnings of few people are withheld behind a code.
  credential(4, 'Certificate', 5, { ...requires({ skills: ['Welding'] }), ...earns(-99_999) }),
  credential(5, 'DigitalBadge', 2, {
    ...costs(0),
    ...takes('P10D'),
    ...since('2025-10-01'),
    ...requires({ skills: ['Chess'] }),
  }),
  credential(6, 'DigitalBadge', 2, {
    ...costs(100),
    ...takes('P20D'),
    ...since('2026-01-31'),
    ...requires({ skills: ['Welding'] }),
  }),
  credential(7, 'OpenBadge', 2),
  credential(8, 'DigitalBadge', 2, {
    ...costs(50),
    'ceterms:availableAt': [
      ...place('New York', 'New York', 'United States'),
      ...place('Newark', 'New Jersey', 'United States'),
    ],
  }),
  credential(9, 'Certification', undefined, { ...costs(500) }),
  credential(10, 'License', 3),
  credential(11, 'MicroCredential', 1, { ...requires({ credit: 3 }) }),
  credential(12, 'SecondarySchoolDiploma', 4, { ...since('2020') }),
  accredits(1, 2, { start: '2025-01-01', end: '2026-12-31' }),
  accredits(2, 3, { start: '2025-01-01', end: '2030-01-01' }),
  accredits(3, 4, { start: '2024-01-01', end: '2026-07-15' }),
  accredits(4, 4, { start: '2026-07-16', end: '2029-12-31' }),
];
