import { findDistribution, startElasticsearch } from '@credatlas/elasticsearch-node';
import { UnavailableError } from '@credatlas/model';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a node that tests may write to; empty: there is none, and tests that need it are skipped. */
    elasticsearchUrl: string;
    /** Whether tests can start nodes of their own. */
    canStartElastic: boolean;
  }
}

/**
 * One Elasticsearch for all test files: the given one, or one of our own. Without any the tests skip and this says how to get one; where
 * `CREDATLAS_ELASTIC=required` (continuous integration), that is a failure.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const mode = process.env.CREDATLAS_ELASTIC;
  if (!mode) return undefined;
  const given = process.env.ELASTICSEARCH_URL;
  const distribution = findDistribution();
  const canStart = !('missing' in distribution);
  if (!canStart && mode === 'required') throw new UnavailableError('elasticsearch_missing', distribution.missing);
  if (!canStart) process.stderr.write(`${distribution.missing}\nThe tests that need one of their own are skipped.\n`);
  const node = given || !canStart ? undefined : await startElasticsearch({ distribution });
  project.provide('canStartElastic', canStart);
  project.provide('elasticsearchUrl', given ?? node?.nodes[0]?.url ?? '');
  return () => node?.stop() ?? Promise.resolve();
}
