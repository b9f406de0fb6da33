export { isSingleValued } from './cardinality.ts';
export {
  ancestorsOf,
  classLabel,
  className,
  classNames,
  classOf,
  educationRankOf,
  familyOf,
  isA,
  kindOf,
  specificFirst,
} from './classes.ts';
export {
  audienceRankOf,
  type Concept,
  type ConceptScheme,
  conceptLabel,
  conceptSchemes,
  conceptsOf,
  readConcept,
  statusOf,
} from './concepts.ts';
export type { ClassFacts } from './facts.ts';
export { schemaVersions } from './generated/schemaVersions.ts';
export { canonicalIri, ctidOf, identityKey, isReference, readCtid, referenceKey, registryIri } from './identifiers.ts';
export {
  currentTerm,
  declaredInverseOf,
  inverseOf,
  isSubPropertyOf,
  type Property,
  propertyNames,
  propertyOf,
  replacementOf,
} from './properties.ts';
export { alternativesOf, type PublishingTier, publishingTier } from './publishing.ts';
