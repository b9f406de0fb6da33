export { type Distribution, findDistribution } from './distribution.ts';
export type { ElasticNode } from './ElasticNode.ts';
export { type ElasticOptions, type RunningElasticsearch, startElasticsearch } from './startElasticsearch.ts';
