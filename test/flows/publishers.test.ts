import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crawlSource, sourceOf } from '@credatlas/crawl';
import type { Credential, Refusal, RunSummary } from '@credatlas/model';
import { normalizeChanges } from '@credatlas/normalize';
import { openStore, type Store } from '@credatlas/store-sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCredatlas } from './startCredatlas.ts';

/** Written for these tests in the manner of real publishers, each in another shape; what is expected was written from them, before. */
const folder = fileURLToPath(new URL('./publishers', import.meta.url));
const registry = 'https://credentialengineregistry.org/resources';
const clock = { now: () => Date.parse('2026-01-01T00:00:00Z'), sleep: async () => undefined };
const log = { debug() {}, info() {}, warn() {}, error() {} };
const progress = { report() {} };
const fetcher = {
  fetch: async () => Promise.reject(new TypeError('no network in this test')),
  close: async () => undefined,
};

let store: Store;
let summary: RunSummary;
let refusals: Refusal[];

beforeAll(async () => {
  store = openStore({ path: ':memory:', clock, log });
  const { records, recordWriter, cursors, graphs, graphWriter } = store;
  const source = sourceOf(folder, { cwd: '/' });
  summary = await crawlSource({ source, records, recordWriter, cursors, fetcher, clock, log, progress });
  await normalizeChanges({ records, graphs, graphWriter, clock, log, progress });
  refusals = await Array.fromAsync(records.refusals({}));
}, 120_000);
afterAll(() => store.close());

async function found(identity: string): Promise<Credential> {
  const credential = await store.credentials.credential(identity);
  expect(credential, identity).toBeDefined();
  return credential!;
}

const skills = ({ skills: all }: Credential) =>
  all
    .filter(({ confidence }) => confidence !== 'inferred')
    .map(({ label, relation, confidence, via }) => [label, relation, confidence, via.name ?? '']);
const total = ({ totalCosts }: Credential) =>
  totalCosts.map(({ amount, currency, basis }) => [amount, currency, basis]);

