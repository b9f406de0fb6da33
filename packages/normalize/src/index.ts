export {
  DocumentNormalizer,
  type NormalizedDocument,
  normalizeDocument,
  type SourceDocument,
} from './DocumentNormalizer.ts';
export { RecordExtractor } from './extractRecord.ts';
export { Joiner } from './Joiner.ts';
export { Knowledge } from './Knowledge.ts';
export { MemoryGraphs } from './MemoryGraphs.ts';
export { type NormalizeDependencies, type NormalizeSummary, normalizeChanges } from './normalizeChanges.ts';
export { type TierRules, tierRules } from './tier/TierPolicy.ts';
