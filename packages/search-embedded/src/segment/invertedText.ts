import { textFieldWeights } from '@credatlas/model';
import { offsetsOf } from '../arrays/arrays.ts';
import { frequencyBits, largestFrequency, weightedFields } from './weightedFields.ts';

/** What stands between the tokens of a document, which ends with its last field. */
export const valueEnd = 0;
export const fieldEnd = 1;
/** Stands for term 0, and so on. */
export const firstTerm = 2;

/** Documents as the numbers of their tokens, one after the other. */
export interface GatheredText {
  tokens: Uint32Array;
  /** How many terms have a number. */
  terms: number;
  /** The number of the first document, and how many there are. */
  first: number;
  size: number;
}

/** Text in the order of its terms' numbers. */
export interface InvertedText {
  /** Postings of term t: offsets[t] ≤ p < offsets[t + 1]. */
  offsets: Uint32Array;
  documents: Uint32Array;
  weights: Uint16Array;
  /** Postings whose frequency does not fit. */
  overflow: { term: number; document: number; frequency: number }[];
  positionOffsets: Uint32Array;
  positions: Uint8Array;
}

/** Measured first, then written where it belongs while walking documents in order: reading in the order of terms would miss the cache each time. */
export function inverted(text: GatheredText): InvertedText {
  const { tokens, terms, first, size } = text;
  const { offsets, positionOffsets } = measured(text);
  const [documents, weights] = [new Uint32Array(offsets[terms]!), new Uint16Array(offsets[terms]!)];
  const positions = new Uint8Array(positionOffsets[terms]!);
  const overflow: InvertedText['overflow'] = [];
  // By term: the ends of its postings and of their positions, and of the document being walked what is to come and what has been met.
  const [postingEnds, positionEnds] = [offsets.slice(), positionOffsets.slice()];
  const [left, last, met] = [new Uint32Array(terms), new Uint32Array(terms), new Uint32Array(terms)];
  for (let document = first, at = 0; document < first + size; document++) {
    const end = counted(tokens, at, left);
    for (let field = 0, position = 0; at < end; at++) {
      const term = tokens[at]! - firstTerm;
      if (term < 0) {
        if (tokens[at] === fieldEnd) field += 1;
        // No phrase runs from one value into the next.
        else position += 1;
        continue;
      }
      let to = positionEnds[term]!;
      if (met[term] === 0) to = writeNumber(positions, to, left[term]!);
      positionEnds[term] = writeNumber(positions, to, position - last[term]!);
      last[term] = position++;
      met[term] = (met[term]! + fieldWeights[field]!) | (1 << field);
      left[term]! -= 1;
      if (left[term]! > 0) continue;
      const [posting, frequency] = [postingEnds[term]!, met[term]! >>> fieldBits];
      documents[posting] = document;
      weights[posting] = ((met[term]! & fieldMask) << frequencyBits) | Math.min(frequency, largestFrequency);
      if (frequency >= largestFrequency) overflow.push({ term, document, frequency });
      postingEnds[term] = posting + 1;
      last[term] = 0;
      met[term] = 0;
    }
  }
  return { offsets, documents, weights, overflow, positionOffsets, positions };
}

/** Where the postings of each term begin, and their positions. */
function measured({ tokens, terms, size }: GatheredText): Pick<InvertedText, 'offsets' | 'positionOffsets'> {
  const [postings, bytes] = [new Uint32Array(terms), new Uint32Array(terms)];
  const [counts, last] = [new Uint32Array(terms), new Uint32Array(terms)];
  for (let document = 0, at = 0; document < size; document++) {
    const end = counted(tokens, at, counts);
    for (let position = 0; at < end; at++) {
      const term = tokens[at]! - firstTerm;
      if (term < 0) {
        if (tokens[at] === valueEnd) position += 1;
        continue;
      }
      if (counts[term]! > 0) {
        postings[term]! += 1;
        bytes[term]! += bytesOf(counts[term]!);
        counts[term] = 0;
        last[term] = 0;
      }
      bytes[term]! += bytesOf(position - last[term]!);
      last[term] = position++;
    }
  }
  return { offsets: offsetsOf(postings), positionOffsets: offsetsOf(bytes) };
}

/** Counts how often the document that begins there has each term, and answers where it ends. */
function counted(tokens: Uint32Array, from: number, counts: Uint32Array): number {
  let at = from;
  for (let fields = weightedFields.length; fields > 0; at++) {
    const term = tokens[at]! - firstTerm;
    if (term >= 0) counts[term]! += 1;
    else if (tokens[at] === fieldEnd) fields -= 1;
  }
  return at;
}

/** Of a posting's weight while it grows: fields below, frequency above. */
const fieldBits = weightedFields.length;
const fieldMask = (1 << fieldBits) - 1;
/** What one occurrence in each field adds to the frequency. */
const fieldWeights = weightedFields.map((name) => textFieldWeights[name] << fieldBits);

/** In seven bits a byte. */
function bytesOf(value: number): number {
  let bytes = 1;
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes += 1;
  return bytes;
}

/** Answers where the next one goes. */
function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  let [end, rest] = [at, value];
  for (; rest > 0x7f; rest >>>= 7) bytes[end++] = (rest & 0x7f) | 0x80;
  bytes[end++] = rest;
  return end;
}
