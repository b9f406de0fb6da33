import { type SearchDocument, textFieldWeights, type WeightedTextField } from '@credatlas/model';
import { compareUtf8, stem } from '@credatlas/skills';
import { type Arrays, countArray, GrowingBytes, GrowingList, offsetsOf } from '../arrays/arrays.ts';
import { tableOf } from '../arrays/StringTable.ts';
import { decodeLength, encodeLength } from './fieldLength.ts';

export const weightedFields = Object.keys(textFieldWeights) as WeightedTextField[];
/** The one array that is not kept in memory when it lies in a file: only phrases ask for it. */
export const positionsName = 'text.positions';
/** Bits of a posting's weight below the mask of fields. */
export const frequencyBits = 11;
export const largestFrequency = (1 << frequencyBits) - 1;

/** Gathers the text of documents, one after the other; `put` turns it term by term. */
export class TextBuilder {
  readonly #terms = new Map<string, number>();
  /** By posting, in the order of documents. */
  readonly #postingTerms = new GrowingList();
  readonly #postingDocuments = new GrowingList();
  readonly #masks = new GrowingList();
  readonly #frequencies = new GrowingList();
  /** By token: its posting and its place in the document. */
  readonly #tokenPostings = new GrowingList();
  readonly #tokenPositions = new GrowingList();
  readonly #inferredTerms = new GrowingList();
  readonly #inferredDocuments = new GrowingList();
  readonly #lengths = new GrowingList();
  /** Last posting of each term. */
  readonly #lastPosting = new GrowingList();
  #document = 0;

  add(text: SearchDocument['text']): void {
    let position = 0;
    weightedFields.forEach((name, field) => {
      let length = 0;
      for (const tokens of text[name] ?? []) {
        for (const token of tokens) this.#addToken(token, { field, position: position++ });
        length += tokens.length;
        // No phrase runs from one value into the next.
        position += 1;
      }
      this.#lengths.push(length);
    });
    const inferred = new Set((text.inferredSkills ?? []).flat());
    for (const token of inferred) {
      this.#inferredTerms.push(this.#termOf(token));
      this.#inferredDocuments.push(this.#document);
    }
    this.#document += 1;
  }

