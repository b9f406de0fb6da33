import { ConflictError } from '@credatlas/model';
import type { WriterLock } from '@credatlas/ports';

export interface LockRequest {
  lock: WriterLock;
  name: 'records' | 'index';
  /** What for, as others will read it. */
  purpose: string;
  signal?: AbortSignal;
  /** How long to wait for another holder, and whom to tell who that is; absent: not at all. */
  patience?: { waitMs: number; tell: (message: string) => void };
}

/** Does the work while holding the lock. Throws ConflictError `locked`, naming the holder, when it cannot be had. */
export async function withLock<T>(request: LockRequest, work: () => Promise<T>): Promise<T> {
  const release = await acquire(request);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function acquire({ lock, name, purpose, signal, patience }: LockRequest): Promise<() => Promise<void>> {
  const options = signal ? { signal } : {};
  try {
    return await lock.acquire(name, purpose, { waitMs: 0, ...options });
  } catch (error) {
    if (!(error instanceof ConflictError) || !patience) throw error;
    patience.tell(`Waiting. ${error.message}`);
    return lock.acquire(name, purpose, { waitMs: patience.waitMs, ...options });
  }
}

/** The same for work that only makes sense while nobody else writes: undefined when somebody does. */
export async function ifUnlocked<T>(
  request: Omit<LockRequest, 'patience'>,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const release = await acquire(request).catch((error: unknown) => {
    if (error instanceof ConflictError) return undefined;
    throw error;
  });
  if (!release) return undefined;
  try {
    return await work();
  } finally {
    await release();
  }
}
