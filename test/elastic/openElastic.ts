import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SearchEngine } from '@credatlas/ports';
import { ElasticSearchEngine, type ElasticSearchEngineOptions } from '@credatlas/search-elastic';
import { inject } from 'vitest';

/** Of the node that all files share; empty: there is none, or none was asked for, and its tests are skipped. */
export const elasticsearchUrl: string = inject('elasticsearchUrl') ?? '';
/** Whether nodes of one's own can be started, to be killed. */
export const canStartElastic = inject('canStartElastic');

export const log = { debug() {}, info() {}, warn() {}, error() {} };
export const clock = {
  now: () => Date.now(),
  sleep: async (ms: number) => {
    await sleep(ms);
  },
};

/** An engine over an index of its own, unless one is named. */
export function openElastic(given: Partial<ElasticSearchEngineOptions> = {}): ElasticSearchEngine {
  const connection = { nodes: [elasticsearchUrl] };
  return new ElasticSearchEngine({ connection, index: `test-${randomUUID()}`, clock, log, ...given });
}

/**
 * Merges until no deleted document is left: until then they count in the frequencies that scores are made of. Elasticsearch keeps them for
 * copies of the shard until it next looks who still needs them, which it does every 30 seconds.
 */
export async function mergeAway(engine: SearchEngine): Promise<void> {
  const { generation } = await engine.info();
  const ask = async (path: string, method = 'POST'): Promise<unknown> =>
    (await fetch(`${elasticsearchUrl}/${generation}/${path}`, { method })).json();
  for (;;) {
    for (const step of ['_flush', '_forcemerge?max_num_segments=1', '_refresh']) await ask(step);
    const { _all } = (await ask('_stats/docs', 'GET')) as { _all: { primaries: { docs: { deleted: number } } } };
    if (_all.primaries.docs.deleted === 0) return;
    await sleep(1_000);
  }
}
