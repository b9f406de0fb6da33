import { type Fact, facts } from './facts.ts';
import {
  concept,
  condition,
  cost,
  credit,
  duration,
  en,
  graphOf,
  iriOf,
  type MarketGraph,
  type Node,
  place,
  webAddress,
} from './graph.ts';
import type { Classifications } from './occupations.ts';

const newJerseyState = 'organization new-jersey';
const department = 'organization new-jersey-labor';

/** New Jersey's eligible training programmes, its licences and the industry credentials it lists: from the state's public tables. */
export function* newJersey(classifications: Classifications): Iterable<MarketGraph> {
  const programmes = facts('programmes');
  yield* agencies();
  const providers = new Map(programmes.map((row) => [row.providerid ?? '', row]));
  for (const row of providers.values()) yield provider(row);
  for (const [index, row] of programmes.entries()) yield* programme(row, index, classifications);
  yield collection('etpl', {
    name: 'New Jersey eligible training providers',
    type: 'ETPL',
    members: programmes.map((row, index) => credentialName(row, index)),
  });
  const licences = facts('licences');
  for (const row of licences) yield licence(row, classifications);
  const certifications = facts('certifications');
  for (const row of certifications) yield certification(row);
  yield collection('industry', {
    name: 'New Jersey industry-valued credentials',
    type: 'IndustryRecognized',
    members: certifications.map(({ id }) => certificationName(id)),
  });
}

function* agencies(): Iterable<MarketGraph> {
  const address = [place({ city: 'Trenton', region: 'New Jersey' })];
  yield graphOf(newJerseyState, 'ceterms:QACredentialOrganization', {
    'ceterms:name': en('State of New Jersey'),
    'ceterms:subjectWebpage': 'https://www.nj.gov/',
    'ceterms:agentType': [concept('OrganizationType', 'orgType', 'Government')],
    'ceterms:agentSectorType': [concept('AgentSector', 'agentSector', 'Public')],
    'ceterms:address': address,
  });
  yield graphOf(department, 'ceterms:QACredentialOrganization', {
    'ceterms:name': en('New Jersey Department of Labor and Workforce Development'),
    'ceterms:subjectWebpage': 'https://www.nj.gov/labor/',
    'ceterms:agentType': [concept('OrganizationType', 'orgType', 'Government')],
    'ceterms:agentSectorType': [concept('AgentSector', 'agentSector', 'Public')],
    'ceterms:address': address,
    'ceterms:parentOrganization': [iriOf(newJerseyState)],
  });
}

function provider(row: Fact): MarketGraph {
  return graphOf(providerName(row), 'ceterms:CredentialOrganization', {
    'ceterms:name': en(row.name || `New Jersey training provider ${row.providerid}`),
    'ceterms:subjectWebpage': webAddress(row.website),
    'ceterms:agentType': [concept('OrganizationType', 'orgType', 'TrainingProvider')],
    'ceterms:address': address(row),
    'ceterms:identifier': [
      {
        '@type': 'ceterms:IdentifierValue',
        'ceterms:identifierTypeName': en('New Jersey provider number'),
        'ceterms:identifierValueCode': row.providerid,
      },
    ],
  });
}

function* programme(row: Fact, index: number, classifications: Classifications): Iterable<MarketGraph> {
  const name = credentialName(row, index);
  const learning = `programme ${name}`;
  const shared = {
    'ceterms:name': en(row.officialname),
    'ceterms:inLanguage': ['en'],
    'ceterms:ownedBy': [iriOf(providerName(row))],
    'ceterms:offeredBy': [iriOf(providerName(row))],
    'ceterms:availableAt': address(row),
    'ceterms:subjectWebpage': webAddress(row.website),
    'ceterms:instructionalProgramType': classifications.program(row.cipcode),
    'ceterms:estimatedDuration': durations(row),
  };
  const hours = amount(row.totalclockhours);
  const credits = amount(row.credit);
  yield graphOf(learning, 'ceterms:LearningProgram', {
    ...shared,
    'ceterms:lifeCycleStatusType': concept('LifeCycleStatus', 'lifeCycle', 'Active'),
    'ceterms:resultsInCredential': [iriOf(name)],
    'ceterms:estimatedCost': costs(row),
    'ceterms:creditValue': [
      ...(hours ? [credit(hours, 'ClockHour')] : []),
      ...(credits && row.degreeawarded !== '101' ? [credit(credits, 'SemesterHour')] : []),
    ],
    'ceterms:deliveryType': delivery(row),
  });
  yield graphOf(name, credentialClass(row), {
    ...shared,
    'ceterms:credentialStatusType': concept('CredentialStatus', 'credentialStat', 'Active'),
    'ceterms:approvedBy': [iriOf(department)],
    'ceterms:occupationType': classifications.occupationsOfProgram(row.cipcode),
    'ceterms:learningDeliveryType': delivery(row),
    'ceterms:requires': [
      condition({
        'ceterms:name': en('Completion of the programme'),
        'ceterms:targetLearningOpportunity': [iriOf(learning)],
      }),
    ],
    'ceterms:isPreparationFor': [
      ...leadsTo(row.licenseawardedname, row.licence && licenceName(row.licence)),
      ...leadsTo(row.industrycredentialname, row.certification && certificationName(row.certification)),
    ],
  });
}

/** What a programme prepares for; where the state has withdrawn it from its lists, only a name is left. */
function leadsTo(label: string | undefined, listed: string | undefined): Node[] {
  return label || listed
    ? [condition({ 'ceterms:name': en(label), 'ceterms:targetCredential': listed ? [iriOf(listed)] : [] })]
    : [];
}

