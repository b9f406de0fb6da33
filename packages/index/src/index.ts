export { documentForm } from './documentForm.ts';
export { followChanges, type IndexDependencies, rebuildIndex } from './followChanges.ts';
export { searchDocument } from './searchDocument.ts';
