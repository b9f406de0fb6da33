import type { SearchEngine } from '@credatlas/ports';
import type { Store } from '@credatlas/store-sqlite';
import { index, normalize, type Surroundings } from './compose.ts';
import { ifUnlocked } from './withLock.ts';

/** How soon another process's changes are seen. */
const everyMs = 1_000;
/** Without changes for this long, what lies in memory is made durable. */
const idleMs = 5_000;

/** Keeps a server's engine up with its store, whoever writes into that; also finishes what a killed crawler left undone. */
export class IndexFollower {
  readonly #given: Surroundings;
  readonly #store: Store;
  readonly #engine: SearchEngine;
  /** One at a time; each call begins after the one before. */
  #last: Promise<void> = Promise.resolve();
  /** Change sequence at which nobody wrote and everything had been normalized. */
  #settledAt = -1;
  #changedAt = 0;
  #isSealed = true;

  constructor(options: { given: Surroundings; store: Store; engine: SearchEngine }) {
    this.#given = options.given;
    this.#store = options.store;
    this.#engine = options.engine;
  }

  /** Resolves when the engine shows everything the store held at the time of the call. */
  async catchUp(signal?: AbortSignal): Promise<void> {
    const next = this.#last.then(() => this.#catchUp(signal));
    this.#last = next.catch(() => undefined);
    await next;
  }

  /** Follows until the signal fires; what was left undone it finishes once `settles` says so. A failure is logged and tried again. */
  async run(signal: AbortSignal, settles: () => boolean): Promise<void> {
    const { clock, log } = this.#given;
    while (!signal.aborted) {
      try {
        if (settles()) await this.#settle(signal);
        await this.catchUp(signal);
        await this.#sealWhenIdle();
      } catch (error) {
        if (!signal.aborted) log.error('index could not follow the store', { error });
      }
      await clock.sleep(everyMs, signal);
    }
    await this.#last;
  }

  async #catchUp(signal?: AbortSignal): Promise<void> {
    const before = await this.#engine.info();
    if (before.seq === (await this.#store.credentials.lastSeq())) return;
    await index(this.#given, this.#store, { engine: this.#engine, ...(signal ? { signal } : {}) });
    this.#isSealed = false;
    this.#changedAt = this.#given.clock.now();
  }

  /** Normalizes what no living process is about to. */
  async #settle(signal: AbortSignal): Promise<void> {
    const { credentials, lock } = this.#store;
    if ((await credentials.lastSeq()) === this.#settledAt) return;
    await ifUnlocked({ lock, name: 'records', purpose: 'normalizing what was left' }, async () => {
      await normalize(this.#given, this.#store, signal);
      this.#settledAt = await credentials.lastSeq();
    });
  }

  async #sealWhenIdle(): Promise<void> {
    if (this.#isSealed || this.#given.clock.now() - this.#changedAt < idleMs) return;
    await this.#engine.seal();
    this.#isSealed = true;
  }
}