test('a degree in a registry graph, with owner, programme, framework and transfer value in documents of their own', async () => {
  const degree = await found('ce-2a7d0c11-6b1f-4c51-8a0e-5d6e7f809101');
  expect(degree).toMatchObject({
    uri: `${registry}/ce-2a7d0c11-6b1f-4c51-8a0e-5d6e7f809101`,
    ctidForm: 'valid',
    family: 'degree',
    types: ['ceterms:AssociateOfAppliedScienceDegree'],
    nameText: 'AAS in Marine Diesel Technology',
    name: { 'en-us': 'AAS in Marine Diesel Technology', 'fr-ca': 'Diplôme en mécanique diesel marine' },
    alternateNames: ['Marine Diesel AAS', 'Diesel Degree'],
    status: 'teachOut',
    owners: [{ name: 'Harbor Point Community College', resolved: true }],
    offerers: [
      { name: 'Harbor Point Community College', resolved: true },
      { name: 'Great Lakes Shipyard', uri: 'https://shipyard.example', resolved: false },
    ],
    provider: { sector: 'Public', types: ['TwoYear'] },
    educationRank: 5,
    dates: { effective: '2024-08', expires: '2027', expiresApproximate: true },
    durationDays: 547.875,
    effortHours: 1800,
    renewal: { frequency: 'P3Y' },
    financialAid: ['PellGrant', 'Post911GIBill'],
    identifiers: [
      { scheme: 'codedNotation', value: 'MDT-AAS' },
      { schemeName: 'Catalog year', value: '2024-2025' },
    ],
    versions: { identifiers: ['2024-2025'], previous: `${registry}/ce-2a7d0c11-6b1f-4c51-8a0e-5d6e7f8091aa` },
    occupations: [
      { code: '49-3051.00', scheme: 'onet', label: 'Motorboat Mechanics and Service Technicians' },
      { label: "Ship's engineer" },
    ],
    industries: [{ code: '336611', scheme: 'naics' }],
    programs: [{ code: '47.0605', scheme: 'cip' }],
    subjects: [{ label: 'Marine Propulsion' }],
    places: [{ name: 'Dock campus', city: 'Superior', region: 'WI', country: 'US', basis: 'offering' }],
    rigor: { state: 'assessed', assessments: 1, proctored: true, groupEvaluated: false, methods: ['Performance'] },
    verification: [
      { service: 'https://verify.example/harborpoint', holderMustAuthorize: true, claimTypes: ['TranscriptClaim'] },
    ],
    outcomes: [{ low: 41000, median: 52000, count: 34, months: 12, currency: 'USD' }],
  });
  expect(degree.levels.map(({ label, property }) => [label, property])).toEqual([
    ['Associates Degree Level', 'audienceLevelType'],
    ['EQF Level 5', 'atLevel'],
    ['Lower Division Level', 'creditLevelType'],
  ]);
  expect(skills(degree)).toEqual([
    ['Fuel system diagnosis', 'teaches', 'linked', 'Marine diesel programme'],
    ['Set the injection timing of a marine engine.', 'teaches', 'linked', 'Marine diesel programme'],
    ['overhaul diesel engines', 'assesses', 'codeOnly', ''],
    ['read standard blueprints', 'teaches', 'linked', 'Hydraulics I'],
  ]);
  expect(degree.skills.find(({ label }) => label.startsWith('Set the injection'))).toMatchObject({
    key: 'case:6b2f0c1a-3d4e-4f5a-8b6c-7d8e9f0a1b2c',
    merged: { key: 'ctid:ce-3b0c1d2e-7a8b-4c9d-8e0f-1a2b3c4d5e02' },
  });
  // 96 quarter hours; the courses' own credit is never added to what the degree itself asks for.
  expect(degree.creditSemesterHours).toBe(64);
  // In-state tuition, books and the application fee; out of state it is dearer.
  expect(degree.totalCosts).toMatchObject([{ amount: '10437.50', max: '15237.50', currency: 'USD', basis: 'sum' }]);
  expect(
    degree.recognition.map(({ role, property, subject, jurisdiction }) => [role, property, subject, jurisdiction]),
  ).toEqual([
    ['accredited', 'accreditedIn', 'credential', 'Minnesota'],
    ['accredited', 'accreditedBy', 'provider', undefined],
  ]);
  expect(degree.tier.periods).toMatchObject([{ listed: { value: 'high', rule: 'assessed-and-authorized' } }]);
});

test('its conditions with all alternatives, its edges by name and by record, each from its place', async () => {
  const degree = await found('ce-2a7d0c11-6b1f-4c51-8a0e-5d6e7f809101');
  const group = 'ceterms:requires/1';
  expect(degree.conditions).toMatchObject([
    { kind: 'requires', name: 'Credits', costs: [{ type: 'Application', amount: '25' }], credit: [{ value: 96 }] },
    { name: 'Capstone, one of three', alternativeGroup: group, jurisdiction: 'Minnesota, United States' },
    { name: 'or a portfolio', alternativeGroup: group, submissions: ['https://www.harborpoint.example/portfolio'] },
    {
      name: 'or experience',
      alternativeGroup: group,
      experienceYears: 4,
      minimumAge: 21,
      targets: [{ kind: 'Occupation', target: { name: 'Assistant engineer' } }],
    },
    { kind: 'recommends', text: 'A forklift licence helps.' },
  ]);
  expect(degree.edges.map(({ relation, target }) => [relation, target.name ?? target.uri, target.resolved])).toEqual([
    ['requires', 'Marine diesel programme', true],
    ['requires', 'Overhaul practical', false],
    ['requires', 'Assistant engineer', false],
    ['recommends', `${registry}/ce-2a7d0c11-6b1f-4c51-8a0e-5d6e7f8091ff`, false],
    ['isPreparationFor', 'Designated Duty Engineer', false],
    ['transferValueFrom', 'MK A School', false],
  ]);
  expect(degree.edges.at(-1)).toMatchObject({
    credit: [{ value: 6, unit: 'SemesterHour', levels: ['LowerDivisionLevel'], subjects: ['diesel mechanics'] }],
    assertedBy: [{ name: 'Council on Workplace Learning', uri: 'https://cwl.example' }],
    owners: [{ name: 'Coast Guard Training Center' }],
    start: '2023-07-01',
    end: '2026-06-30',
  });
  expect(degree.issues.map(({ code, path }) => [code, path])).toEqual([
    ['unknown_term', '/@graph/0/ceterms:futureTerm2027'],
  ]);
  expect(degree.sourcePaths).toMatchObject({
    '/nameText': '#/@graph/0/ceterms:name/en-US',
    '/alternateNames/1': '#/@graph/0/ceterms:alternateName/en-US/1',
    '/languages/1': '#/@graph/0/ceterms:inLanguage/1',
    '/webpage': '#/@graph/0/ceterms:subjectWebpage',
    '/image': '#/@graph/0/ceterms:image',
    '/identifiers/0': '#/@graph/0/ceterms:codedNotation',
    '/versions/identifiers/0': '#/@graph/0/ceterms:versionIdentifier/0',
    '/versions/previous': '#/@graph/0/ceterms:previousVersion',
    '/dates/effective': '#/@graph/0/ceterms:dateEffective',
    '/dates/expires': '#/@graph/0/ceterms:approximateExpirationDate',
    '/renewal': '#/@graph/0/ceterms:renewalFrequency',
    '/financialAid/1': '#/@graph/0/ceterms:financialAssistance/0/ceterms:financialAssistanceType/1',
    '/rigor': '#/@graph/2',
    '/verification/0': `${registry}/ce-1f0e6a52-5a0c-4a3e-9a68-0b1f2c3d4e01#/@graph/1`,
    '/conditions/3': '#/@graph/0/ceterms:requires/1/ceterms:alternativeCondition/0/ceterms:alternativeCondition/0',
    '/costs/3': '#/@graph/0/ceterms:requires/0/ceterms:estimatedCost/0',
  });
  expect(degree.provenance.contextUrl).toBe('https://credreg.net/ctdl/schema/context/json');
});