function credentialName(row: Fact, index: number): string {
  return `credential new-jersey ${row.programid} ${row.providerid} ${row.officialname} ${row.programid ? '' : index}`;
}

function providerName(row: Fact): string {
  return `organization new-jersey provider ${row.providerid}`;
}

/** The class by the award that the table states; a programme that awards none ends in a certificate of completion. */
function credentialClass(row: Fact): string {
  // 800 is "first professional degree", also of a typing course.
  if (row.degreeawarded === '800' && /^doctor/i.test(row.officialname ?? '')) return 'ceterms:ProfessionalDoctorate';
  return byKind[row.credentialtype ?? ''] ?? byDegree[row.degreeawarded ?? ''] ?? 'ceterms:CertificateOfCompletion';
}

const byDegree: Readonly<Record<string, string>> = {
  '102': 'ceterms:Certificate',
  '103': 'ceterms:Certificate',
  '200': 'ceterms:AssociateDegree',
  '300': 'ceterms:BachelorDegree',
  '400': 'ceterms:PostBaccalaureateCertificate',
  '500': 'ceterms:MasterDegree',
  '600': 'ceterms:PostMasterCertificate',
  '700': 'ceterms:DoctoralDegree',
  '850': 'ceterms:SecondarySchoolDiploma',
  '900': 'ceterms:Certificate',
};

const byKind: Readonly<Record<string, string>> = {
  AssociateDegree: 'ceterms:AssociateDegree',
  MasterDegree: 'ceterms:MasterDegree',
  GeneralEducationDevelopment: 'ceterms:GeneralEducationDevelopment',
  ApprenticeshipCertificate: 'ceterms:ApprenticeshipCertificate',
};

function costs(row: Fact): unknown[] {
  const parts: [string, string | undefined][] = [
    ['Tuition', row.tuition],
    ['ProgramSpecificFee', row.fees],
    ['LearningResource', row.booksmaterialscost],
    ['Equipment', row.suppliestoolscost],
    ['MixedFees', row.othercosts],
  ];
  const total = amount(row.totalcost);
  return [
    ...parts.flatMap(([type, price]) => (amount(price) ? [cost(type, amount(price) ?? 0)] : [])),
    ...(total ? [cost('AggregateCost', total)] : []),
  ];
}

/** The table's length classes. */
const lengths: Readonly<Record<string, { min: string; max?: string }>> = {
  '2': { min: 'P1D', max: 'P2D' },
  '3': { min: 'P3D', max: 'P7D' },
  '4': { min: 'P2W', max: 'P3W' },
  '5': { min: 'P4W', max: 'P11W' },
  '6': { min: 'P3M', max: 'P5M' },
  '7': { min: 'P6M', max: 'P12M' },
  '8': { min: 'P13M', max: 'P2Y' },
  '9': { min: 'P3Y', max: 'P4Y' },
  '10': { min: 'P4Y' },
};

function durations(row: Fact): unknown[] {
  const length = lengths[row.calendarlengthid ?? ''];
  const hours = amount(row.totalclockhours);
  return length || hours ? [duration({ ...length, ...(hours ? { effort: `PT${Math.round(hours)}H` } : {}) })] : [];
}

/** 2 is a provider without any distance learning; 1 says nothing about the one programme. */
function delivery(row: Fact): unknown[] {
  return row.distancelearning === '2' ? [concept('Delivery', 'deliveryType', 'InPerson')] : [];
}

/** The table writes 0 both for nothing and for not filled in, so it states nothing. */
function amount(text: string | undefined): number | undefined {
  const value = Number(text);
  return text && Number.isFinite(value) && value > 0 ? value : undefined;
}

function address(row: Fact): Node[] {
  const { street1: street = '', city = '', state: region = '', zip = '' } = row;
  return city ? [place({ street, city, region, zip })] : [];
}

function licence(row: Fact, classifications: Classifications): MarketGraph {
  return graphOf(licenceName(row.id), 'ceterms:License', {
    'ceterms:name': en(row.name),
    'ceterms:inLanguage': ['en'],
    'ceterms:credentialStatusType': concept('CredentialStatus', 'credentialStat', 'Active'),
    'ceterms:ownedBy': [iriOf(newJerseyState)],
    'ceterms:regulatedBy': [iriOf(newJerseyState)],
    'ceterms:jurisdiction': [
      {
        '@type': 'ceterms:JurisdictionProfile',
        'ceterms:mainJurisdiction': [place({ name: 'New Jersey', region: 'New Jersey' })],
      },
    ],
    'ceterms:occupationType': classifications.occupation(row.soc ?? ''),
  });
}

function licenceName(id: string | undefined): string {
  return `licence new-jersey ${id}`;
}

function certificationName(id: string | undefined): string {
  return `certification new-jersey ${id}`;
}

function certification(row: Fact): MarketGraph {
  return graphOf(certificationName(row.id), 'ceterms:Certification', {
    'ceterms:name': en(row.name),
    'ceterms:inLanguage': ['en'],
    'ceterms:recognizedBy': [iriOf(department)],
  });
}

function collection(key: string, given: { name: string; type: string; members: string[] }): MarketGraph {
  return graphOf(`collection new-jersey ${key}`, 'ceterms:Collection', {
    'ceterms:name': en(given.name),
    'ceterms:ownedBy': [iriOf(department)],
    'ceterms:collectionType': [concept('CollectionCategory', 'collectionCategory', given.type)],
    'ceterms:hasMember': [...new Set(given.members.map(iriOf))],
  });
}
