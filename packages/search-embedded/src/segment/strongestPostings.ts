import { type Arrays, GrowingList } from '../arrays/arrays.ts';
import { decodeLength } from './fieldLength.ts';
import { normsFor } from './saturation.ts';

/** The strongest postings of a term: of no more documents than this share of the segment. */
const most = 1 / 128;
/** Steps from the weakest to the strongest possible posting. */
const steps = 4_096;
const longest = 256;

interface Postings {
  offsets: Uint32Array;
  documents: Uint32Array;
  norms: Uint8Array;
  /** Of a posting; `largest` stands for whatever is larger, too. */
  frequencyOf(posting: number): number;
  largest: number;
}

/**
 * Writes for each of the terms on many documents which of these score highest by it, and how frequent and how short the others are at the
 * utmost: by none of them the term scores more, whatever the statistics, than by the best of these pairs.
 */
export function putStrongest(arrays: Arrays, terms: readonly number[], postings: Postings): void {
  const norms = terms.length > 0 ? normsFor(averageOf(postings.norms)) : new Float32Array();
  const [documents, others] = [new GrowingList(), new GrowingList()];
  const [starts, otherStarts] = [new GrowingList(), new GrowingList()];
  for (const term of terms) {
    starts.push(documents.length);
    otherStarts.push(others.length);
    divide(postings, { term, norms }, { documents, others });
  }
  starts.push(documents.length);
  otherStarts.push(others.length);
  arrays.set('text.strongest', documents.copy());
  arrays.set('text.strongest.starts', starts.copy());
  arrays.set('text.others', others.copy());
  arrays.set('text.others.starts', otherStarts.copy());
}

function divide(
  { offsets, documents, norms: lengths, frequencyOf, largest }: Postings,
  { term, norms }: { term: number; norms: Float32Array },
  found: { documents: GrowingList; others: GrowingList },
): void {
  const [from, to] = [offsets[term]!, offsets[term + 1]!];
  const stepOf = new Uint16Array(to - from);
  const counts = new Uint32Array(steps);
  for (let posting = from; posting < to; posting++) {
    const saturation = 1 - 1 / (1 + frequencyOf(posting) * norms[lengths[documents[posting]!]!]!);
    const step = Math.floor(saturation * steps);
    stepOf[posting - from] = step;
    counts[step]! += 1;
  }
  const least = leastStep(counts, lengths.length * most);
  const shortest = new Uint16Array(largest + 1).fill(longest);
  for (let posting = from; posting < to; posting++) {
    const document = documents[posting]!;
    if (stepOf[posting - from]! >= least) {
      found.documents.push(document);
      continue;
    }
    const frequency = frequencyOf(posting);
    if (lengths[document]! < shortest[frequency]!) shortest[frequency] = lengths[document]!;
  }
  for (let frequency = largest, met = longest; frequency > 0; frequency--) {
    if (shortest[frequency]! >= met) continue;
    met = shortest[frequency]!;
    found.others.push(frequency * 256 + met);
  }
}

/** The lowest step from which on there are no more than so many. */
function leastStep(counts: Uint32Array, most: number): number {
  let [step, sum] = [counts.length, 0];
  while (step > 0 && sum + counts[step - 1]! <= most) sum += counts[--step]!;
  return step;
}

function averageOf(lengths: Uint8Array): number {
  let sum = 0;
  for (const code of lengths) sum += decodeLength(code);
  return sum / Math.max(lengths.length, 1) || 1;
}
