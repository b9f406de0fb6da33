import { type SearchDocument, textFieldWeights, type WeightedTextField } from '@credatlas/model';
import { compareUtf8, sortedUtf8, stem } from '@credatlas/skills';
import { type Arrays, countArray, GrowingBytes, GrowingList, offsetsOf } from '../arrays/arrays.ts';
import { add, blocksFor, countsBefore, wordsFor } from '../arrays/bits.ts';
import { tableOf } from '../arrays/StringTable.ts';
import { decodeLength, encodeLength } from './fieldLength.ts';
import { Occurrences } from './Occurrences.ts';
import { putStrongest } from './strongestPostings.ts';

export const weightedFields = Object.keys(textFieldWeights) as WeightedTextField[];
/** The one array that is not kept in memory when it lies in a file: only phrases ask for it. */
export const positionsName = 'text.positions';
/** Bits of a posting's weight below the mask of fields. */
export const frequencyBits = 11;
export const largestFrequency = (1 << frequencyBits) - 1;

/** Gathers the text of documents, one after the other; `put` turns it term by term. */
export class TextBuilder {
  readonly #terms = new Map<string, number>();
  /** By posting, in the order of documents: its term, its weight, and the end of its positions. */
  readonly #postingTerms = new GrowingList();
  readonly #weights = new GrowingList();
  readonly #positionEnds = new GrowingList();
  readonly #positions = new GrowingBytes();
  readonly #occurrences = new Occurrences();
  /** By term: one more than the last posting of it; 0: none. */
  readonly #lastPostings = new GrowingList();
  readonly #inferredTerms = new GrowingList();
  readonly #inferredDocuments = new GrowingList();
  readonly #lengths = new GrowingList();
  /** By document: the end of its postings. */
  readonly #postingEnds = new GrowingList();

  add(text: SearchDocument['text']): void {
    const first = this.#postingTerms.length;
    let position = 0;
    for (let field = 0; field < weightedFields.length; field++) {
      let length = 0;
      for (const tokens of text[weightedFields[field]!] ?? []) {
        for (const token of tokens) this.#occurrences.add(this.#postingOf(token, { first, field }), position++);
        length += tokens.length;
        // No phrase runs from one value into the next.
        position += 1;
      }
      this.#lengths.push(length);
    }
    this.#occurrences.flush(this.#positions, this.#positionEnds);
    for (const token of new Set((text.inferredSkills ?? []).flat())) {
      this.#inferredTerms.push(this.#termOf(token));
      this.#inferredDocuments.push(this.#postingEnds.length);
    }
    this.#postingEnds.push(this.#postingTerms.length);
  }

