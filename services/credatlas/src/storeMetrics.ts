import type { MetricSource } from '@credatlas/http-express';
import type { Clock, SearchEngine, StoreCounts } from '@credatlas/ports';
import type { Store } from '@credatlas/store-sqlite';

/** Counting reads whole tables, while nobody is answered; a number in a chart may be this old while the store changes. */
const recountMs = 60_000;

/** How much there is, and how far the index is behind. */
export function storeMetrics(
  { credentials }: Pick<Store, 'credentials'>,
  engine: SearchEngine,
  clock: Pick<Clock, 'now'>,
): MetricSource[] {
  let counted: { seq: number; at: number; counts: Promise<StoreCounts> } | undefined;
  const counts = async (): Promise<StoreCounts> => {
    const [seq, at] = [await credentials.lastSeq(), clock.now()];
    if (!counted || (counted.seq !== seq && at - counted.at >= recountMs))
      counted = { seq, at, counts: credentials.counts() };
    return counted.counts;
  };
  const names = ['records', 'credentials', 'organizations', 'issues', 'refusals'] as const;
  return [
    ...names.map((name) => ({
      name: `credatlas_${name}`,
      help: `Number of ${name} in the store.`,
      read: async () => (await counts())[name],
    })),
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
