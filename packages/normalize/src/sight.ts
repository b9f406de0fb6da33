import type { Kind } from '@credatlas/model';
import { conditionProperties, targetProperties } from './statedConditions.ts';

/** The longest way that matters: credential, its programme, a course of it, the competency it teaches. */
export const maxHops = 3;

const statements = ['ceterms:teaches', 'ceterms:assesses', 'ceterms:targetCompetency'];
const recognized = ['accredited', 'approved', 'recognized', 'regulated', 'registered'].flatMap((role) => [
  `ceterms:${role}By`,
  `ceterms:${role}In`,
]);
const learning = [
  ...statements,
  ...recognized,
  'ceterms:hasPart',
  'ceterms:targetLearningOpportunity',
  'ceterms:targetAssessment',
  'ceterms:commonCosts',
  'ceterms:hasOffering',
  'ceterms:availableAt',
  'ceterms:hasRubric',
];
const embodied = ['ceasn:skillEmbodied', 'ceasn:knowledgeEmbodied', 'ceasn:abilityEmbodied'];
const parties = ['sending', 'receiving'].flatMap((side) => [
  `ceterms:${side}Program`,
  `ceterms:${side}Department`,
  `ceterms:${side}Organization`,
]);
/** How components of a pathway hang together. */
const componentLinks = [
  'ceasn:hasChild',
  'ceterms:hasChild',
  'ceterms:precedes',
  'ceterms:precededBy',
  'ceterms:prerequisite',
  'ceterms:hasCondition',
];

/** What a join looks at behind a neighbour of a kind: through these of its properties. Behind any other kind nothing matters. */
const through: Partial<Record<Kind, readonly string[]>> = {
  learning,
  assessment: learning,
  organization: [...recognized, 'ceterms:address', 'ceterms:hasVerificationService'],
  conditionManifest: conditionProperties,
  framework: ['ceasn:hasTopChild', 'ceasn:hasChild'],
  competency: ['ceasn:isPartOf', 'ceasn:isChildOf', 'ceasn:broadAlignment', 'skos:broader'],
  occupation: ['ceterms:targetCompetency', ...embodied],
  job: ['ceterms:targetCompetency', ...embodied],
  transferValue: ['ceterms:transferValueFrom', 'ceterms:transferValueFor', 'ceterms:ownedBy'],
  dataSet: ['qdata:dataSetTimePeriod', 'qdata:dataAttributes', 'qdata:hasObservation', 'qdata:hasMetric'],
  transferAgreement: [...parties, 'ceterms:ownedBy', 'ceterms:hasTransferValueProfile'],
  pathwayComponent: [
    'ceterms:isPartOf',
    'ceasn:isPartOf',
    'ceterms:isDestinationComponentOf',
    'ceterms:proxyFor',
    ...componentLinks,
  ],
  action: ['ceterms:actingAgent'],
  // Condition profiles, places, offerings, rubrics and collection members with an IRI of their own.
  other: [
    ...targetProperties,
    'ceterms:targetCompetency',
    'ceterms:assertedBy',
    'ceterms:availableAt',
    'ceterms:isMemberOf',
    'ceasn:hasRubricCriterion',
    'ceterms:targetComponent',
    'ceterms:hasCondition',
    'qdata:isObservationOf',
  ],
};

/** How an organization names those below it. */
export const parentsOf = ['ceterms:subOrganization', 'ceterms:department'] as const;
const shownOrganization = [...recognized, 'ceterms:address', 'ceterms:parentOrganization'];

const recognizing = [
  'ceterms:object',
  'ceterms:accredits',
  'ceterms:approves',
  'ceterms:recognizes',
  'ceterms:regulates',
];
const credentialReads = [
  ...recognizing,
  'ceterms:targetCredential',
  'ceterms:resultsInCredential',
  'ceterms:transferValueFrom',
  'ceterms:transferValueFor',
  'ceterms:sendingProgram',
  'ceterms:receivingProgram',
  'ceterms:hasMember',
  'ceterms:hasMember/ceterms:proxyFor',
  'ceterms:proxyFor',
  'ceterms:targetCompetencyOf',
  'ceasn:substantiatingCredential',
  'ceterms:owns',
  'ceterms:offers',
  'schema:about',
  'qdata:relevantDataSetFor',
  'qdata:hasDimension/qdata:hasPoint',
  'qdata:hasObservation/qdata:atPoint',
  'qdata:atPoint',
];
const conditionTargets = targetProperties.map((property) => `/${property}`);
/** Whoever points so is named, never looked through: the parts of a programme that one is part of are no part of oneself. */
const namedBackwards = [
  'ceterms:hasPart',
  'ceterms:isPartOf',
  ...[
    'isPreparationFor',
    'preparationFrom',
    'isAdvancedStandingFor',
    'advancedStandingFrom',
    'isRequiredFor',
    'isRecommendedFor',
  ]
    .map((name) => `ceterms:${name}`)
    .flatMap((property) => ['', ...conditionTargets].map((target) => property + target)),
  'ceterms:requires/ceterms:targetCredential',
  ...parentsOf,
];
const onlyNamed: ReadonlySet<string> = new Set(namedBackwards);

/** Whole paths by which a resource of a kind reads others backwards: whoever points at it so is its neighbour too. */
const backwards: Partial<Record<Kind, readonly string[]>> = {
  credential: [...credentialReads, ...namedBackwards],
  learning: [...credentialReads, ...namedBackwards],
  assessment: [...credentialReads, ...namedBackwards],
  transferValue: ['ceterms:hasTransferValueProfile', 'ceterms:intermediaryFor'],
  pathway: ['ceterms:isPartOf', 'ceasn:isPartOf'],
  organization: [...recognizing, ...parentsOf],
  framework: ['ceasn:isPartOf'],
};
const readBackwards: ReadonlySet<string> = new Set(Object.values(backwards).flat());

/** True for kinds that get the common credential record. */
function isCredentialLike(kind: Kind): boolean {
  return kind === 'credential' || kind === 'learning' || kind === 'assessment';
}

const onTheWay: ReadonlySet<Kind> = new Set(['transferValue', 'transferIntermediary', 'transferAgreement', 'pathway']);

/** Whether a resource of this kind has a record of its own: credentials, ways between them, and organizations. */
export function isShownByItself(kind: Kind): boolean {
  return isCredentialLike(kind) || onTheWay.has(kind) || kind === 'organization';
}

/** Whether the record of a resource of this kind shows what one of its properties points at. */
export function isShown(kind: Kind, path: string): boolean {
  if (kind === 'organization') return shownOrganization.includes(first(path));
  return isShownByItself(kind);
}

/** Whether a join that has reached a resource of this kind looks on through one of its properties. */
export function isSeenThrough(kind: Kind, path: string): boolean {
  return through[kind]?.includes(first(path)) ?? false;
}

/** Paths by which others are read backwards: by what is shown, and by the neighbours through which one looks on. */
export function readsBackwards(kind: Kind, isNeighbour: boolean): readonly string[] {
  return isNeighbour && isCredentialLike(kind) ? [] : (backwards[kind] ?? []);
}

/** Whether whom this path points at reads the pointing one backwards. */
export function isReadBackwards(path: string): boolean {
  return readBackwards.has(path);
}

/** Whether whoever points by this path is only named by whom it points at. */
export function isOnlyNamed(path: string): boolean {
  return onlyNamed.has(path);
}

function first(path: string): string {
  const end = path.indexOf('/');
  return end < 0 ? path : path.slice(0, end);
}