test('a certification of 2016: http namespace, bare texts, hours of credit, a key with a blank', async () => {
  const brazer = await found('ce-5f1c7b90-1d2e-4f3a-8b4c-5d6e7f8091a2');
  expect(brazer).toMatchObject({
    ctidForm: 'malformed',
    family: 'certification',
    nameText: 'Certified Refrigeration Brazer',
    webpage: 'https://brazers.example/crb',
    languages: ['en'],
    status: 'active',
    owners: [{ name: 'Guild of Brazers', uri: 'https://brazers.example' }],
    identifiers: [{ value: '2016-B' }],
    versions: { identifiers: ['2016-B'] },
    dates: { effective: '2016-03' },
    durationDays: 44.4375,
    effortHours: 36,
    creditSemesterHours: 2.5,
    renewal: { frequency: 'P2Y', text: 'Ten hours of continuing education.' },
    recognition: [{ role: 'accredited', agent: { name: 'Trade Skills Accreditation Board' } }],
    programs: [{ code: '47.0201', scheme: 'cip' }],
    places: [{ city: 'Mesa', region: 'AZ', country: 'US', basis: 'provider' }],
  });
  expect(brazer.keywords.map(({ label }) => label)).toEqual(['brazing', 'hvac']);
  expect(skills(brazer)).toEqual([
    ['Leak testing', 'requires', 'labelOnly', ''],
    ['Brazing', 'assesses', 'labelOnly', ''],
  ]);
  // A price of nothing is a price.
  expect(total(brazer)).toEqual([['0.00', 'USD', 'sum']]);
  const codes = brazer.issues.map(({ code }) => code);
  for (const code of ['http_namespace', 'renamed_term', 'key_with_blanks', 'unknown_key_dropped', 'malformed_ctid'])
    expect(codes).toContain(code);
});

test('two graphs of one file use the same labels for different nodes', async () => {
  const [kayak, raft] = [
    await found('ce-6d1e2f30-9cad-4ebf-a021-3c4d5e6f7081'),
    await found('ce-6d1e2f30-9cad-4ebf-a021-3c4d5e6f7082'),
  ];
  expect([kayak.owners[0]?.name, raft.owners[0]?.name]).toEqual(['River School', 'Canyon School']);
  expect([kayak, raft].map((each) => each.skills[0]?.label)).toEqual(['Eskimo roll', 'Throw bagging']);
  expect(kayak.platforms).toEqual(['badges.example']);
});

