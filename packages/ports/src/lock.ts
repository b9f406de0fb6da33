/** Who may write. One holder per name and data folder, across processes; a holder that died is noticed. */
export interface WriterLock {
  /** Waits up to `waitMs`, then throws ConflictError naming the holder (process id, since when, what it does). Resolves with the release. */
  acquire(
    name: 'records' | 'index',
    purpose: string,
    options: { waitMs: number; signal?: AbortSignal },
  ): Promise<() => Promise<void>>;
  holder(name: 'records' | 'index'): Promise<{ pid: number; since: string; purpose: string } | undefined>;
}