  #termOf(token: string): number {
    let term = this.#terms.get(token);
    if (term === undefined) {
      term = this.#terms.size;
      this.#terms.set(token, term);
      this.#lastPosting.push(none);
    }
    return term;
  }

  #addToken(token: string, at: { field: number; position: number }): void {
    const term = this.#termOf(token);
    let posting = this.#lastPosting.at(term);
    if (posting === none || this.#postingDocuments.at(posting) !== this.#document) {
      posting = this.#postingTerms.length;
      this.#postingTerms.push(term);
      this.#postingDocuments.push(this.#document);
      this.#masks.push(0);
      this.#frequencies.push(0);
      this.#lastPosting.set(term, posting);
    }
    this.#masks.set(posting, this.#masks.at(posting) | (1 << at.field));
    this.#frequencies.set(posting, this.#frequencies.at(posting) + textFieldWeights[weightedFields[at.field]!]);
    this.#tokenPostings.push(posting);
    this.#tokenPositions.push(at.position);
  }

  put(arrays: Arrays): void {
    const sorted = [...this.#terms.keys()].sort(compareUtf8);
    const numbers = new Uint32Array(sorted.length);
    sorted.forEach((term, number) => {
      numbers[this.#terms.get(term)!] = number;
    });
    const terms = tableOf(sorted);
    arrays.set('terms.bytes', terms.bytes);
    arrays.set('terms.offsets', terms.offsets);
    putStems(arrays, sorted);
    const order = byTerm(this.#postingTerms.values, numbers);
    const postings = new PostingWriter(sorted.length);
    const tokens = byKey(this.#tokenPostings.values, this.#postingTerms.length);
    for (const posting of order.items) {
      postings.add({
        term: numbers[this.#postingTerms.at(posting)]!,
        document: this.#postingDocuments.at(posting),
        mask: this.#masks.at(posting),
        frequency: this.#frequencies.at(posting),
      });
      const [from, to] = [tokens.offsets[posting]!, tokens.offsets[posting + 1]!];
      postings.positions.pushNumber(to - from);
      let before = 0;
      for (let at = from; at < to; at++) {
        const position = this.#tokenPositions.at(tokens.items[at]!);
        postings.positions.pushNumber(position - before);
        before = position;
      }
    }
    postings.put(arrays);
    const inferred = byTerm(this.#inferredTerms.values, numbers);
    arrays.set('text.inferred.offsets', inferred.offsets);
    arrays.set(
      'text.inferred.documents',
      inferred.items.map((item) => this.#inferredDocuments.at(item)),
    );
    putLengths(arrays, this.#lengths.values);
  }
}

const none = 0xffffffff;

/** Writes postings that come term by term, each term's documents ascending. */
export class PostingWriter {
  readonly positions = new GrowingBytes();
  readonly #counts: Uint32Array;
  readonly #positionStarts: Uint32Array;
  readonly #documents = new GrowingList();
  readonly #weights = new GrowingList();
  readonly #overflowPostings = new GrowingList();
  readonly #overflowFrequencies = new GrowingList();
  readonly #fieldFrequencies: Uint32Array;

  constructor(terms: number) {
    this.#counts = new Uint32Array(terms);
    this.#positionStarts = new Uint32Array(terms + 1);
    this.#fieldFrequencies = new Uint32Array(terms * weightedFields.length);
  }

  /** To be followed by the posting's positions. */
  add({ term, document, mask, frequency }: { term: number; document: number; mask: number; frequency: number }): void {
    if (this.#counts[term] === 0) this.#positionStarts[term] = this.positions.length;
    this.#counts[term]! += 1;
    if (frequency >= largestFrequency) {
      this.#overflowPostings.push(this.#documents.length);
      this.#overflowFrequencies.push(frequency);
    }
    this.#documents.push(document);
    this.#weights.push((mask << frequencyBits) | Math.min(frequency, largestFrequency));
    for (let field = 0; field < weightedFields.length; field++)
      if (mask & (1 << field)) this.#fieldFrequencies[term * weightedFields.length + field]! += 1;
  }

  put(arrays: Arrays): void {
    const starts = this.#positionStarts;
    starts[starts.length - 1] = this.positions.length;
    for (let term = starts.length - 2; term >= 0; term--)
      if (this.#counts[term] === 0) starts[term] = starts[term + 1]!;
    arrays.set('text.offsets', offsetsOf(this.#counts));
    arrays.set('text.documents', this.#documents.values.slice());
    arrays.set('text.weights', Uint16Array.from(this.#weights.values));
    arrays.set('text.overflow.postings', this.#overflowPostings.values.slice());
    arrays.set('text.overflow.frequencies', this.#overflowFrequencies.values.slice());
    arrays.set('text.fieldFrequencies', this.#fieldFrequencies);
    arrays.set('text.positions.offsets', starts);
    arrays.set(positionsName, this.positions.values.slice());
  }
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

function byTerm(terms: Uint32Array, numbers: Uint32Array): { items: Uint32Array; offsets: Uint32Array } {
  return byKey(
    terms.map((term) => numbers[term]!),
    numbers.length,
  );
}

/** Counting sort: items by key, equal keys in their order. */
function byKey(keys: Uint32Array, size: number): { items: Uint32Array; offsets: Uint32Array } {
  const counts = new Uint32Array(size);
  for (const key of keys) counts[key]! += 1;
  const offsets = offsetsOf(counts);
  const next = offsets.slice();
  const items = new Uint32Array(keys.length);
  keys.forEach((key, item) => {
    items[next[key]!] = item;
    next[key]! += 1;
  });
  return { items, offsets };
}
