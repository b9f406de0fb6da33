import { type Bits, bitsFor } from './bits.ts';

/**
 * Sets of documents to work in while one question is answered, used again for the next: memory of this size that is made and dropped for
 * each question keeps whoever collects garbage busy.
 */
export class BitRoom {
  readonly #size: number;
  readonly #sets: Bits[] = [];
  #taken = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** An empty one. */
  take(): Bits {
    const set = this.#sets[this.#taken]?.fill(0) ?? bitsFor(this.#size);
    this.#sets[this.#taken++] = set;
    return set;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Whatever has been taken beyond so many may be taken again. */
  leave(taken = 0): void {
    this.#taken = taken;
  }
}
