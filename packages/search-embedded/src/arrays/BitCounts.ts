import { type Bits, intersect, isEmpty, subtract, unite } from './bits.ts';

/** Counts of documents as binary numbers: bit p of a document's count is in plane p. */
export class BitCounts {
  readonly #planes: Bits[] = [];
  /** What is left to be added to the next plane. */
  readonly #carry: Bits;
  readonly #empty: () => Bits;

  /** `empty` makes an empty set of the segment's size. */
  constructor(empty: () => Bits) {
    this.#empty = empty;
    this.#carry = empty();
  }

  get bytes(): number {
    return this.#planes.reduce((sum, { byteLength }) => sum + byteLength, this.#carry.byteLength);
  }

  /** So much more for each document of the set. */
  add(set: Bits, weight = 1): void {
    for (let digit = 0; weight >>> digit > 0; digit++) if ((weight >>> digit) & 1) this.#addDigit(set, digit);
  }

  #addDigit(set: Bits, digit: number): void {
    let left = set;
    for (let at = digit; ; at++) {
      // Nothing is there to be added to.
      if (at >= this.#planes.length) {
        this.#plane(at).set(left);
        return;
      }
      if (!carried(this.#planes[at]!, left, this.#carry)) return;
      left = this.#carry;
    }
  }

  /** One more for each of the documents, which are different ones. */
  addEach(documents: Uint32Array): void {
    for (let index = 0; index < documents.length; index++) {
      const word = documents[index]! >>> 5;
      const bit = 1 << (documents[index]! & 31);
      for (let at = 0; ; at++) {
        const plane = this.#plane(at);
        plane[word]! ^= bit;
        if (plane[word]! & bit) break;
      }
    }
  }

  #plane(at: number): Bits {
    while (this.#planes.length <= at) this.#planes.push(this.#empty());
    return this.#planes[at]!;
  }

  countOf(document: number): number {
    let count = 0;
    for (let at = 0; at < this.#planes.length; at++)
      count |= ((this.#planes[at]![document >>> 5]! >>> (document & 31)) & 1) << at;
    return count;
  }

  /** Of each of the documents; below 256. */
  countsOf(documents: Uint32Array): Uint8Array {
    const counts = new Uint8Array(documents.length);
    for (const [at, plane] of this.#planes.entries())
      for (let index = 0; index < documents.length; index++) {
        const document = documents[index]!;
        counts[index]! |= ((plane[document >>> 5]! >>> (document & 31)) & 1) << at;
      }
    return counts;
  }

  /** The highest count among the documents, and those that have it, not to be written to. */
  highest(documents: Bits): { count: number; documents: Bits } {
    let [own, next] = [documents, this.#empty()];
    let count = 0;
    for (let at = this.#planes.length - 1; at >= 0; at--) {
      if (!inBoth(own, this.#planes[at]!, next)) continue;
      [own, next] = [next, own === documents ? this.#empty() : own];
      count |= 1 << at;
    }
    return { count, documents: own };
  }

  /** The documents by their counts, those with the highest first. */
  *descending(documents: Bits): Generator<{ count: number; documents: Bits }> {
    for (const left = documents.slice(); !isEmpty(left); ) {
      const highest = this.highest(left);
      yield highest;
      subtract(left, highest.documents);
    }
  }

  /** Those of the documents with just this count. */
  equal(count: number, documents: Bits): Bits {
    const own = this.#empty();
    if (count >>> this.#planes.length > 0) return own;
    own.set(documents);
    this.#planes.forEach((plane, at) => {
      if ((count >>> at) & 1) intersect(own, plane);
      else subtract(own, plane);
    });
    return own;
  }

  /** Those of the documents with this count, above 0, or a higher one. */
  atLeast(count: number, documents: Bits): Bits {
    const own = this.#empty();
    if (count >>> this.#planes.length > 0) return own;
    const lowest = 31 - Math.clz32(count & -count);
    own.set(this.#planes[lowest]!);
    // From the lowest digit up: a digit where the count has a 0 is enough, one where it has a 1 is needed.
    for (const [at, plane] of this.#planes.entries()) {
      if (at <= lowest) continue;
      if ((count >>> at) & 1) intersect(own, plane);
      else unite(own, plane);
    }
    return intersect(own, documents);
  }
}

/** Adds a digit to each document's digit; answers whether something is left for the next one, which is written to `rest`. */
function carried(plane: Bits, set: Bits, rest: Bits): boolean {
  let any = 0;
  for (let word = 0; word < plane.length; word++) {
    const own = plane[word]!;
    const other = set[word]!;
    plane[word] = own ^ other;
    rest[word] = own & other;
    any |= own & other;
  }
  return any !== 0;
}

/** Writes what is in both sets to `both`; answers whether there is any. */
function inBoth(set: Bits, other: Bits, both: Bits): boolean {
  let any = 0;
  for (let word = 0; word < set.length; word++) {
    const own = set[word]! & other[word]!;
    both[word] = own;
    any |= own;
  }
  return any !== 0;
}