  #termOf(token: string): number {
    let term = this.#terms.get(token);
    if (term === undefined) {
      term = this.#terms.size;
      this.#terms.set(token, term);
      this.#lastPostings.push(0);
    }
    return term;
  }

  /** Which of the document's postings, of which `first` is the first of all, one more occurrence of the token falls to. */
  #postingOf(token: string, { first, field }: { first: number; field: number }): number {
    const term = this.#termOf(token);
    const posting = this.#lastPostings.at(term) - 1;
    if (posting >= first) {
      this.#weights.set(posting, (this.#weights.at(posting) + fieldWeights[field]!) | (1 << field));
      return posting - first;
    }
    this.#postingTerms.push(term);
    this.#weights.push(fieldWeights[field]! + (1 << field));
    this.#lastPostings.set(term, this.#postingTerms.length);
    return this.#postingTerms.length - 1 - first;
  }

  put(arrays: Arrays): void {
    const sorted = sortedUtf8(this.#terms.keys());
    const numbers = new Uint32Array(sorted.length);
    sorted.forEach((term, number) => {
      numbers[this.#terms.get(term)!] = number;
    });
    const terms = tableOf(sorted);
    arrays.set('terms.bytes', terms.bytes);
    arrays.set('terms.offsets', terms.offsets);
    putStems(arrays, sorted);
    putLengths(arrays, this.#lengths.values);
    this.#putPostings(arrays, numbers);
    const { slots: inferredSlots, offsets: inferredOffsets } = slotsOf(this.#inferredTerms.values, numbers);
    const inferred = new Uint32Array(inferredSlots.length);
    inferredSlots.forEach((slot, item) => {
      inferred[slot] = this.#inferredDocuments.at(item);
    });
    arrays.set('text.inferred.offsets', inferredOffsets);
    arrays.set('text.inferred.documents', inferred);
  }

  /** Written where they belong while walking documents in order: reading in the order of terms would miss the cache each time. */
  #putPostings(arrays: Arrays, numbers: Uint32Array): void {
    const [terms, ownWeights] = [this.#postingTerms.values, this.#weights.values];
    const [positions, ends, postingEnds] = [
      this.#positions.values,
      this.#positionEnds.values,
      this.#postingEnds.values,
    ];
    const { offsets, positionOffsets } = this.#offsets(numbers);
    const [next, nextByte] = [offsets.slice(), positionOffsets.slice()];
    const [documents, weights] = [new Uint32Array(terms.length), new Uint16Array(terms.length)];
    const bytes = new Uint8Array(positions.length);
    const overflow: Overflow[] = [];
    for (let document = 0, posting = 0, from = 0; document < postingEnds.length; document++) {
      for (; posting < postingEnds[document]!; posting++) {
        const number = numbers[terms[posting]!]!;
        const slot = next[number]!;
        next[number] = slot + 1;
        documents[slot] = document;
        const [mask, frequency] = [ownWeights[posting]! & fieldMask, ownWeights[posting]! >>> weightedFields.length];
        weights[slot] = (mask << frequencyBits) | Math.min(frequency, largestFrequency);
        if (frequency >= largestFrequency) overflow.push({ posting: slot, frequency });
        let to = nextByte[number]!;
        for (; from < ends[posting]!; from++) bytes[to++] = positions[from]!;
        nextByte[number] = to;
      }
    }
    overflow.sort((a, b) => a.posting - b.posting);
    putPostings(arrays, { size: postingEnds.length, offsets, documents, weights, overflow, bytes, positionOffsets });
  }

  /** Where the postings and the positions of each term begin. */
  #offsets(numbers: Uint32Array): { offsets: Uint32Array; positionOffsets: Uint32Array } {
    const [terms, ends] = [this.#postingTerms.values, this.#positionEnds.values];
    const [counts, lengths] = [new Uint32Array(numbers.length), new Uint32Array(numbers.length)];
    for (let posting = 0, from = 0; posting < terms.length; posting++) {
      const number = numbers[terms[posting]!]!;
      counts[number]! += 1;
      lengths[number]! += ends[posting]! - from;
      from = ends[posting]!;
    }
    return { offsets: offsetsOf(counts), positionOffsets: offsetsOf(lengths) };
  }
}

const fieldMask = (1 << weightedFields.length) - 1;
/** What one occurrence in each field adds to a posting's weight: frequency above, fields below. */
const fieldWeights = weightedFields.map((name) => textFieldWeights[name] << weightedFields.length);

/** A posting whose frequency does not fit. */
export interface Overflow {
  posting: number;
  frequency: number;
}

/** Writes postings in the order of their terms; `weights` as a segment has them. Lengths have been written before. */
export function putPostings(
  arrays: Arrays,
  given: {
    /** Of documents. */
    size: number;
    offsets: Uint32Array;
    documents: Uint32Array;
    weights: Uint16Array;
    /** Ascending. */
    overflow: readonly Overflow[];
    positionOffsets: Uint32Array;
    bytes: Uint8Array;
  },
): void {
  const { weights, overflow } = given;
  arrays.set('text.offsets', given.offsets);
  const frequent = putDocuments(arrays, given);
  putStrongest(arrays, frequent, {
    ...given,
    norms: arrays.get('text.norms') as Uint8Array,
    frequencyOf: (posting) => weights[posting]! & largestFrequency,
    largest: largestFrequency,
  });
  arrays.set('text.weights', weights);
  arrays.set(
    'text.overflow.postings',
    Uint32Array.from(overflow, ({ posting }) => posting),
  );
  arrays.set(
    'text.overflow.frequencies',
    Uint32Array.from(overflow, ({ frequency }) => frequency),
  );
  arrays.set('text.fieldFrequencies', fieldFrequenciesOf(given));
  arrays.set('text.positions.offsets', given.positionOffsets);
  arrays.set(positionsName, given.bytes);
}

/** In how many documents each field holds each term. */
function fieldFrequenciesOf({ offsets, weights }: { offsets: Uint32Array; weights: Uint16Array }): Uint32Array {
  const frequencies = new Uint32Array((offsets.length - 1) * weightedFields.length);
  for (let term = 0; term + 1 < offsets.length; term++) {
    const first = term * weightedFields.length;
    for (let at = offsets[term]!; at < offsets[term + 1]!; at++)
      addFields(frequencies, first, weights[at]! >>> frequencyBits);
  }
  return frequencies;
}

/** One more for each field of the mask. A function of its own: compiled within the loops around it, each small segment had it compiled anew. */
function addFields(frequencies: Uint32Array, first: number, mask: number): void {
  for (let fields = mask; fields !== 0; fields &= fields - 1)
    frequencies[first + 31 - Math.clz32(fields & -fields)]! += 1;
}

/** A term in this share of the documents takes less room as a bit for each of them than as a list. */
const dense = 1 / 32;
/** A smaller segment is searched at once in any form. */
const leastDense = 256;

/** Writes which documents have each term: those of frequent ones as bits. Answers which these are. */
function putDocuments(
  arrays: Arrays,
  { size, offsets, documents }: { size: number; offsets: Uint32Array; documents: Uint32Array },
): number[] {
  const terms = offsets.length - 1;
  const frequent: number[] = [];
  const starts = new Uint32Array(terms + 1);
  for (let term = 0; term < terms; term++) {
    const length = offsets[term + 1]! - offsets[term]!;
    const isDense = size >= leastDense && length > size * dense;
    if (isDense) frequent.push(term);
    starts[term + 1] = starts[term]! + (isDense ? 0 : length);
  }
  const numbers = countArray(terms, frequent.length);
  const bits = new Uint32Array(frequent.length * wordsFor(size));
  const counts = new Uint32Array(frequent.length * blocksFor(size));
  frequent.forEach((term, number) => {
    numbers[term] = number + 1;
    const own = bits.subarray(number * wordsFor(size), (number + 1) * wordsFor(size));
    add(own, documents.subarray(offsets[term], offsets[term + 1]));
    counts.set(countsBefore(own), number * blocksFor(size));
  });
  const lists = new Uint32Array(starts[terms]!);
  for (let term = 0; term < terms; term++)
    if (numbers[term] === 0) lists.set(documents.subarray(offsets[term], offsets[term + 1]), starts[term]);
  arrays.set('text.starts', starts);
  arrays.set('text.documents', lists);
  arrays.set('text.dense', numbers);
  arrays.set('text.bits', bits);
  arrays.set('text.bit.counts', counts);
  return frequent;
}

/** Writes field lengths (five per document) and what scoring makes of them. */
export function putLengths(arrays: Arrays, given: Uint32Array): void {
  let largest = 0;
  for (const length of given) largest = Math.max(largest, length);
  const lengths = countArray(given.length, largest);
  lengths.set(given);
  const norms = new Uint8Array(given.length / weightedFields.length);
  for (let document = 0; document < norms.length; document++) {
    let length = 0;
    weightedFields.forEach((name, field) => {
      const own = given[document * weightedFields.length + field]!;
      length += textFieldWeights[name] * decodeLength(encodeLength(own));
    });
    norms[document] = encodeLength(Math.round(length));
  }
  arrays.set('text.lengths', lengths);
  arrays.set('text.norms', norms);
}

/** Writes which terms share a stem. */
export function putStems(arrays: Arrays, terms: readonly string[]): void {
  const stems = terms.map(stem);
  const order = Uint32Array.from(terms.keys()).sort((a, b) => compareUtf8(stems[a]!, stems[b]!) || a - b);
  const [distinct, starts]: [string[], number[]] = [[], []];
  order.forEach((term, at) => {
    if (distinct.at(-1) === stems[term]) return;
    distinct.push(stems[term]!);
    starts.push(at);
  });
  const table = tableOf(distinct);
  arrays.set('stems.bytes', table.bytes);
  arrays.set('stems.offsets', table.offsets);
  arrays.set('stems.starts', Uint32Array.from([...starts, terms.length]));
  arrays.set('stems.terms', order);
}

/** Counting sort: where each item goes when they are put in the order of their terms' numbers, equal ones in their own order. */
function slotsOf(terms: Uint32Array, numbers: Uint32Array): { slots: Uint32Array; offsets: Uint32Array } {
  const counts = new Uint32Array(numbers.length);
  for (let item = 0; item < terms.length; item++) counts[numbers[terms[item]!]!]! += 1;
  const offsets = offsetsOf(counts);
  const next = offsets.slice();
  const slots = new Uint32Array(terms.length);
  for (let item = 0; item < terms.length; item++) {
    const number = numbers[terms[item]!]!;
    slots[item] = next[number]!;
    next[number]! += 1;
  }
  return { slots, offsets };
}
