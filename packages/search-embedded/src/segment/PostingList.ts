import { add, among, type Bits, blocksFor, listed, placesOf, unite, wordsFor } from '../arrays/bits.ts';
import { gallop, inBoth } from '../arrays/gallop.ts';
import { indexOf } from '../arrays/StringTable.ts';
import type { TextIndex } from './Segment.ts';

/** The documents of one term, deleted ones included: a list, or bits where they are many. Posting `first` + i is that of the i-th of them. */
export class PostingList {
  readonly first: number;
  readonly length: number;
  /** Of a term on many documents. */
  readonly bits: Bits | undefined;
  /** Of such a term: the documents that score highest by it, ascending, and what of the others none exceeds, as frequency × 256 + one-byte length. */
  readonly strongest: Uint32Array;
  readonly others: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #list: Uint32Array;

  constructor(text: TextIndex, term: number) {
    this.first = text.offsets[term]!;
    this.length = text.offsets[term + 1]! - this.first;
    this.#list = text.documents.subarray(text.starts[term], text.starts[term + 1]);
    const [number, size] = [text.dense[term]! - 1, text.norms.length];
    this.bits = number < 0 ? undefined : nth(text.bits, number, wordsFor(size));
    this.#counts = number < 0 ? text.counts : nth(text.counts, number, blocksFor(size));
    this.strongest = number < 0 ? none : run(text.strongest, text.strongestStarts, number);
    this.others = number < 0 ? none : run(text.others, text.otherStarts, number);
  }

  /** Ascending. */
  documents(): Uint32Array {
    return this.bits ? listed(this.bits) : this.#list;
  }

  addTo(bits: Bits): void {
    if (this.bits) unite(bits, this.bits);
    else add(bits, this.#list);
  }

  /** Those of ascending documents that have the term. */
  among(documents: Uint32Array): Uint32Array {
    return this.bits ? among(documents, this.bits) : inBoth(documents, this.#list);
  }

  /** The posting of each of ascending documents that all have the term. */
  postingsOf(documents: Uint32Array): Uint32Array {
    if (this.bits) return placesOf(documents, this.bits, { counts: this.#counts, first: this.first });
    const postings = new Uint32Array(documents.length);
    for (let index = 0, from = 0; index < documents.length; index++) {
      from = gallop(this.#list, { from, to: this.#list.length, wanted: documents[index]! });
      postings[index] = this.first + from;
    }
    return postings;
  }
}

export function postingsOf(text: TextIndex, token: string): PostingList | undefined {
  const term = indexOf(text.terms, token);
  return term === undefined ? undefined : new PostingList(text, term);
}

function nth(arrays: Uint32Array, number: number, length: number): Uint32Array {
  return arrays.subarray(number * length, (number + 1) * length);
}

const none = new Uint32Array();

function run(numbers: Uint32Array, starts: Uint32Array, number: number): Uint32Array {
  return numbers.subarray(starts[number], starts[number + 1]);
}
