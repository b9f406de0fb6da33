import type { IdentityReader, IdentityWriter, Log, Progress } from '@credatlas/ports';
import { reviewed } from './reviewed.ts';

/** Records looked at in one transaction: enough to amortize it, few enough to hold them with all they are compared with. */
const batchSize = 500;

export interface IdentityDependencies {
  identities: IdentityReader & IdentityWriter;
  log: Log;
  progress: Progress;
}

/**
 * Brings the clusters up to the credentials and to what people have decided. Every batch is one transaction, so a kill loses nothing;
 * the outcome does not depend on the order in which things came.
 */
export async function clusterChanges(
  { identities, log, progress }: IdentityDependencies,
  { signal }: { signal?: AbortSignal } = {},
): Promise<{ looked: number }> {
  let looked = 0;
  for (;;) {
    const pending = await identities.pending(batchSize);
    const size = pending.changes.length + pending.decided.length;
    if (size === 0) return { looked };
    const { batch, isCut } = await reviewed(identities, pending);
    await identities.commit(batch);
    if (isCut)
      log.warn('more records hang together than are looked at; the rest stays as it was', { upTo: batch.upTo });
    looked += size;
    progress.report('identity', looked);
    signal?.throwIfAborted();
  }
}
