import { createHash } from 'node:crypto';
import { Dice } from './Dice.ts';

type Json = Record<string, unknown>;

/** Documents of one cell refer to one another only, as an owner's do; the mix follows a random draw of registry envelopes. */
const cell = [
  'organization',
  ...Array.from({ length: 18 }, () => 'credential'),
  ...Array.from({ length: 10 }, () => 'course'),
  ...Array.from({ length: 4 }, () => 'program'),
  ...Array.from({ length: 3 }, () => 'transferValue'),
  ...Array.from({ length: 6 }, () => 'task'),
  ...Array.from({ length: 3 }, () => 'assessment'),
  ...Array.from({ length: 2 }, () => 'framework'),
  'conditionManifest',
] as const;
/** Documents that refer to one another. */
export const cellSize = cell.length;
type DocumentKind = (typeof cell)[number];

const credentialTypes = [
  'Certificate',
  'BachelorDegree',
  'AssociateDegree',
  'MasterDegree',
  'Certification',
  'License',
  'DigitalBadge',
  'MicroCredential',
];
const words =
  'students learn the theory and practice of applied networks data safety care welding finance design service systems health industry methods with supervised projects that prepare graduates for entry level work in regional firms and further study'.split(
    ' ',
  );
const subjects = ['Networking', 'Nursing', 'Welding', 'Accounting', 'Data Analysis', 'Early Childhood', 'Logistics'];

/** Number of the document that is the `nth` of its kind in the same cell. */
function sibling(index: number, kind: DocumentKind, nth: number): number {
  const count = cell.filter((each) => each === kind).length;
  return index - (index % cell.length) + cell.indexOf(kind) + (nth % count);
}

function ctid(index: number, part = 0): string {
  const hex = createHash('md5').update(`${index}/${part}`).digest('hex');
  return `ce-${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function iri(index: number, part = 0): string {
  return `https://credentialengineregistry.org/resources/${ctid(index, part)}`;
}

/** IRI and text of the registry-shaped document of that number; the same for ever. About 3 KB in the middle, 8 entities. */
export function registryDocument(index: number): { uri: string; text: string } {
  const kind = cell[index % cell.length]!;
  const dice = new Dice(index);
  const graph = nodesOf[kind]!(index, dice);
  const uri = `https://credentialengineregistry.org/graph/${ctid(index)}`;
  const document = { '@context': 'https://credreg.net/ctdl/schema/context/json', '@id': uri, '@graph': graph };
  return { uri, text: JSON.stringify(document) };
}

