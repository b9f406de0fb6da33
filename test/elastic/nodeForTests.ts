import { findDistribution, type RunningElasticsearch, startElasticsearch } from '@credatlas/elasticsearch-node';
import { UnavailableError } from '@credatlas/model';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a node that tests may write to; empty: there is none, and tests that need it are skipped. */
    elasticsearchUrl: string;
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
  if (given) {
    project.provide('elasticsearchUrl', given);
    return undefined;
  }
  const distribution = findDistribution();
  if ('missing' in distribution) {
    if (mode === 'required') throw new UnavailableError('elasticsearch_missing', distribution.missing);
    process.stderr.write(`${distribution.missing}\nThe tests that need it are skipped.\n`);
    project.provide('elasticsearchUrl', '');
    return undefined;
  }
  const node: RunningElasticsearch = await startElasticsearch({ distribution });
  project.provide('elasticsearchUrl', node.nodes[0]!.url);
  return () => node.stop();
}
