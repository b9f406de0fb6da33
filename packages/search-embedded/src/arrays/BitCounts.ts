import { type Bits, intersect, isEmpty, subtract } from './bits.ts';

/** Counts of documents as binary numbers: bit p of a document's count is in plane p. */
export class BitCounts {
  readonly #planes: Bits[] = [];

  get bytes(): number {
    return this.#planes.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** So much more for each document of the set. */
  add(set: Bits, weight = 1): void {
    for (let digit = 0; weight >>> digit > 0; digit++) if ((weight >>> digit) & 1) this.#addDigit(set.slice(), digit);
  }

  #addDigit(set: Bits, digit: number): void {
    while (this.#planes.length < digit) this.#planes.push(new Uint32Array(set.length));
    for (let at = digit; at < this.#planes.length; at++) carry(this.#planes[at]!, set);
    if (!isEmpty(set)) this.#planes.push(set);
  }

  countOf(document: number): number {
    let count = 0;
    for (let at = 0; at < this.#planes.length; at++)
      count |= ((this.#planes[at]![document >>> 5]! >>> (document & 31)) & 1) << at;
    return count;
  }

  /** The highest count among the documents. */
  highest(documents: Bits): number {
    let [left, count] = [documents, 0];
    for (let at = this.#planes.length - 1; at >= 0; at--) {
      const higher = intersect(left.slice(), this.#planes[at]!);
      if (isEmpty(higher)) continue;
      left = higher;
      count |= 1 << at;
    }
    return count;
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
    if (count >>> this.#planes.length > 0) return new Uint32Array(documents.length);
    return this.#planes.reduce(
      (left, plane, at) => ((count >>> at) & 1 ? intersect(left, plane) : subtract(left, plane)),
      documents.slice(),
    );
  }

  /** Those of the documents with this count or a higher one. */
  atLeast(count: number, documents: Bits): Bits {
    const above = new Uint32Array(documents.length);
    if (count >>> this.#planes.length > 0) return above;
    const equal = documents.slice();
    for (let at = this.#planes.length - 1; at >= 0; at--) {
      const plane = this.#planes[at]!;
      if ((count >>> at) & 1) {
        intersect(equal, plane);
        continue;
      }
      for (let word = 0; word < above.length; word++) {
        above[word]! |= equal[word]! & plane[word]!;
        equal[word]! &= ~plane[word]!;
      }
    }
    for (let word = 0; word < above.length; word++) above[word]! |= equal[word]!;
    return above;
  }
}

/** Adds a digit to each document's digit; what is left to be added to the next one is in `set` then. */
function carry(plane: Bits, set: Bits): void {
  for (let word = 0; word < plane.length; word++) {
    const own = plane[word]!;
    const other = set[word]!;
    plane[word] = own ^ other;
    set[word] = own & other;
  }
}