const nodesOf: Record<DocumentKind, (index: number, dice: Dice) => Json[]> = {
  organization: (index, dice) => [
    {
      ...node(index, 'ceterms:CredentialOrganization', dice),
      'ceterms:agentType': [alignment('orgType', 'FourYear', 'Four-Year')],
      'ceterms:agentSectorType': [alignment('agentSector', 'Public', 'Public')],
      'ceterms:address': [place(dice)],
      'ceterms:email': ['office@example.org'],
      'ceterms:owns': Array.from({ length: 8 }, (_, nth) => iri(sibling(index, 'credential', nth))),
    },
  ],
  credential: credentialNodes,
  course: (index, dice) => [
    {
      ...owned(index, 'ceterms:Course', dice),
      'ceterms:creditValue': [credit(3)],
      'ceterms:learningDeliveryType': [alignment('deliveryType', 'InPerson', 'In-Person')],
      'ceterms:estimatedCost': costs(dice, 1),
      'ceterms:teaches': skills(index, dice, 3),
    },
  ],
  program: (index, dice) => [
    {
      ...owned(index, 'ceterms:LearningProgram', dice),
      'ceterms:hasPart': Array.from({ length: 4 }, (_, nth) => iri(sibling(index, 'course', nth + dice.below(6)))),
      'ceterms:estimatedDuration': [{ '@type': 'ceterms:DurationProfile', 'ceterms:exactDuration': 'P2Y' }],
      'ceterms:instructionalProgramType': [code('11.0701', 'Computer Science')],
    },
  ],
  transferValue: (index, dice) => [
    {
      ...owned(index, 'ceterms:TransferValueProfile', dice),
      'ceterms:transferValue': [credit(1 + dice.below(5))],
      'ceterms:transferValueFrom': [iri(sibling(index, 'assessment', dice.below(3)))],
      'ceterms:transferValueFor': [iri(sibling(index, 'course', dice.below(10)))],
    },
  ],
  task: (index, dice) => [
    { ...node(index, 'ceterms:Task', dice), 'ceterms:isMemberOf': [iri(sibling(index, 'framework', 0))] },
  ],
  assessment: (index, dice) => [
    {
      ...owned(index, 'ceterms:AssessmentProfile', dice),
      'ceterms:assessmentMethodType': [alignment('assessMethod', 'Exam', 'Exam')],
      'ceterms:isProctored': true,
      'ceterms:assesses': skills(index, dice, 4),
    },
  ],
  framework: (index, dice) => frameworkNodes(index, 4 + dice.below(60)),
  conditionManifest: (index, dice) => [
    {
      ...node(index, 'ceterms:ConditionManifest', dice),
      'ceterms:conditionManifestOf': [iri(sibling(index, 'organization', 0))],
      'ceterms:entryCondition': [
        {
          '@type': 'ceterms:ConditionProfile',
          'ceterms:description': text(sentence(dice, 20)),
          'ceterms:minimumAge': 18,
        },
      ],
    },
  ],
};

function credentialNodes(index: number, dice: Dice): Json[] {
  const type = `ceterms:${dice.one(credentialTypes)}`;
  return [
    {
      ...owned(index, type, dice),
      'ceterms:credentialStatusType': alignment('credentialStat', 'Active', 'Active'),
      'ceterms:audienceLevelType': [alignment('audLevel', 'BachelorsDegreeLevel', 'Bachelors Degree Level')],
      'ceterms:occupationType': [code('15-1252.00', 'Software Developers'), code('15-1244.00', 'Administrators')],
      'ceterms:instructionalProgramType': [code('11.0701', 'Computer Science')],
      'ceterms:estimatedCost': costs(dice, 1 + dice.below(3)),
      'ceterms:estimatedDuration': [{ '@type': 'ceterms:DurationProfile', 'ceterms:exactDuration': 'P1Y6M' }],
      'ceterms:requires': [requirement(index, dice)],
      'ceterms:commonConditions': [iri(sibling(index, 'conditionManifest', 0))],
      'ceterms:availableAt': [place(dice)],
      'ceterms:isPreparationFor': [iri(sibling(index, 'credential', dice.below(18)))],
    },
  ];
}

function requirement(index: number, dice: Dice): Json {
  return {
    '@type': 'ceterms:ConditionProfile',
    'ceterms:name': text('Requirements'),
    'ceterms:description': text(sentence(dice, 25)),
    'ceterms:creditValue': [credit(30)],
    'ceterms:targetLearningOpportunity': [
      iri(sibling(index, dice.below(4) === 0 ? 'program' : 'course', dice.below(10))),
      iri(sibling(index, 'course', dice.below(10))),
    ],
    'ceterms:targetAssessment': [iri(sibling(index, 'assessment', dice.below(3)))],
    'ceterms:targetCompetency': skills(index, dice, dice.below(4)),
  };
}

function frameworkNodes(index: number, members: number): Json[] {
  const framework = {
    '@id': iri(index),
    '@type': 'ceasn:CompetencyFramework',
    'ceterms:ctid': ctid(index),
    'ceasn:name': text(`Framework ${index}`),
    'ceasn:hasTopChild': Array.from({ length: members }, (_, nth) => iri(index, nth + 1)),
  };
  const competencies = Array.from({ length: members }, (_, nth) => ({
    '@id': iri(index, nth + 1),
    '@type': 'ceasn:Competency',
    'ceterms:ctid': ctid(index, nth + 1),
    'ceasn:competencyText': text(sentence(new Dice(index * 997 + nth), 9)),
    'ceasn:isPartOf': [iri(index)],
  }));
  return [framework, ...competencies];
}

