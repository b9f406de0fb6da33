export { type CrawlDependencies, type CrawlOptions, crawlSource } from './crawlSource.ts';
export { type SourceDescription, sourceOf } from './sourceOf.ts';
