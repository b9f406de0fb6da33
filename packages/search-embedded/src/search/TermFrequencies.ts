import type { Segment } from '../segment/Segment.ts';
import { largestFrequency } from '../segment/TextBuilder.ts';

/** Frequencies held by document at once, a byte a document each. */
const mostHeld = 12;
/** A term in a smaller share of the documents is found faster on its list. */
const frequent = 1 / 16;
const largestByte = 0xff;

/** Of frequent terms, which most queries have one of: Σ weight × frequency by document, made when first asked for. */
export class TermFrequencies {
  readonly #segment: Segment;
  readonly #held = new Map<number, Uint8Array>();

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  /** 0: not in the document. Undefined: the term is rare, or its frequencies do not fit into a byte. */
  of(term: number): Uint8Array | undefined {
    const { text, size } = this.#segment;
    if (text.offsets[term + 1]! - text.offsets[term]! < size * frequent) return undefined;
    const frequencies = this.#held.get(term) ?? this.#byDocument(term);
    if (!frequencies) return undefined;
    // The one used last goes last.
    this.#held.delete(term);
    this.#held.set(term, frequencies);
    for (const [other] of this.#held) if (this.#held.size > mostHeld) this.#held.delete(other);
    return frequencies;
  }

  /** What is held already. */
  held(term: number): Uint8Array | undefined {
    return this.#held.get(term);
  }

  #byDocument(term: number): Uint8Array | undefined {
    const { text, size } = this.#segment;
    const { documents, weights } = text;
    const frequencies = new Uint8Array(size);
    let largest = 0;
    for (let at = text.offsets[term]!; at < text.offsets[term + 1]!; at++) {
      const frequency = weights[at]! & largestFrequency;
      frequencies[documents[at]!] = frequency;
      largest |= frequency;
    }
    return largest < largestByte ? frequencies : undefined;
  }
}
