export { RecordExtractor } from './extractRecord.ts';
export { type NormalizeDependencies, type NormalizeSummary, normalizeChanges } from './normalizeChanges.ts';
export { type NormalizedDocument, normalizeDocument } from './normalizeDocument.ts';
export { type TierRules, tierRules } from './tier/TierPolicy.ts';