function node(index: number, type: string, dice: Dice): Json {
  const subject = dice.one(subjects);
  return {
    '@id': iri(index),
    '@type': type,
    'ceterms:ctid': ctid(index),
    'ceterms:name': text(`${subject} ${sentence(dice, 2)} ${index}`),
    'ceterms:description': text(sentence(dice, 30 + dice.below(60))),
    'ceterms:subjectWebpage': `https://college${index % 97}.example/${index}`,
  };
}

function owned(index: number, type: string, dice: Dice): Json {
  const organization = [iri(sibling(index, 'organization', 0))];
  return {
    ...node(index, type, dice),
    'ceterms:ownedBy': organization,
    'ceterms:offeredBy': organization,
    'ceterms:inLanguage': ['en-US'],
    'ceterms:keyword': { 'en-US': [sentence(dice, 2), sentence(dice, 1)] },
    'ceterms:subject': [
      { '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNodeName': text(dice.one(subjects)) },
    ],
    'ceterms:lifeCycleStatusType': alignment('lifeCycle', 'Active', 'Active'),
    'ceterms:dateEffective': `20${15 + dice.below(11)}-09-01`,
  };
}

/** Half of them point at a framework's competency, half only name one. */
function skills(index: number, dice: Dice, count: number): Json[] {
  return Array.from({ length: count }, (_, nth) =>
    nth % 2 === 0
      ? {
          '@type': 'ceterms:CredentialAlignmentObject',
          'ceterms:targetNode': iri(sibling(index, 'framework', nth), 1 + dice.below(4)),
          'ceterms:targetNodeName': text(sentence(dice, 5)),
        }
      : { '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNodeName': text(sentence(dice, 3)) },
  );
}

function costs(dice: Dice, count: number): Json[] {
  return Array.from({ length: count }, (_, nth) => ({
    '@type': 'ceterms:CostProfile',
    'ceterms:currency': 'USD',
    'ceterms:price': 500 + dice.below(9_000),
    'ceterms:directCostType':
      nth === 0 ? alignment('costType', 'Tuition', 'Tuition') : alignment('costType', 'Application', 'Application'),
    'ceterms:costDetails': 'https://college.example/costs',
    'ceterms:description': text(sentence(dice, 8)),
  }));
}

function credit(value: number): Json {
  return {
    '@type': 'schema:QuantitativeValue',
    'schema:value': value,
    'ceterms:creditUnitType': [alignment('creditUnit', 'SemesterHour', 'Semester Hour')],
  };
}

function place(dice: Dice): Json {
  return {
    '@type': 'ceterms:Place',
    'ceterms:streetAddress': text(`${1 + dice.below(900)} Main Street`),
    'ceterms:addressLocality': text('Springfield'),
    'ceterms:addressRegion': text(dice.one(['IN', 'NJ', 'OH', 'KS'])),
    'ceterms:postalCode': '47403',
    'ceterms:addressCountry': text('US'),
    'ceterms:latitude': 39.1,
    'ceterms:longitude': -86.5,
  };
}

function alignment(scheme: string, term: string, label: string): Json {
  return {
    '@type': 'ceterms:CredentialAlignmentObject',
    'ceterms:framework': `https://credreg.net/ctdl/terms/${scheme}`,
    'ceterms:targetNode': `${scheme}:${term}`,
    'ceterms:targetNodeName': text(label),
  };
}

function code(notation: string, label: string): Json {
  return {
    '@type': 'ceterms:CredentialAlignmentObject',
    'ceterms:codedNotation': notation,
    'ceterms:frameworkName': text('Standard classification'),
    'ceterms:targetNodeName': text(label),
  };
}

function text(value: string): Json {
  return { 'en-US': value };
}

function sentence(dice: Dice, length: number): string {
  return Array.from({ length }, () => dice.one(words)).join(' ');
}
