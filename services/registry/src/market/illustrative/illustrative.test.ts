import { expect, test } from 'vitest';
import { iriOf, type Node } from '../graph.ts';
import { sampleMarket } from '../market.ts';

const graphs = [...sampleMarket()].map(({ graph }) => graph['@graph']);
const byIri = new Map(graphs.flat().map((node) => [node['@id'], node]));
const members = [byIri.get(iriOf('collection illustrative'))?.['ceterms:hasMember']].flat() as string[];
const credentials = members.map((iri) => byIri.get(iri) ?? {});
const ofType = (type: string): Node[] => graphs.flat().filter((node) => node['@type'] === type);

function nodesUnder(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(nodesUnder);
  return Array.isArray(value) ? inside : [value as Node, ...inside];
}

const nameOf = (node: Node | undefined): string => String((node?.['ceterms:name'] as Node | undefined)?.['en-US']);
const targets = (node: Node, property: string): Node[] =>
  nodesUnder(node).flatMap((inner) => [inner[property] ?? []].flat() as Node[]);

test('every one of them says that it is invented, and so does its provider', () => {
  for (const credential of credentials) {
    expect(JSON.stringify(credential['ceterms:description'])).toMatch(/An invented example\."\}$/);
    const owner = byIri.get(String(credential['ceterms:ownedBy']));
    expect(JSON.stringify(owner?.['ceterms:description'])).toContain('invented');
    expect(owner?.['ceterms:subjectWebpage']).toMatch(/^https:\/\/[a-z-]+\.example\/$/);
  }
});

test('every credential of ours outside the public tables is a member of the collection', () => {
  const invented = graphs
    .flat()
    .filter((node) => JSON.stringify(node).includes('.example/') && 'ceterms:credentialStatusType' in node);
  expect(invented).toHaveLength(members.length);
  expect(new Set(members).size).toBe(members.length);
});

test('its addresses end in .example, which nobody can own', () => {
  const texts = JSON.stringify(credentials).match(/https?:\/\/[^/"]+/g) ?? [];
  const public_ = [
    'credentialengineregistry.org',
    'credreg.net',
    'nces.ed.gov',
    'www.bls.gov',
    'data.europa.eu',
    'www.onetcenter.org',
  ];
  const hosts = new Set(texts.map((text) => text.replace(/^https?:\/\//, '')));
  expect([...hosts].filter((host) => !host.endsWith('.example') && !public_.includes(host))).toEqual([]);
});

test('skills are stated by registry competency, ESCO’s IRI, O*NET’s code and by name alone, required, taught and assessed', () => {
  const stated = ['ceterms:teaches', 'ceterms:assesses', 'ceterms:targetCompetency'].map((property) => {
    const holders = graphs.flat().filter((node) => JSON.stringify(node).includes('.example/'));
    return holders.flatMap((node) => targets(node, property));
  });
  for (const skills of stated) {
    const uris = skills.map((skill) => String(skill['ceterms:targetNode'] ?? ''));
    const count = (holds: (skill: Node, uri: string) => boolean): number =>
      skills.filter((skill, index) => holds(skill, uris[index] ?? '')).length;
    expect(count((_, uri) => byIri.get(uri)?.['@type'] === 'ceasn:Competency')).toBeGreaterThan(50);
    expect(count((_, uri) => uri.startsWith('http://data.europa.eu/esco/skill/'))).toBeGreaterThan(20);
    expect(count((skill) => /^2\.[AB]\.\d\.[a-z]$/.test(String(skill['ceterms:codedNotation'])))).toBeGreaterThan(20);
    expect(count((skill, uri) => uri === '' && !('ceterms:codedNotation' in skill))).toBeGreaterThan(20);
  }
  const frameworks = stated[2]?.filter(
    (skill) => byIri.get(String(skill['ceterms:targetNode']))?.['@type'] === 'ceasn:CompetencyFramework',
  );
  expect(frameworks?.length).toBeGreaterThan(3);
});

test('a large award is a programme of three courses; a small one requires its courses; some recommend one more', () => {
  const programmes = ofType('ceterms:LearningProgram').filter((node) => 'ceterms:hasPart' in node);
  expect(programmes.length).toBeGreaterThan(50);
  for (const programme of programmes) {
    const parts = (programme['ceterms:hasPart'] as string[]).map((iri) => byIri.get(iri)?.['@type']);
    expect(parts).toEqual(['ceterms:Course', 'ceterms:Course', 'ceterms:Course']);
  }
  const recommending = credentials.filter((node) => 'ceterms:recommends' in node);
  expect(recommending.length).toBeGreaterThan(20);
  const [first] = recommending.flatMap((node) =>
    targets(node['ceterms:recommends'] as Node, 'ceterms:targetLearningOpportunity'),
  );
  expect(nameOf(byIri.get(first))).toMatch(/ for Beginners$/);
});

test('prices come in every shape and in five currencies', () => {
  const costs = credentials.map((node) => targets(node, 'ceterms:estimatedCost'));
  const shapes: Record<string, (costs: Node[]) => boolean> = {
    aggregate: (all) => JSON.stringify(all).includes('costType:AggregateCost'),
    residency: (all) => JSON.stringify(all).includes('residency:OutOfState'),
    period: (all) => JSON.stringify(all).includes('per month'),
    zero: (all) => all.some((each) => each['ceterms:price'] === 0),
    missing: (all) => all.length === 0,
  };
  for (const [shape, holds] of Object.entries(shapes)) expect([shape, costs.some(holds)]).toEqual([shape, true]);
  expect(credentials.some((node) => 'ceterms:commonCosts' in node)).toBe(true);
  const currencies = new Set(costs.flat().map((each) => each['ceterms:currency']));
  expect([...currencies].sort()).toEqual(['AUD', 'CAD', 'EUR', 'GBP', 'USD']);
});

test('credit comes in four units, lengths in years, months, weeks and hours', () => {
  const units = JSON.stringify(credentials).match(/creditUnit:\w+/g);
  expect([...new Set(units)].sort()).toEqual([
    'creditUnit:ClockHour',
    'creditUnit:ContinuingEducationUnit',
    'creditUnit:QuarterHour',
    'creditUnit:SemesterHour',
  ]);
  const lengths = JSON.stringify(credentials.map((node) => node['ceterms:estimatedDuration'])).match(
    /(?<=")PT?\d+\w(?=")/g,
  );
  expect(new Set(lengths?.map((text) => text.replace(/\d+/, '')))).toEqual(new Set(['PY', 'PM', 'PW', 'PTH']));
});

test('transfer agreements have ended, hold or are still to come, and what they value leads from an award to a programme', () => {
  const agreements = ofType('ceterms:TransferAgreement');
  expect(new Set(agreements.map((node) => node['ceterms:expirationDate']))).toEqual(
    new Set(['2024-08-31', '2028-12-31', '2030-08-31']),
  );
  for (const agreement of agreements) {
    const value = byIri.get(String(agreement['ceterms:hasTransferValueProfile']));
    expect(value?.['ceterms:ownedBy']).toEqual(agreement['ceterms:receivingOrganization']);
    expect(members).toContain(String(value?.['ceterms:transferValueFrom']));
    expect(members).toContain(String(value?.['ceterms:transferValueFor']));
  }
});

test('a recommended value comes from a credential and a blank node of its own graph, for nothing in particular', () => {
  const recommended = graphs.filter(
    ([main]) => main?.['@type'] === 'ceterms:TransferValueProfile' && !('ceterms:transferValueFor' in main),
  );
  expect(recommended.length).toBeGreaterThan(10);
  for (const [main, course] of recommended) {
    expect(course?.['@id']).toBe('_:course');
    expect(main?.['ceterms:transferValueFrom']).toContain('_:course');
  }
});

test('each field has a pathway from a short award to a programme', () => {
  const pathways = graphs.filter(([main]) => main?.['@type'] === 'ceterms:Pathway');
  expect(pathways).toHaveLength(10);
  for (const [pathway, start, end] of pathways) {
    expect(pathway?.['ceterms:hasPart']).toEqual([start?.['@id'], end?.['@id']]);
    expect(pathway?.['ceterms:hasDestinationComponent']).toEqual([end?.['@id']]);
    expect(members).toEqual(expect.arrayContaining([start?.['ceterms:proxyFor'], end?.['ceterms:proxyFor']]));
  }
});

test('badges have an address and a way to check them; certifications are renewed; accreditations have dates', () => {
  for (const badge of ofType('ceterms:OpenBadge'))
    expect(badge).toMatchObject({
      'ceterms:credentialId': expect.any(String),
      'ceterms:usesVerificationService': [iriOf('verification illustrative')],
    });
  const certifications = credentials.filter((node) => node['@type'] === 'ceterms:Certification');
  expect(certifications.length).toBeGreaterThan(20);
  for (const node of certifications) expect(node['ceterms:renewalFrequency']).toMatch(/^P[1235]Y$/);
  const ends = new Set(ofType('ceterms:AccreditAction').map((node) => node['ceterms:endDate']));
  expect(ends).toEqual(new Set(['2025-12-31', '2029-12-31']));
});

test.each([
  'Data Analysis',
  'Welding',
  'Nursing Assistance',
  'Cloud Operations',
  'Project Management',
  'Cybersecurity',
  'Early Childhood Education',
])('an employer who asks for %s finds several kinds of award by many providers', (field) => {
  const found = credentials.filter((node) => nameOf(node).endsWith(` in ${field}`));
  expect(new Set(found.map((node) => String(node['ceterms:ownedBy']))).size).toBeGreaterThanOrEqual(30);
  expect(new Set(found.map((node) => node['@type'])).size).toBeGreaterThanOrEqual(5);
});
