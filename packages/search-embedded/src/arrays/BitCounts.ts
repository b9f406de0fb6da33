import { type Bits, countIn, intersect, isEmpty, subtract } from './bits.ts';

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
    for (let at = digit; carried(this.#plane(at), left, this.#carry); at++) left = this.#carry;
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

  /** The highest count among the documents. */
  highest(documents: Bits): number {
    const planes = this.#planes;
    let highest = 0;
    for (let word = 0; word < documents.length; word++) {
      let left = documents[word]!;
      let count = 0;
      for (let at = planes.length - 1; at >= 0 && left !== 0; at--) {
        const higher = left & planes[at]![word]!;
        if (higher === 0) continue;
        left = higher;
        count |= 1 << at;
      }
      if (count > highest) highest = count;
    }
    return highest;
  }

  /** The documents by their counts, those with the highest first. */
  *descending(documents: Bits): Generator<{ count: number; documents: Bits }> {
    for (const left = documents.slice(); !isEmpty(left); ) {
      const count = this.highest(left);
      const own = this.equal(count, left);
      yield { count, documents: own };
      subtract(left, own);
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

  /** How many of the documents have this count or a higher one. */
  atLeast(count: number, documents: Bits): number {
    const planes = this.#planes;
    if (count >>> planes.length > 0) return 0;
    let sum = 0;
    for (let word = 0; word < documents.length; word++) {
      let equal = documents[word]!;
      let above = 0;
      for (let at = planes.length - 1; at >= 0 && equal !== 0; at--) {
        const digit = planes[at]![word]!;
        if ((count >>> at) & 1) equal &= digit;
        else {
          above |= equal & digit;
          equal &= ~digit;
        }
      }
      sum += countIn(above | equal);
    }
    return sum;
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
