/** Time, as the caller's tests may set it. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Fixed sentences with fields; no secrets, no record bodies. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** How far a stage is, for a person who waits. */
export interface Progress {
  /** `done` of `total` (when known) things of this stage; called often, cheap. */
  report(stage: string, done: number, total?: number): void;
}
