export { contentHash } from './contentHash.ts';
export { pointerLines } from './pointerLines.ts';
export { type FoundDocument, readDocuments } from './readDocuments.ts';
export { defaultLimits, type ReadLimits, type RefusedDocument } from './readLimits.ts';
export { type ArchiveEntry, writeArchive } from './writeArchive.ts';
