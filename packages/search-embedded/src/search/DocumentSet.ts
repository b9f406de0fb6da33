import { add, among, type Bits, bitsFor, intersect, listed, sizeOf } from '../arrays/bits.ts';

/** Share of a segment from which on looking at every document costs less than looking these up one by one: of those listed already, of others. */
const dense = { listed: 1 / 4, unlisted: 1 / 16 };

/** Some documents of a segment as an ascending list and as bits: given as one, made the other when first asked for. Neither is to be written to. */
export class DocumentSet {
  #list: Uint32Array | undefined;
  #bits: Bits | undefined;
  #length: number | undefined;
  readonly #size: number;

  /** `size` of the segment; a list or bits at least, and how many they are where that is known. */
  constructor(size: number, given: { list?: Uint32Array; bits?: Bits; length?: number }) {
    this.#size = size;
    this.#list = given.list;
    this.#bits = given.bits;
    this.#length = given.length;
  }

  /** Every document of the segment, none deleted. */
  get isAll(): boolean {
    return this.length === this.#size;
  }

  /** Whether to look at every document of the segment. */
  get isDense(): boolean {
    return this.length >= this.#size * (this.#list ? dense.listed : dense.unlisted);
  }

  /** Whether it is a list already. */
  get isListed(): boolean {
    return this.#list !== undefined;
  }

  get list(): Uint32Array {
    this.#list ??= listed(this.#bits!, this.length);
    return this.#list;
  }

  get bits(): Bits {
    this.#bits ??= add(bitsFor(this.#size), this.#list!);
    return this.#bits;
  }

  /** Those of them that are in the other set, too. */
  within(bits: Bits): DocumentSet {
    return this.#list
      ? new DocumentSet(this.#size, { list: among(this.#list, bits) })
      : new DocumentSet(this.#size, { bits: intersect(this.bits.slice(), bits) });
  }

  /** The same to be kept: where there are both, as whichever takes less room. */
  get compact(): DocumentSet {
    if (!this.#list || !this.#bits) return this;
    return this.#list.byteLength < this.#bits.byteLength
      ? new DocumentSet(this.#size, { list: this.#list.slice() })
      : new DocumentSet(this.#size, { bits: this.#bits, length: this.length });
  }

  get bytes(): number {
    return (this.#list?.byteLength ?? 0) + (this.#bits?.byteLength ?? 0);
  }

  get length(): number {
    this.#length ??= this.#list?.length ?? sizeOf(this.#bits!);
    return this.#length;
  }
}
