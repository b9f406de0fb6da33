import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { ConflictError, UnavailableError } from '@credatlas/model';
import type { Clock, Log } from '@credatlas/ports';
import { checkStore, openStore, type Store } from './openStore.ts';

/**
 * Puts a checked backup in the place of a store; what stood there is kept beside it. Answers the kept file, if any.
 * Throws ConflictError while another process works on the store.
 */
export async function restoreStore(options: {
  from: string;
  to: string;
  clock: Clock;
  log: Log;
}): Promise<string | undefined> {
  checkStore(options.from);
  await refuseWhileInUse(options);
  const copy = `${options.to}.restoring`;
  copyFileSync(options.from, copy);
  const kept = existsSync(options.to)
    ? `${options.to}.replaced-${new Date(options.clock.now()).toISOString().replace(/[:.]/g, '-')}`
    : undefined;
  if (kept) renameSync(options.to, kept);
  for (const ending of ['-wal', '-shm']) rmSync(`${options.to}${ending}`, { force: true });
  renameSync(copy, options.to);
  return kept;
}

/** A store that cannot be read is the very reason to restore one. */
function openedIfReadable({ to, clock, log }: { to: string; clock: Clock; log: Log }): Store | undefined {
  try {
    return openStore({ path: to, clock, log });
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    log.warn('the store to be replaced cannot be read', { path: to });
    return undefined;
  }
}

async function refuseWhileInUse({ to, clock, log }: { to: string; clock: Clock; log: Log }): Promise<void> {
  if (!existsSync(to)) return;
  const store = openedIfReadable({ to, clock, log });
  if (!store) return;
  try {
    for (const name of ['records', 'index'] as const) {
      const holder = await store.lock.holder(name);
      if (holder) {
        throw new ConflictError(
          'locked',
          `${to} is in use by process ${holder.pid} (${holder.purpose}). Stop it before you restore.`,
        );
      }
    }
  } finally {
    store.close();
  }
}
