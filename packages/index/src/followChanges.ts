import type { SearchChange, SearchDocument } from '@credatlas/model';
import type { CredentialReader, Log, Progress, SearchEngine } from '@credatlas/ports';
import { searchDocument } from './searchDocument.ts';

/** Changes applied at once: visible together, cheap enough to be seen soon. */
const batchSize = 500;

export interface IndexDependencies {
  credentials: CredentialReader;
  engine: SearchEngine;
  log: Log;
  progress: Progress;
}

/** Applies to the engine what changed in the store since it last looked, until it has caught up. Repeating it changes nothing. */
export async function followChanges(
  given: IndexDependencies,
  { signal }: { signal?: AbortSignal } = {},
): Promise<{ applied: number; seq: number }> {
  const { seq: since } = await given.engine.info();
  const until = await given.credentials.lastSeq();
  let applied = 0;
  let batch: SearchChange[] = [];
  let seq = since;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    await given.engine.apply(batch, seq);
    applied += batch.length;
    given.progress.report('index', applied);
    batch = [];
    signal?.throwIfAborted();
  };
  for await (const change of given.credentials.changedCredentials(since)) {
    seq = change.seq;
    batch.push(
      change.credential
        ? { op: 'upsert', document: searchDocument(change.credential, change.seq, change.lead) }
        : { op: 'delete', id: change.id, seq: change.seq },
    );
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  // Changes of other kinds than credentials move the sequence too; there is nothing to see up to here.
  const seen = Math.max(seq, until);
  if (seen > since) await given.engine.apply([], seen);
  return { applied, seq: seen };
}

/** Builds the index anew from the store, beside the live one, and swaps when the counts agree. */
export async function rebuildIndex(
  given: IndexDependencies,
  { signal }: { signal?: AbortSignal } = {},
): Promise<{ documents: number }> {
  const seq = await given.credentials.lastSeq();
  let documents = 0;
  async function* all(): AsyncIterable<SearchDocument> {
    for await (const change of given.credentials.allCredentials()) {
      if (!change.credential) continue;
      documents += 1;
      given.progress.report('index', documents);
      yield searchDocument(change.credential, change.seq, change.lead);
    }
  }
  await given.engine.rebuild(all(), {
    seq,
    expected: () => given.credentials.liveCredentials(),
    ...(signal ? { signal } : {}),
  });
  // What changed while it was built comes after.
  await followChanges(given, { ...(signal ? { signal } : {}) });
  await given.engine.seal();
  given.log.info('index rebuilt', { documents });
  return { documents };
}
