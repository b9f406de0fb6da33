import { type CountArray, countKind } from './arrays.ts';

/** Arrays to work in while one question is answered, used again for the next, as sets of a `BitRoom` are. They hold what was left there. */
export class ArrayRoom {
  readonly #buffers: ArrayBuffer[] = [];
  #taken = 0;

  /** For `length` whole numbers up to `largest`. */
  take(length: number, largest: number): CountArray {
    const kind = countKind(largest);
    const bytes = length * kind.BYTES_PER_ELEMENT;
    const known = this.#buffers[this.#taken];
    const buffer = known && known.byteLength >= bytes ? known : new ArrayBuffer(bytes);
    this.#buffers[this.#taken++] = buffer;
    return new kind(buffer, 0, length);
  }

  /** Whatever has been taken may be taken again. */
  leave(): void {
    this.#taken = 0;
  }
}
