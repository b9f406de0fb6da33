import type { PropertyFacts } from './facts.ts';
import { properties } from './generated/properties.ts';

/** A property as the vocabulary has it. Terms are compact IRIs. */
export interface Property {
  /** What its values are: references, texts with a language, or plain literals. */
  kind: 'iri' | 'language' | 'literal';
  /** Of literals, where the context states one (`xsd:date`). */
  datatype?: string;
  label: string;
  /** `stable`, `unstable`, or `undeclared` when only the published context knows it. */
  status: string;
  domain: readonly string[];
  range: readonly string[];
  /** Concept schemes its values are taken from. */
  schemes: readonly string[];
  /** Properties of other vocabularies that mean the same. */
  equivalents: readonly string[];
}

/** Terms that older or careless documents use → the term of today (`ctdl-model` §3.6). */
const renamed: ReadonlyMap<string, string> = new Map([
  ['ceterms:url', 'ceterms:subjectWebpage'],
  ['ceterms:identifierValue', 'ceterms:identifier'],
  ['ceterms:alternativeIdentifier', 'ceterms:identifier'],
  ['ceterms:contactOption', 'ceterms:contactType'],
  ['ceterms:organizationType', 'ceterms:agentType'],
  ['ceterms:organizationSectorType', 'ceterms:agentSectorType'],
  ['ceterms:credentialStatus', 'ceterms:credentialStatusType'],
  ['ceterms:learningOpportunityDeliveryType', 'ceterms:learningDeliveryType'],
  ['ceterms:targetName', 'ceterms:targetNodeName'],
  ['ceterms:targeName', 'ceterms:targetNodeName'],
  ['ceterms:inLangaue', 'ceterms:inLanguage'],
  ['ceasn:educationLevel', 'ceasn:educationLevelType'],
  ['ceasn:exactMatch', 'ceasn:exactAlignment'],
  ['ceasn:CompetencyNotation', 'ceasn:codedNotation'],
  ['ceasn:dateCopyright', 'ceasn:dateCopyrighted'],
  ['ceterms:agentCategory', 'ceterms:agentType'],
  ['ceterms:credtiLevelType', 'ceterms:creditLevelType'],
  ['ceterms:owner', 'ceterms:ownedBy'],
  ['ceterms:preceeds', 'ceterms:precedes'],
  ['ceterms:typicalAudienceLevelType', 'ceterms:audienceLevelType'],
]);
const facts: ReadonlyMap<string, PropertyFacts> = new Map(Object.entries(properties));
/** Names in lower case; none differ in their capitals alone. */
const folded: ReadonlyMap<string, string> = new Map([...facts.keys()].map((name) => [name.toLowerCase(), name]));

/** Terms of before 2020 whose value now takes another shape, so that no new name alone will do (`ctdl-model` §3.6). */
const reshaped: ReadonlyMap<string, string> = new Map([
  ['ceterms:creditUnitValue', 'ceterms:creditValue with a ceterms:ValueProfile that holds schema:value'],
  ['ceterms:creditUnitMinValue', 'ceterms:creditValue with a ceterms:ValueProfile that holds schema:minValue'],
  ['ceterms:creditUnitMaxValue', 'ceterms:creditValue with a ceterms:ValueProfile that holds schema:maxValue'],
  ['ceterms:creditHourValue', 'ceterms:creditValue with a ceterms:ValueProfile that holds schema:value'],
  ['ceterms:creditHourType', 'ceterms:creditUnitType in the ceterms:ValueProfile of ceterms:creditValue'],
]);

/** What the vocabulary says of a property's compact name; undefined for one it does not know. */
export function propertyOf(name: string): Property | undefined {
  const property = facts.get(name);
  if (!property) return undefined;
  const { coercion, label, status, domain = [], range = [], schemes = [], equivalents = [] } = property;
  const shared = { label, status, domain, range, schemes, equivalents };
  if (coercion === '@id') return { kind: 'iri', ...shared };
  if (coercion === 'language') return { kind: 'language', ...shared };
  return { kind: 'literal', ...(coercion === 'none' ? {} : { datatype: coercion }), ...shared };
}

/** Today's name of a property, renamed, misspelt or wrongly capitalized (`ceterms:AccreditedBy`); unknown ones keep theirs. */
export function currentTerm(name: string): string {
  const known = renamed.get(name);
  if (known !== undefined) return known;
  return facts.has(name) ? name : (folded.get(name.toLowerCase()) ?? name);
}

/** What to say instead of a term that is gone and has no successor of the same shape; in words. */
export function replacementOf(name: string): string | undefined {
  return reshaped.get(name);
}

/** Compact names of all properties, in byte order. */
export function propertyNames(): string[] {
  return [...facts.keys()];
}

/** True when every value of `name` is also one of `ancestor` (`ceterms:teaches` of `ceterms:targetCompetency`). */
export function isSubPropertyOf(name: string, ancestor: string): boolean {
  const found = new Set(facts.get(name)?.parents);
  // The set grows while it is walked.
  for (const parent of found) for (const further of facts.get(parent)?.parents ?? []) found.add(further);
  return name === ancestor || found.has(ancestor);
}

/** Pairs that read as inverse though the vocabulary declares only eight of them (`ctdl-model` §1.6). */
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
const inverses: ReadonlyMap<string, string> = new Map(
  undeclaredInverses.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]),
);

/** The inverse that the published schema itself declares (eight pairs). */
export function declaredInverseOf(name: string): string | undefined {
  return facts.get(name)?.inverse?.[0];
}

/** The property that says the same the other way round, declared or plainly meant. */
export function inverseOf(name: string): string | undefined {
  return facts.get(name)?.inverse?.[0] ?? inverses.get(name);
}
