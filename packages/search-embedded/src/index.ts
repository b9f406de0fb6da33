export { EmbeddedSearchEngine, type EmbeddedSearchEngineOptions } from './EmbeddedSearchEngine.ts';
export { type HeldGroup, heldBytes } from './segment/heldBytes.ts';
