export { compactName } from './compactName.ts';
export { Expander, type Expansion } from './expandDocument.ts';
export type { FoundNode } from './graphNodes.ts';
export { GraphParser, type GraphReading } from './readGraph.ts';
export { type DocumentShape, shapeOf } from './shapeOf.ts';
