import { type Arrays, countArray } from '../arrays/arrays.ts';
import { add, blocksFor, countsBefore, wordsFor } from '../arrays/bits.ts';
import { putStrongest } from './strongestPostings.ts';
import { frequencyBits, largestFrequency, weightedFields } from './weightedFields.ts';

/** The one array that is not kept in memory when it lies in a file: only phrases ask for it. */
export const positionsName = 'text.positions';

/** Postings in the order of their terms; `weights` as a segment has them. */
export interface Postings {
  offsets: Uint32Array;
  documents: Uint32Array;
  weights: Uint16Array;
  /** Ascending. */
  overflow: readonly Overflow[];
  positionOffsets: Uint32Array;
  bytes: Uint8Array;
}

/** A posting whose frequency does not fit. */
export interface Overflow {
  posting: number;
  frequency: number;
}

/** Writes the postings of so many documents, whose lengths have been written before. */
export function putPostings(arrays: Arrays, given: Postings & { size: number }): void {
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
