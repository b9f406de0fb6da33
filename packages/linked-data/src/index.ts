export { compactName } from './compactName.ts';
export { bundledContext } from './contexts.ts';
export { Expander, type Expansion } from './Expander.ts';
export { GraphParser, type GraphReading } from './GraphParser.ts';
export type { FoundNode } from './GraphReader.ts';
export { canonicalForm, looksLikeRdf, type RdfFormat, readRdf, writeRdf } from './rdf.ts';
export { type DocumentShape, shapeOf } from './shapeOf.ts';
export { type NodeFormat, writeNodes } from './writeNodes.ts';
