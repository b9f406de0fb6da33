import { expect, test } from 'vitest';
import { iriOf, type Node } from './graph.ts';
import { sampleMarket } from './market.ts';

const market = [...sampleMarket()];

/** The main resources of that name and class. */
function named(name: string, type: string): Node[] {
  return market
    .flatMap(({ graph }) => graph['@graph'].slice(0, 1))
    .filter((node) => node['@type'] === type && (node['ceterms:name'] as Node | undefined)?.['en-US'] === name);
}

const concept = (framework: string, targetNode: string, name: string): Node => ({
  '@type': 'ceterms:CredentialAlignmentObject',
  'ceterms:framework': `https://credreg.net/ctdl/terms/${framework}`,
  'ceterms:targetNode': targetNode,
  'ceterms:targetNodeName': { 'en-US': name },
});
const cost = (kind: string, name: string, price: number): Node => ({
  '@type': 'ceterms:CostProfile',
  'ceterms:directCostType': [concept('CostType', `costType:${kind}`, name)],
  'ceterms:price': price,
  'ceterms:currency': 'USD',
});
const dentalCredential = 'credential new-jersey 253 174 Dental Assisting I ';
const owner = iriOf('organization new-jersey provider 174');
const inBoth = {
  'ceterms:name': { 'en-US': 'Dental Assisting I' },
  'ceterms:inLanguage': ['en'],
  'ceterms:ownedBy': [owner],
  'ceterms:offeredBy': [owner],
  'ceterms:availableAt': [
    {
      '@type': 'ceterms:Place',
      'ceterms:streetAddress': { 'en-US': '201 Willowbrook Boulevard - 2nd Floor' },
      'ceterms:addressLocality': { 'en-US': 'Wayne' },
      'ceterms:addressRegion': { 'en-US': 'NJ' },
      'ceterms:postalCode': '07470',
      'ceterms:addressCountry': { 'en-US': 'United States' },
    },
  ],
  'ceterms:subjectWebpage': 'https://www.fortisinstitute.edu',
  'ceterms:instructionalProgramType': [
    {
      '@type': 'ceterms:CredentialAlignmentObject',
      'ceterms:framework': 'https://nces.ed.gov/ipeds/cipcode',
      'ceterms:frameworkName': { 'en-US': 'Classification of Instructional Programs' },
      'ceterms:codedNotation': '51.0601',
      'ceterms:targetNodeName': { 'en-US': 'Dental Assisting/Assistant' },
    },
  ],
  // Length class 7 is six to twelve months.
  'ceterms:estimatedDuration': [
    {
      '@type': 'ceterms:DurationProfile',
      'ceterms:minimumDuration': 'P6M',
      'ceterms:maximumDuration': 'P12M',
      'ceterms:timeRequired': 'PT1015H',
    },
  ],
};

test('programme 253 of the state’s table is a learning programme with its prices, parts and sum, and its clock hours', () => {
  const [learning] = named('Dental Assisting I', 'ceterms:LearningProgram');
  expect(learning).toEqual({
    '@id': iriOf(`programme ${dentalCredential}`),
    '@type': 'ceterms:LearningProgram',
    'ceterms:ctid': iriOf(`programme ${dentalCredential}`).slice(-39),
    ...inBoth,
    'ceterms:lifeCycleStatusType': concept('LifeCycleStatus', 'lifeCycle:Active', 'Active'),
    'ceterms:resultsInCredential': [iriOf(dentalCredential)],
    'ceterms:estimatedCost': [
      cost('Tuition', 'Tuition', 19235),
      cost('ProgramSpecificFee', 'Program Specific Fee', 201),
      cost('LearningResource', 'Learning Resource', 550),
      cost('Equipment', 'Equipment', 775),
      cost('MixedFees', 'Mixed Fees', 540),
      cost('AggregateCost', 'Aggregate Cost', 21301),
    ],
    'ceterms:creditValue': [
      {
        '@type': 'ceterms:ValueProfile',
        'schema:value': 1015,
        'ceterms:creditUnitType': [concept('CreditUnit', 'creditUnit:ClockHour', 'Clock Hour')],
      },
    ],
    'ceterms:deliveryType': [concept('Delivery', 'deliveryType:InPerson', 'In Person')],
  });
});

