import { type CountArray, countKind } from './arrays.ts';

/**
 * Arrays to work in while one question is answered, used again for the next: memory of this size that is made and dropped for each question
 * keeps whoever collects garbage busy.
 */
export class Room {
  readonly #buffers: ArrayBuffer[] = [];
  #taken = 0;

  /** For `length` whole numbers up to `largest`; what was left there is still in it. */
  take(length: number, largest: number): CountArray {
    const kind = countKind(largest);
    const bytes = length * kind.BYTES_PER_ELEMENT;
    const known = this.#buffers[this.#taken];
    const buffer = known && known.byteLength >= bytes ? known : new ArrayBuffer(bytes);
    this.#buffers[this.#taken++] = buffer;
    return new kind(buffer, 0, length);
  }

  get taken(): number {
    return this.#taken;
  }

  /** Whatever has been taken beyond so many may be taken again. */
  leave(taken = 0): void {
    this.#taken = taken;
  }
}
