import type { RunSummary } from '@credatlas/model';
import type { CrawlDependencies, CrawlOptions } from './CrawlDependencies.ts';
import { crawlFiles } from './crawlFiles.ts';
import { crawlRegistry } from './crawlRegistry.ts';

/**
 * Crawls one source to its end and answers the counts of the run. Resumes a run that was interrupted or killed. When the signal
 * fires, what is written stays and the run can be resumed; when the source fails, the run is marked failed and the error thrown.
 */
export async function crawlSource(given: CrawlDependencies, options: CrawlOptions = {}): Promise<RunSummary> {
  const { source } = given;
  await given.recordWriter.openSource({ id: source.id, kind: source.kind, uri: source.uri, name: source.name });
  const summary =
    source.kind === 'files'
      ? await crawlFiles({ ...given, source }, options)
      : await crawlRegistry({ ...given, source }, options);
  given.log.info('source crawled', { ...summary });
  return summary;
}