test('an envelope whose resource is a JWT', async () => {
  const canoe = await found('ce-6d1e2f30-9cad-4ebf-a021-3c4d5e6f7099');
  expect(canoe).toMatchObject({
    nameText: 'Canoe Guide',
    publisher: { ctid: 'ce-1f0e6a52-5a0c-4a3e-9a68-0b1f2c3d4e09' },
    provenance: { community: 'ce_registry', modifiedAt: '2025-05-06T07:08:09.000Z' },
  });
});

test('a flattened graph with a prefix of its own, and languages as a list', async () => {
  const baker = await found('https://bakers.example/id/baker');
  expect(baker).toMatchObject({
    family: 'microCredential',
    name: { en: 'Artisan Baker', es: 'Panadero artesanal' },
    owners: [{ uri: 'https://bakers.example/id/guild', name: "Bakers' Guild", resolved: true }],
    conditions: [{ text: 'Bake for an assessor', targets: [{ kind: 'Assessment', target: { name: 'Baking exam' } }] }],
  });
  expect(skills(baker)).toEqual([['Sourdough shaping', 'assesses', 'labelOnly', 'Baking exam']]);
  expect(baker.issues.map(({ code }) => code)).toEqual([
    'language_map_in_array',
    'language_map_in_array',
    'relative_reference',
  ]);
});

test('courses listed on a page, each with its school, price, hours and place', async () => {
  const pottery = await found('https://evening.example/courses/pottery');
  expect(pottery).toMatchObject({
    kind: 'learning',
    nameText: 'Pottery for Beginners',
    owners: [{ name: 'Evening School of Hull', uri: 'https://evening.example/#org', resolved: true }],
    delivery: ['InPerson'],
    effortHours: 20,
    places: [{ name: 'Kiln room', city: 'Hull', country: 'GB', basis: 'stated' }],
  });
  expect(total(pottery)).toEqual([['85.00', 'GBP', 'sum']]);
  const spreadsheets = await found('https://evening.example/courses/excel');
  expect(total(spreadsheets)).toEqual([['0.00', 'GBP', 'sum']]);
  expect(spreadsheets.freshness.affirmed).toBe('2026-02-03');
  expect(skills(spreadsheets)).toEqual([['use spreadsheets software', 'teaches', 'labelOnly', '']]);
});

test('a programme that its page alone gives an address, and the certificate that it awards', async () => {
  const page = 'https://hive.example/learn/beekeeping';
  const programme = await found(page);
  expect(programme).toMatchObject({
    kind: 'learning',
    nameText: 'Beekeeping Certificate Program',
    provider: { name: 'Hive Academy' },
    credit: [{ value: 9 }],
    durationDays: 213.0625,
    occupations: [{ code: '45-2093' }],
    outcomes: [{ median: 31000, currency: 'USD' }],
    conditions: [{ kind: 'entryCondition', targets: [{ target: { name: 'High school diploma' } }] }],
  });
  expect(total(programme)).toEqual([['1150.00', 'USD', 'sum']]);
  expect(programme.creditSemesterHours).toBeUndefined();
  expect(programme.edges.map(({ relation, target }) => [relation, target.name])).toEqual([
    ['entryCondition', 'High school diploma'],
    ['resultsInCredential', 'Certificate in Beekeeping'],
  ]);
  const certificate = await found(`${page}#certificate-in-beekeeping`);
  expect(certificate).toMatchObject({ family: 'certificate', renewal: { frequency: 'P5Y' } });
  expect(skills(certificate)).toEqual([['inspect hives', 'requires', 'labelOnly', '']]);
});

