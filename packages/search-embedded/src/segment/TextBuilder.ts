import { type SearchDocument, textFieldWeights } from '@credatlas/model';
import { compareUtf8, sortedUtf8, stem } from '@credatlas/skills';
import { type Arrays, countArray, GrowingList, offsetsOf } from '../arrays/arrays.ts';
import { tableOf } from '../arrays/StringTable.ts';
import { decodeLength, encodeLength } from './fieldLength.ts';
import { fieldEnd, firstTerm, type InvertedText, inverted, valueEnd } from './invertedText.ts';
import { joinedText } from './joinedText.ts';
import { type Postings, putPostings } from './putPostings.ts';
import { TermNumbers } from './TermNumbers.ts';
import { weightedFields } from './weightedFields.ts';

/** Tokens that are gathered before they are turned: some 100,000 documents, which then lie in 70 MB. */
const mostTokens = 1 << 23;

/** Gathers the text of documents, turned term by term as soon as there is much of it. */
export class TextBuilder {
  readonly #numbers = new TermNumbers();
  /** Of the documents that have not been turned. */
  readonly #tokens = new GrowingList(128);
  readonly #parts: InvertedText[] = [];
  /** Documents in the parts. */
  #turned = 0;
  readonly #lengths = new GrowingList();
  readonly #inferredTerms = new GrowingList();
  readonly #inferredDocuments = new GrowingList();

  add(text: SearchDocument['text']): void {
    const document = this.#size;
    for (const name of weightedFields) {
      let length = 0;
      for (const tokens of text[name] ?? []) {
        for (const token of tokens) this.#tokens.push(firstTerm + this.#numbers.numberOf(token));
        this.#tokens.push(valueEnd);
        length += tokens.length;
      }
      this.#tokens.push(fieldEnd);
      this.#lengths.push(length);
    }
    for (const token of new Set((text.inferredSkills ?? []).flat())) {
      this.#inferredTerms.push(this.#numbers.numberOf(token));
      this.#inferredDocuments.push(document);
    }
    if (this.#tokens.length >= mostTokens) this.#turn();
  }

  get #size(): number {
    return this.#lengths.length / weightedFields.length;
  }

  #turn(): void {
    const { terms } = this.#numbers;
    this.#parts.push(
      inverted({
        tokens: this.#tokens.values,
        terms: terms.length,
        first: this.#turned,
        size: this.#size - this.#turned,
      }),
    );
    this.#turned = this.#size;
    this.#tokens.length = 0;
  }

  put(arrays: Arrays): void {
    this.#turn();
    const sorted = sortedUtf8(this.#numbers.terms);
    const [order, places] = [new Uint32Array(sorted.length), new Uint32Array(sorted.length)];
    for (let place = 0; place < order.length; place++) {
      const term = this.#numbers.numberOf(sorted[place]!);
      order[place] = term;
      places[term] = place;
    }
    const terms = tableOf(sorted);
    arrays.set('terms.bytes', terms.bytes);
    arrays.set('terms.offsets', terms.offsets);
    putStems(arrays, sorted);
    putLengths(arrays, this.#lengths.values);
    putPostings(arrays, { size: this.#size, ...this.#joined(order) });
    const { slots: inferredSlots, offsets: inferredOffsets } = slotsOf(this.#inferredTerms.values, places);
    const inferred = new Uint32Array(inferredSlots.length);
    inferredSlots.forEach((slot, item) => {
      inferred[slot] = this.#inferredDocuments.at(item);
    });
    arrays.set('text.inferred.offsets', inferredOffsets);
    arrays.set('text.inferred.documents', inferred);
  }

  /** Parts are let go: they are as large as the whole. */
  #joined(order: Uint32Array): Postings {
    return joinedText(this.#parts.splice(0), order);
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
