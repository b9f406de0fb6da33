import { isA } from './classes.ts';

/** The registry's publishing tiers of a class: properties that are required, recommended and optional; alternatives joined by `|`. */
export interface PublishingTier {
  required: readonly string[];
  recommended: readonly string[];
  optional: readonly string[];
}

const owner = 'ceterms:ownedBy|ceterms:offeredBy';
const identity = ['ceterms:ctid', 'ceterms:name', 'ceterms:description'];
const described = [...identity, 'ceterms:inLanguage', owner];

const informative = [
  'ceterms:dateEffective',
  'ceterms:learningDeliveryType|ceterms:deliveryType|ceterms:assessmentDeliveryType',
  'ceterms:accreditedBy|ceterms:approvedBy|ceterms:recognizedBy|ceterms:regulatedBy',
  'ceterms:aggregateData|qdata:relevantDataSet',
  'ceterms:isPreparationFor|ceterms:isAdvancedStandingFor|ceterms:advancedStandingFrom|ceterms:preparationFrom',
  'ceterms:renewalFrequency|ceterms:renewal|ceterms:expirationDate',
  'ceterms:jurisdiction',
  'ceterms:financialAssistance',
];

const credentialTier: PublishingTier = {
  required: [...described, 'ceterms:subjectWebpage', 'ceterms:credentialStatusType'],
  recommended: [
    'ceterms:audienceLevelType',
    'ceterms:requires|ceterms:commonConditions',
    'ceterms:keyword|ceterms:subject',
    'ceterms:occupationType',
    'ceterms:industryType',
    'ceterms:instructionalProgramType',
    'ceterms:estimatedCost|ceterms:commonCosts',
    'ceterms:estimatedDuration',
    'ceterms:availableAt|ceterms:availableOnlineAt|ceterms:availabilityListing',
    'ceterms:image',
  ],
  optional: informative,
};

const courseTier: PublishingTier = {
  required: [...described, 'ceterms:lifeCycleStatusType'],
  recommended: [
    'ceterms:creditValue',
    'ceterms:teaches',
    'ceterms:learningMethodType',
    'ceterms:deliveryType',
    'ceterms:inCatalog',
  ],
  optional: informative,
};

const assessmentTier: PublishingTier = {
  required: [...described, 'ceterms:subjectWebpage'],
  recommended: ['ceterms:assesses', 'ceterms:assessmentMethodType', 'ceterms:deliveryType'],
  optional: informative,
};

const schemeTier: PublishingTier = {
  required: [
    'ceterms:ctid',
    'ceasn:name|skos:prefLabel',
    'ceasn:description',
    'ceasn:inLanguage',
    'ceasn:publisher',
    'skos:hasTopConcept',
  ],
  recommended: [],
  optional: [],
};

