import type { Clock } from '@credatlas/ports';
import pLimit, { type LimitFunction } from 'p-limit';

/** One host's turn: at most so many exchanges at once, and so much time between their starts. */
export class HostGate {
  readonly #clock: Clock;
  readonly #limit: LimitFunction;
  #spacingMs: number;
  #nextStart = 0;

  constructor(options: { clock: Clock; concurrency: number; spacingMs: number }) {
    this.#clock = options.clock;
    this.#limit = pLimit(options.concurrency);
    this.#spacingMs = options.spacingMs;
  }

  /** A site's own wish (Crawl-delay, Retry-After) to be asked less often. */
  slowDown(spacingMs: number): void {
    this.#spacingMs = Math.max(this.#spacingMs, spacingMs);
  }

  /** Nobody is served before this moment. */
  pauseUntil(time: number): void {
    this.#nextStart = Math.max(this.#nextStart, time);
  }

  enter<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#limit(async () => {
      signal?.throwIfAborted();
      const start = Math.max(this.#clock.now(), this.#nextStart);
      this.#nextStart = start + this.#spacingMs;
      const wait = start - this.#clock.now();
      if (wait > 0) await this.#clock.sleep(wait, signal);
      return work();
    });
  }
}
