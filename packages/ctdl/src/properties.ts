import type { PropertyFacts } from './facts.ts';
import { properties } from './generated/properties.ts';

/** Terms that older or careless documents use → the term of today. */
const renamed: Readonly<Record<string, string>> = {
  'ceterms:url': 'ceterms:subjectWebpage',
  'ceterms:identifierValue': 'ceterms:identifierValueCode',
  'ceterms:contactOption': 'ceterms:contactType',
  'ceterms:organizationType': 'ceterms:agentType',
  'ceterms:organizationSectorType': 'ceterms:agentSectorType',
  'ceterms:credentialStatus': 'ceterms:credentialStatusType',
  'ceterms:learningOpportunityDeliveryType': 'ceterms:learningDeliveryType',
  'ceasn:educationLevel': 'ceasn:educationLevelType',
  'ceasn:exactMatch': 'ceasn:exactAlignment',
  'ceasn:CompetencyLabel': 'ceasn:competencyLabel',
  'ceasn:CompetencyText': 'ceasn:competencyText',
  'ceasn:BenchmarkText': 'ceasn:benchmarkText',
  'ceterms:AccreditedBy': 'ceterms:accreditedBy',
};

export function propertyOf(name: string): PropertyFacts | undefined {
  return properties[name];
}

/** Today's name of a property; unknown ones keep theirs. */
export function currentTerm(name: string): string {
  return properties[name] ? name : (renamed[name] ?? name);
}

/** Pairs that read as inverse though the vocabulary declares only eight of them. */
const undeclaredInverses: readonly (readonly [string, string])[] = [
  ['ceterms:ownedBy', 'ceterms:owns'],
  ['ceterms:offeredBy', 'ceterms:offers'],
  ['ceterms:accreditedBy', 'ceterms:accredits'],
  ['ceterms:approvedBy', 'ceterms:approves'],
  ['ceterms:recognizedBy', 'ceterms:recognizes'],
  ['ceterms:regulatedBy', 'ceterms:regulates'],
  ['ceterms:renewedBy', 'ceterms:renews'],
  ['ceterms:revokedBy', 'ceterms:revokes'],
  ['ceterms:isPreparationFor', 'ceterms:preparationFrom'],
  ['ceterms:isAdvancedStandingFor', 'ceterms:advancedStandingFrom'],
  ['ceasn:hasTopChild', 'ceasn:isTopChildOf'],
  ['ceterms:transferValueFrom', 'ceterms:providesTransferValueFor'],
  ['ceterms:transferValueFor', 'ceterms:receivesTransferValueFrom'],
  ['ceterms:targetCompetency', 'ceterms:targetCompetencyOf'],
  ['ceterms:supersedes', 'ceterms:supersededBy'],
  ['ceterms:hasMember', 'ceterms:isMemberOf'],
  ['ceterms:subOrganization', 'ceterms:parentOrganization'],
  ['ceterms:isRequiredFor', 'ceterms:requires'],
  ['ceterms:isRecommendedFor', 'ceterms:recommends'],
];

/** The property that says the same the other way round. */
export function inverseOf(name: string): string | undefined {
  const declared = properties[name]?.inverse?.[0];
  if (declared) return declared;
  const pair = undeclaredInverses.find((each) => each.includes(name));
  return pair && (pair[0] === name ? pair[1] : pair[0]);
}
