import type { Clock, Log } from '@credatlas/ports';
import { isWorthWaiting, namedError, refusalOf } from './faults.ts';

/** First and longest pause between tries; doubled each time. A queue drains in less than the first, a node restarts in some of the longest. */
const firstPauseMs = 100;
const longestPauseMs = 3_000;

/** Sends a request again while the trouble may pass, and tells the log that it waits. */
export class Patience {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #limitMs: number;

  /** `limitMs`: how long one piece of work may wait in all. */
  constructor({ clock, log, limitMs }: { clock: Clock; log: Log; limitMs: number }) {
    this.#clock = clock;
    this.#log = log;
    this.#limitMs = limitMs;
  }

  /** The answer, or a named error once it is plain that waiting does not help. */
  async ask<T>(request: () => Promise<T>): Promise<T> {
    const pauses = this.begin();
    for (;;) {
      try {
        return await request();
      } catch (error) {
        const { status, type } = refusalOf(error) ?? { status: 0, type: 'no answer' };
        if (!isWorthWaiting(error) || !(await pauses.pause({ status, type }))) throw namedError(error);
      }
    }
  }

  /** For work that sees its own failures: each `pause` waits longer than the one before, and answers false when there was enough waiting. */
  begin(): { pause(reason: { status: number; type: string }): Promise<boolean> } {
    const until = this.#clock.now() + this.#limitMs;
    let ms = firstPauseMs;
    return {
      pause: async (reason) => {
        if (this.#clock.now() + ms > until) return false;
        this.#log.warn('waiting for Elasticsearch', { ms, ...reason });
        await this.#clock.sleep(ms);
        ms = Math.min(ms * 2, longestPauseMs);
        return true;
      },
    };
  }
}
