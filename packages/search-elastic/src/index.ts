export { ElasticSearchEngine, type ElasticSearchEngineOptions } from './ElasticSearchEngine.ts';
export type { ElasticConnection } from './openClient.ts';
