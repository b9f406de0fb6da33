export { followChanges, type IndexDependencies, rebuildIndex } from './followChanges.ts';
export { searchDocument } from './searchDocument.ts';