test('microdata and RDFa: addresses against the base of the page', async () => {
  const turner = await found('https://lathe.example/badges/turner');
  expect(turner).toMatchObject({
    family: 'badge',
    nameText: 'Turner Badge',
    owners: [{ name: 'Lathe House', uri: 'https://lathe.example/' }],
    recognition: [{ role: 'recognized', agent: { name: 'Metal Trades Council' } }],
  });
  expect(skills(turner)).toEqual([['operate lathe', 'requires', 'labelOnly', '']]);
  expect(await found('https://lathe.example/courses/milling')).toMatchObject({
    identifiers: [{ scheme: 'codedNotation', value: 'ML-1' }],
    durationDays: 21,
    conditions: [{ kind: 'entryCondition', text: 'Turner Badge' }],
  });
  expect(await found('https://lathe.example/badges/grinder')).toMatchObject({
    types: ['ceterms:DigitalBadge'],
    nameText: 'Grinder Badge',
    webpage: 'https://lathe.example/grinder',
  });
});

test('badges of 2.0 and 3.0: one condition with criteria and skills, who created and who issues', async () => {
  const rescuer = await found('https://badges.river.example/b/swift-water');
  expect(rescuer).toMatchObject({
    owners: [{ name: 'River Rescue Institute' }],
    checking: { openBadges: '2.0' },
    occupations: [{ code: '33-2011.00', label: 'Firefighters' }],
    conditions: [{ webpage: 'https://badges.river.example/b/swift-water/criteria' }],
  });
  expect(rescuer.conditions).toHaveLength(1);
  expect(skills(rescuer)).toEqual([
    ['Public Safety and Security', 'requires', 'linked', ''],
    ['Rope handling', 'requires', 'linked', ''],
  ]);
  const soil = await found('https://meadow.example/achievements/soil');
  expect(soil).toMatchObject({
    family: 'microCredential',
    owners: [{ name: 'Meadow University' }],
    offerers: [{ name: 'Meadow Online' }],
    sameAs: [`${registry}/ce-7e2f3041-adbe-4fc0-b132-4d5e6f708192`],
    credit: [{ value: 3 }],
    conditions: [{ text: 'Two field reports and a proctored examination.' }],
    edges: [{ relation: 'isSimilarTo', target: { uri: 'https://meadow.example/achievements/soil-1' } }],
  });
  expect(soil.conditions).toHaveLength(1);
  expect(soil.creditSemesterHours).toBeUndefined();
});

test('a European qualification: its level in its framework, its accreditation with days, its examination', async () => {
  const mechatronics = await found('https://quals.kraftwerk.example/q/mechatronik');
  expect(mechatronics).toMatchObject({
    name: { de: 'Mechatroniker/in', en: 'Mechatronics technician' },
    languages: ['de'],
    owners: [{ name: 'Handelskammer Hamburg' }],
    credit: [{ value: 120, text: 'ECTS' }],
    levels: [{ scheme: 'European Qualifications Framework (EQF)', label: 'Level 4', property: 'atLevel' }],
    effortHours: 5600,
    durationDays: 1278.375,
    rigor: { state: 'assessed' },
    recognition: [{ role: 'accredited', agent: { name: 'Federal Institute' }, start: '2021-03-01', end: '2031-02-28' }],
  });
  expect(mechatronics.conditions.map(({ kind, text }) => [kind, text])).toEqual([
    ['requires', undefined],
    ['entryCondition', 'Lower secondary certificate'],
  ]);
  expect(skills(mechatronics).map(([label, , confidence]) => [label, confidence])).toEqual([
    ['program PLC', 'linked'],
    ['Maintains pneumatic systems', 'labelOnly'],
  ]);
  expect(mechatronics.edges.map(({ relation, target }) => [relation, target.name])).toEqual([
    ['requires', 'Final examination, part 2'],
    ['isPartOf', 'Metal trades'],
  ]);
  expect(mechatronics.tier.periods.map(({ from, listed }) => [from, listed.value])).toEqual([
    [undefined, 'contextual'],
    ['2021-03-01', 'high'],
    ['2031-03-01', 'contextual'],
  ]);
});

