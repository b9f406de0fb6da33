import type { SearchEngine } from '@credatlas/ports';
import type { Store } from '@credatlas/store-sqlite';
import { identify, index, isOfThisForm, normalize, rebuild, type Surroundings } from './compose.ts';
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
  catchUp(signal?: AbortSignal): Promise<void> {
    return this.#inTurn(() => this.#catchUp(signal));
  }

  /** Shows what somebody has decided about identities, unless another process writes: that one sees to it then. */
  settle(): Promise<void> {
    return this.#inTurn(async () => {
      const { lock } = this.#store;
      await ifUnlocked({ lock, name: 'records', purpose: 'joining records' }, () => identify(this.#given, this.#store));
      await this.#catchUp();
    });
  }

  /**
   * The same, and builds the index anew when it holds another number of credentials, and so belongs to another store, or was built by
   * other rules.
   */
  async verify(signal: AbortSignal): Promise<void> {
    await this.#inTurn(async () => {
      await this.#catchUp(signal);
      const { credentials } = this.#store;
      const { documents, seq } = await this.#engine.info();
      const expected = await credentials.liveCredentials();
      const isOfForm = documents === 0 || (await isOfThisForm(this.#store));
      if ((documents === expected && isOfForm) || (await credentials.lastSeq()) !== seq) return;
      this.#given.log.warn('index does not fit the store and is built anew', { documents, expected, isOfForm });
      await rebuild(this.#given, this.#store, { engine: this.#engine, signal });
    });
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

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    await next;
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
    // After a failure there is as long a wait again.
    this.#changedAt = this.#given.clock.now();
    await this.#engine.seal();
    this.#isSealed = true;
  }
}
