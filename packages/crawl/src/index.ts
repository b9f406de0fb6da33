export type { CrawlDependencies, CrawlOptions } from './CrawlDependencies.ts';
export { crawlSource } from './crawlSource.ts';
export { type SourceDescription, sourceOf } from './sourceOf.ts';
