import type { MetricSource } from '@credatlas/http-express';
import type { SearchEngine } from '@credatlas/ports';
import type { Store } from '@credatlas/store-sqlite';

/** How much there is, and how far the index is behind. */
export function storeMetrics({ credentials }: Store, engine: SearchEngine): MetricSource[] {
  const counted = (['records', 'credentials', 'organizations', 'issues', 'refusals'] as const).map((name) => ({
    name: `credatlas_${name}`,
    help: `Number of ${name} in the store.`,
    read: async () => (await credentials.counts())[name],
  }));
  return [
    ...counted,
    {
      name: 'credatlas_index_documents',
      help: 'Number of credentials that can be found.',
      read: async () => (await engine.info()).documents,
    },
    {
      name: 'credatlas_index_lag',
      help: 'Changes of the store that the index has not seen yet.',
      read: async () => (await credentials.lastSeq()) - (await engine.info()).seq,
    },
  ];
}