test('it awards a certificate of completion that requires it and leads to the industry credential of the state’s list', () => {
  const [credential] = named('Dental Assisting I', 'ceterms:CertificateOfCompletion');
  expect(credential).toEqual({
    '@id': iriOf(dentalCredential),
    '@type': 'ceterms:CertificateOfCompletion',
    'ceterms:ctid': iriOf(dentalCredential).slice(-39),
    ...inBoth,
    'ceterms:credentialStatusType': concept('CredentialStatus', 'credentialStat:Active', 'Active'),
    'ceterms:approvedBy': [iriOf('organization new-jersey-labor')],
    'ceterms:occupationType': [
      {
        '@type': 'ceterms:CredentialAlignmentObject',
        'ceterms:framework': 'https://www.bls.gov/soc/2018/',
        'ceterms:frameworkName': { 'en-US': 'Standard Occupational Classification' },
        'ceterms:codedNotation': '31-9091',
        'ceterms:targetNode': iriOf('occupation 31-9091'),
        'ceterms:targetNodeName': { 'en-US': 'Dental Assistants' },
      },
    ],
    'ceterms:learningDeliveryType': [concept('Delivery', 'deliveryType:InPerson', 'In Person')],
    'ceterms:requires': [
      {
        '@type': 'ceterms:ConditionProfile',
        'ceterms:name': { 'en-US': 'Completion of the programme' },
        'ceterms:targetLearningOpportunity': [iriOf(`programme ${dentalCredential}`)],
      },
    ],
    'ceterms:isPreparationFor': [
      {
        '@type': 'ceterms:ConditionProfile',
        'ceterms:name': { 'en-US': 'Certified Dental Assistant' },
        'ceterms:targetCredential': [iriOf('certification new-jersey 200')],
      },
    ],
  });
  expect(named('Certified Dental Assistant', 'ceterms:Certification')[0]?.['@id']).toBe(
    iriOf('certification new-jersey 200'),
  );
});

test('its occupation carries the skills of the public tables, so that the credential itself states none', () => {
  const [occupation] = named('Dental Assistants', 'ceterms:Occupation');
  const skill = (name: string): Node => ({
    '@type': 'ceterms:CredentialAlignmentObject',
    'ceterms:frameworkName': { 'en-US': 'O*NET Technology Skills' },
    'ceterms:targetNodeName': { 'en-US': name },
  });
  expect(occupation?.['ceterms:targetCompetency']).toEqual([
    // In demand in this occupation; the others are only hot.
    skill('Henry Schein Dentrix'),
    skill('Microsoft Excel'),
    skill('Microsoft Office software'),
  ]);
});

test('a programme that ends in a licence leads to New Jersey’s licence', () => {
  const [licence] = named('Cosmetologist-Hairstylist', 'ceterms:License');
  expect(licence).toMatchObject({
    'ceterms:regulatedBy': [iriOf('organization new-jersey')],
    'ceterms:jurisdiction': [{ 'ceterms:mainJurisdiction': [{ 'ceterms:name': { 'en-US': 'New Jersey' } }] }],
    'ceterms:occupationType': [{ 'ceterms:codedNotation': '39-5012' }],
  });
  expect(named('Cosmetology/Hairstyling', 'ceterms:CertificateOfCompletion')[0]?.['ceterms:isPreparationFor']).toEqual([
    {
      '@type': 'ceterms:ConditionProfile',
      'ceterms:name': { 'en-US': 'COSMETOLOGIST-HAIRSTYLIST' },
      'ceterms:targetCredential': [licence?.['@id']],
    },
  ]);
});

test('“first professional degree” is a doctorate of who says so, not of a typing course', () => {
  expect(named('Doctor of Chiropractic', 'ceterms:ProfessionalDoctorate')).toHaveLength(1);
  expect(named('Core Curriculum Clerk Typist', 'ceterms:CertificateOfCompletion')).toHaveLength(1);
});

test('a provider is where the table says, in whatever state', () => {
  expect(named('MedCerts', 'ceterms:CredentialOrganization')[0]?.['ceterms:address']).toMatchObject([
    { 'ceterms:addressRegion': { 'en-US': 'MI' } },
  ]);
});

test('an institution has a credential for each level that it awards, named by level only', () => {
  const [institution] = named('Mercer County Community College', 'ceterms:CredentialOrganization');
  expect(institution).toMatchObject({
    'ceterms:ipedsID': '185509',
    'ceterms:opeID': '474000',
    'ceterms:agentSectorType': [{ 'ceterms:targetNode': 'agentSector:Public' }],
    'ceterms:agentType': [
      { 'ceterms:targetNode': 'orgType:TwoYear' },
      { 'ceterms:targetNode': 'orgType:Postsecondary' },
    ],
    'ceterms:address': [
      { 'ceterms:postalCode': '08550-3407', 'ceterms:latitude': 40.254398, 'ceterms:longitude': -74.650719 },
    ],
  });
  const owned = market
    .flatMap(({ graph }) => graph['@graph'])
    .filter((node) => String(node['ceterms:ownedBy']) === institution?.['@id']);
  expect(owned.map((node) => [node['@type'], (node['ceterms:name'] as Node)['en-US']])).toEqual([
    ['ceterms:Certificate', 'Certificate of less than one year, Mercer County Community College'],
    ['ceterms:AssociateDegree', 'Associate degree, Mercer County Community College'],
  ]);
});

test('there are as many of each as the tables have rows', () => {
  const count = (id: string): number => {
    const collection = market.find(({ graph }) => graph['@graph'][0]?.['@id'] === iriOf(id));
    return [collection?.graph['@graph'][0]?.['ceterms:hasMember']].flat().length;
  };
  expect(count('collection new-jersey etpl')).toBe(1435);
  expect(count('collection new-jersey industry')).toBe(1750);
  expect(market.filter(({ type }) => type === 'ceterms:License')).toHaveLength(206);
});
