export {
  ancestorsOf,
  classLabel,
  className,
  educationRankOf,
  familyOf,
  isA,
  kindOf,
  specificFirst,
} from './classes.ts';
export { audienceRankOf, type Concept, conceptLabel, conceptsOf, readConcept, statusOf } from './concepts.ts';
export { canonicalIri, ctidOf, identityKey, isReference, readCtid, referenceKey, registryIri } from './identifiers.ts';
export { currentTerm, inverseOf, isSubPropertyOf, type Property, propertyOf } from './properties.ts';
export { type PublishingTier, publishingTier } from './publishing.ts';