/** Closest class first. From the registry's JSON schemas, the headings of its input classes and its ingest guide (`ctdl-model` §3.1). */
const tierOfClass: readonly (readonly [string, PublishingTier])[] = [
  ['ceterms:Badge', { ...credentialTier, required: [...credentialTier.required, 'ceterms:credentialId'] }],
  ['ceterms:Credential', credentialTier],
  ['ceterms:Course', courseTier],
  [
    'ceterms:LearningOpportunityProfile',
    { ...courseTier, required: [...courseTier.required, 'ceterms:subjectWebpage'] },
  ],
  ['ceterms:AssessmentProfile', assessmentTier],
  ['ceterms:Assessment', assessmentTier],
  [
    'ceterms:Organization',
    {
      required: [
        ...identity,
        'ceterms:subjectWebpage',
        'ceterms:agentType',
        'ceterms:agentSectorType',
        'ceterms:email|ceterms:address',
      ],
      recommended: [
        'ceterms:agentPurpose|ceterms:agentPurposeDescription',
        'ceterms:accreditedBy',
        'ceterms:approvedBy',
        'ceterms:recognizedBy',
        'ceterms:regulatedBy',
        'ceterms:parentOrganization',
        'ceterms:identifier',
        'ceterms:image',
        'ceterms:keyword',
        'ceterms:socialMedia',
        'ceterms:serviceType',
      ],
      optional: [],
    },
  ],
  ['ceasn:CompetencyFramework', tier('ceterms:ctid ceasn:name ceasn:description ceasn:inLanguage ceasn:publisher')],
  ['ceasn:Competency', tier('ceterms:ctid ceasn:competencyText ceasn:isPartOf|ceasn:creator ceasn:inLanguage')],
  [
    'ceterms:TransferValueProfile',
    tier(
      `${identity.join(' ')} ceterms:ownedBy ceterms:subjectWebpage ceterms:transferValue`,
      'ceterms:transferValueFrom ceterms:transferValueFor ceterms:lifeCycleStatusType ceterms:startDate ceterms:endDate',
    ),
  ],
  ['ceterms:TransferIntermediary', tier('ceterms:ctid ceterms:name ceterms:ownedBy ceterms:intermediaryFor')],
  ['ceterms:PathwaySet', tier(`${identity.join(' ')} ${owner} ceterms:hasPathway`)],
  [
    'ceterms:Pathway',
    tier(
      `${identity.join(' ')} ${owner}`,
      'ceterms:hasDestinationComponent ceasn:hasChild|ceterms:hasPart asn:hasProgressionModel ceterms:lifeCycleStatusType ceterms:subjectWebpage',
    ),
  ],
  [
    'ceterms:PathwayComponent',
    tier('ceterms:ctid ceterms:name', 'ceterms:description ceterms:isPartOf ceterms:subjectWebpage'),
  ],
  [
    'ceterms:Collection',
    tier(`${identity.join(' ')} ceterms:ownedBy ceterms:lifeCycleStatusType ceterms:hasMember|ceterms:subjectWebpage`),
  ],
  [
    'ceterms:ConditionManifest',
    tier('ceterms:ctid ceterms:description ceterms:subjectWebpage ceterms:conditionManifestOf'),
  ],
  ['ceterms:CostManifest', tier('ceterms:ctid ceterms:description ceterms:costDetails ceterms:costManifestOf')],
  ['ceterms:ConditionProfile', tier('ceterms:description')],
  ['ceterms:CostProfile', tier('ceterms:costDetails ceterms:description')],
  ['ceterms:CredentialAlignmentObject', tier('ceterms:targetNodeName')],
  [
    'ceterms:SupportService',
    tier(
      `${described.join(' ')} ceterms:lifeCycleStatusType`,
      'ceterms:deliveryType ceterms:estimatedCost ceterms:subjectWebpage',
    ),
  ],
  ['skos:ConceptScheme', schemeTier],
  ['skos:Concept', tier('ceterms:ctid skos:prefLabel')],
  [
    'ceasn:Rubric',
    tier('ceterms:ctid ceasn:name ceasn:description ceasn:inLanguage ceasn:publisher ceterms:subjectWebpage'),
  ],
  ['ceasn:CriterionLevel', tier('ceasn:benchmarkLabel|ceasn:benchmarkText')],
  [
    'ceterms:CredentialType',
    tier(
      `${identity.join(' ')} ceterms:credentialStatusType|ceterms:lifeCycleStatusType ceterms:ownedBy ceterms:regulatedBy ceterms:regulatedIn`,
    ),
  ],
];

/** The tier of a resource's most specific class that has one; undefined for classes that the registry does not ask anything of. */
export function publishingTier(types: string[]): PublishingTier | undefined {
  return tierOfClass.find(([name]) => types.some((type) => isA(type, name)))?.[1];
}

const alternatives: ReadonlyMap<string, readonly string[]> = new Map(
  tierOfClass
    .flatMap(([, { required, recommended, optional }]) => [...required, ...recommended, ...optional])
    .map((stated) => [stated, stated.split('|')]),
);

/** The properties of which one is enough, of what a tier asks for. */
export function alternativesOf(stated: string): readonly string[] {
  return alternatives.get(stated) ?? [stated];
}

function tier(required: string, recommended = ''): PublishingTier {
  return { required: required.split(' '), recommended: recommended.split(' ').filter(Boolean), optional: [] };
}
