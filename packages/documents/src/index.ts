export { contentHash } from './contentHash.ts';
export { decodeText } from './decodeText.ts';
export type { FoundDocument } from './FoundDocument.ts';
export { pointerLines } from './pointerLines.ts';
export { readDocuments } from './readDocuments.ts';
export { defaultLimits, type ReadLimits, type RefusedDocument } from './readLimits.ts';
export { tableRows } from './tableRows.ts';
export { type ArchiveEntry, writeArchive } from './writeArchive.ts';
export { type TableColumn, writeParquet } from './writeParquet.ts';
