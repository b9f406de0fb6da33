export { contentHash } from './contentHash.ts';
export { decodeText } from './decodeText.ts';
export {
  defaultLimits,
  type FoundDocument,
  type ReadLimits,
  type RefusedDocument,
  readDocuments,
} from './readDocuments.ts';
