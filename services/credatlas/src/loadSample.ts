import { sourceOf } from '@credatlas/crawl';
import type { RunSummary } from '@credatlas/model';
import type { Store } from '@credatlas/store-sqlite';
import { crawl, normalize, type Surroundings } from './compose.ts';
import { startRegistry } from './startRegistry.ts';
import { type LockRequest, withLock } from './withLock.ts';

/** Stays the same from start to start, although the registry's port does not. */
export const sampleSource = 'sample-market';

/** Whether the sample market is to be loaded: into an empty store, or again where it was loaded before. */
export async function wantsSample({ config }: Surroundings, store: Store): Promise<boolean> {
  if (!config.sample) return false;
  const sources = await store.records.sources();
  return sources.every(({ records }) => records === 0) || sources.some(({ id }) => id === sampleSource);
}

/**
 * Loads the sample market as anybody's registry is loaded: our registry service serves it on a port of its own, the crawler crawls
 * it over HTTP, may reach exactly that origin, and the service ends.
 */
export async function loadSample(
  given: Surroundings,
  store: Store,
  { signal, patience }: Pick<LockRequest, 'patience'> & { signal: AbortSignal },
): Promise<RunSummary> {
  const purpose = 'loading the sample market';
  return withLock({ lock: store.lock, name: 'records', purpose, signal, patience }, async () => {
    const registry = await startRegistry({ log: given.log, signal });
    let run: RunSummary;
    try {
      const described = sourceOf(`${registry.origin}/${registry.community}`, { cwd: '/', id: sampleSource });
      const source = { ...described, name: 'Sample market' };
      const known = (await store.records.sources()).find(({ id }) => id === sampleSource)?.records;
      // A newer program brings another market, whose events may be older than the last crawl.
      const full = known !== undefined && known !== registry.envelopes;
      run = await crawl(given, store, { source, allowedOrigin: registry.origin, full, signal });
    } finally {
      await registry.end();
    }
    await normalize(given, store, signal);
    return run;
  });
}
