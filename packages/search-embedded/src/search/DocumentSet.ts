import { add, type Bits, bitsFor, listed, sizeOf } from '../arrays/bits.ts';

const dense = 1 / 4;

/** Some documents of a segment as an ascending list and as bits: given as one, made the other when first asked for. Neither is to be written to. */
export class DocumentSet {
  #list: Uint32Array | undefined;
  #bits: Bits | undefined;
  readonly #size: number;

  /** `size` of the segment; one of the two at least. */
  constructor(size: number, given: { list?: Uint32Array; bits?: Bits }) {
    this.#size = size;
    this.#list = given.list;
    this.#bits = given.bits;
  }

  /** Every document of the segment, none deleted. */
  get isAll(): boolean {
    return this.length === this.#size;
  }

  get isListed(): boolean {
    return this.#list !== undefined;
  }

  /** Looking at every document of the segment costs less than looking these up one by one. */
  get isDense(): boolean {
    return this.length >= this.#size * dense;
  }

  get list(): Uint32Array {
    this.#list ??= listed(this.#bits!);
    return this.#list;
  }

  get bits(): Bits {
    this.#bits ??= add(bitsFor(this.#size), this.#list!);
    return this.#bits;
  }

  get length(): number {
    return this.#list?.length ?? sizeOf(this.#bits!);
  }
}