test('bulk-upload tables: a range of credit, the owner’s record, a framework that is linked whole', async () => {
  const topics = await found('ce-8f304152-becf-40d1-8243-5e6f70819204');
  expect(topics).toMatchObject({
    kind: 'learning',
    status: 'suspended',
    owners: [{ name: 'Harbor Point Community College', resolved: true }],
    offerers: [{ name: 'Kite Extension', resolved: false }],
    creditSemesterHours: 1,
  });
  expect(topics.credit).toEqual([{ min: 1, max: 6, unit: 'SemesterHour', via: { path: [] } }]);
  const museum = await found('ce-9a415263-cfd0-41e2-9354-6f7081920314');
  expect(museum).toMatchObject({
    family: 'certificate',
    credit: [{ value: 18 }],
    occupations: [{ code: '25-4012.00', label: 'Curators' }, { code: '25-4013.00' }],
    programs: [{ code: '30.1401' }],
  });
  expect(skills(museum).map(([label]) => label)).toEqual([
    'Fuel system diagnosis',
    'Set the injection timing of a marine engine.',
    'https://kite.example/frameworks/museum',
  ]);
});

test('statements: Turtle, and N-Quads of a named graph', async () => {
  expect(await found('https://board.example/licences/elevator')).toMatchObject({
    family: 'licence',
    name: { 'en-us': 'Elevator Mechanic Licence', es: 'Licencia de mecánico de ascensores' },
    owners: [{ name: 'Elevator Safety Board', resolved: true }],
    recognition: [{ role: 'regulated', jurisdiction: 'Oregon', agent: { name: 'Elevator Safety Board' } }],
    conditions: [{ experienceYears: 3 }],
    dates: { effective: '2019-01-01' },
  });
  expect(await found('https://board.example/licences/boiler')).toMatchObject({
    nameText: 'Boiler Operator Licence',
    owners: [{ name: 'Boiler Board' }],
  });
});

test('a pathway’s competencies, a rubric’s criteria and an alignment are skills; a collection is known', async () => {
  const beekeeper = await found('ce-b1526374-d0e1-4f23-a465-708192031428');
  expect(skills(beekeeper)).toEqual([
    ['Uses a smoker calmly', 'assesses', 'labelOnly', "Examiner's sheet"],
    ['Catches a swarm and hives it in one evening.', 'requires', 'linked', 'Handles swarms'],
  ]);
  expect(beekeeper.skills.find(({ relation }) => relation === 'requires')?.key).toBe('lightcast:ks1200b62w5zf38rj7td');
  expect(beekeeper.collections).toMatchObject([{ name: 'In demand in Minnesota', types: ['InDemand'] }]);
  expect(beekeeper.pathways).toMatchObject([
    {
      name: 'Road to Beekeeper',
      component: `${registry}/ce-b1526374-d0e1-4f23-a465-708192031426`,
      destination: true,
    },
  ]);
});

test('what is malformed is refused with its place or read with its faults; nothing is fatal', async () => {
  expect(summary.state).toBe('finished');
  const refused = refusals.map(({ key, code }) => [key, code]).sort();
  expect(refused).toEqual([
    ['courses.csv#2', 'no_identity'],
    ['nothing.json', 'no_identity'],
    ['trailing-comma.jsonld', 'malformed_json'],
  ]);
  const faulty = await found('https://broken.example/2');
  expect(faulty).toMatchObject({ nameText: '', owners: [{ name: 'Georgia DOE' }], totalCosts: [], durations: [{}] });
  expect(faulty.dates).toEqual({});
  expect(faulty.issues.map(({ code }) => code).sort()).toEqual([
    'dangling_blank_node',
    'relative_reference',
    'unknown_currency',
    'unreadable_date',
    'unreadable_duration',
    'unreadable_price',
  ]);
});

test('the command reads the same from one file: rows joined with one another, statements, a page', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'credatlas-publishers-'));
  const normalized = async (file: string): Promise<{ uri: string; credentials: Credential[] }[]> => {
    const { finished } = startCredatlas(['normalize', '--json', join(folder, file)], { dataDir });
    return (await finished).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };
  const [[first], [quads]] = await Promise.all([normalized('catalogue.html'), normalized('licence.nq')]);
  expect(first?.uri).toBe('https://evening.example/courses#script-0');
  expect(first?.credentials.map(({ uri }) => uri)).toEqual([
    'https://evening.example/courses/pottery',
    'https://evening.example/courses/excel',
  ]);
  expect(quads?.credentials.map(({ nameText }) => nameText)).toEqual(['Boiler Operator Licence']);
  rmSync(dataDir, { recursive: true });
}, 120_000);
