export { EmbeddedSearchEngine, type EmbeddedSearchEngineOptions } from './EmbeddedSearchEngine.ts';
