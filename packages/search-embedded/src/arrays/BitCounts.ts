import { type Bits, intersect, isEmpty, subtract } from './bits.ts';

/** In how many of several sets each document is, as binary numbers: bit p of a document's count is in plane p. */
export class BitCounts {
  readonly #planes: Bits[] = [];
  #sets = 0;

  /** One more for each document of the set, which is written to. */
  add(set: Bits): void {
    for (const plane of this.#planes) carry(plane, set);
    this.#sets += 1;
    // What is in all of so many sets has a count of one digit more.
    if ((this.#sets & (this.#sets - 1)) === 0) this.#planes.push(set);
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
    return this.#planes.reduce(
      (left, plane, at) => ((count >>> at) & 1 ? intersect(left, plane) : subtract(left, plane)),
      documents.slice(),
    );
  }

  /** Those of the documents with this count or a higher one; it is at most the number of sets. */
  atLeast(count: number, documents: Bits): Bits {
    const [equal, above] = [documents.slice(), new Uint32Array(documents.length)];
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
    const [own, other] = [plane[word]!, set[word]!];
    plane[word] = own ^ other;
    set[word] = own & other;
  }
}
