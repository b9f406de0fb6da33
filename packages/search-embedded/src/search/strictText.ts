import { type TextUnit, textFieldWeights } from '@credatlas/model';
import { type Bits, intersect } from '../arrays/bits.ts';
import { indexOf } from '../arrays/StringTable.ts';
import { PostingList, postingsOf } from '../segment/PostingList.ts';
import { frequencyOf, PositionCursor } from '../segment/postings.ts';
import type { TextIndex } from '../segment/Segment.ts';
import { normsFor } from '../segment/saturation.ts';
import { frequencyBits, largestFrequency, weightedFields } from '../segment/weightedFields.ts';
import { DocumentSet } from './DocumentSet.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** Scores of frequencies below this are computed once for each length. */
const knownFrequencies = 32;

export interface Scorer {
  /** By frequency and length in eight bits; 0: not computed yet. */
  known: Float32Array;
  compute(frequency: number, length: number): number;
}

/** Statistics over the live documents of all segments, as they are now: how documents are spread over segments never changes a score. */
export class TextStatistics {
  readonly #norms: Float32Array;
  readonly #documents: number;
  readonly #scorers: Map<string, Scorer>;

  /** `tokens` that will be scored by. */
  constructor(segments: readonly LiveSegment[], tokens: readonly string[]) {
    let [documents, total] = [0, 0];
    weightedFields.forEach((name, field) => {
      let withField = 0;
      for (const { documentsWith, tokensIn } of segments) {
        withField += documentsWith[field]!;
        total += textFieldWeights[name] * tokensIn[field]!;
      }
      documents = Math.max(documents, withField);
    });
    this.#documents = documents;
    this.#norms = normsFor(Math.fround(Math.trunc(total) / Math.max(documents, 1)));
    this.#scorers = new Map(tokens.map((token) => [token, this.#scorerOf(this.#inverseFrequency(segments, token))]));
  }

  /** What one of the tokens scores by its frequency and a document's one-byte length. */
  scorer(token: string): Scorer {
    return this.#scorers.get(token)!;
  }

  #scorerOf(inverse: number): Scorer {
    const known = new Float32Array(knownFrequencies << 8);
    const compute = (frequency: number, length: number): number => {
      const part = Math.fround(inverse / Math.fround(1 + Math.fround(frequency * this.#norms[length]!)));
      const score = Math.fround(inverse - part);
      if (frequency < knownFrequencies) known[(frequency << 8) | length] = score;
      return score;
    };
    return { known, compute };
  }

  /** ln(1 + (N − df + 0.5) / (df + 0.5)) with df the largest of the fields'. */
  #inverseFrequency(segments: readonly LiveSegment[], token: string): number {
    const frequencies = new Float64Array(weightedFields.length);
    for (const live of segments) addFrequencies(live, token, frequencies);
    const frequency = Math.max(...frequencies);
    return Math.fround(Math.log(1 + (this.#documents - frequency + 0.5) / (frequency + 0.5)));
  }
}

function addFrequencies({ segment: { text }, gone }: LiveSegment, token: string, frequencies: Float64Array): void {
  const term = indexOf(text.terms, token);
  if (term === undefined) return;
  for (let field = 0; field < frequencies.length; field++)
    frequencies[field]! += text.fieldFrequencies[term * frequencies.length + field]!;
  const postings = new PostingList(text, term);
  for (const posting of postings.postingsOf(postings.among(gone))) {
    const mask = text.weights[posting]! >>> frequencyBits;
    for (let field = 0; field < frequencies.length; field++) if (mask & (1 << field)) frequencies[field]! -= 1;
  }
}

/** Live documents in which every token and phrase occurs. */
export function strictMatches(live: LiveSegment, units: readonly TextUnit[]): DocumentSet {
  const found = live.living(everyToken(live, new Set(units.flatMap(({ tokens }) => tokens))));
  const phrases = units.filter(({ phrase, tokens }) => phrase && tokens.length > 1);
  if (phrases.length === 0) return found;
  const list = phrases.reduce((left, { tokens }) => withPhrase(live, tokens, left), found.list);
  return new DocumentSet(live.segment.size, { list });
}

/** From the rarest token's documents on, those of the others. */
function everyToken(live: LiveSegment, tokens: ReadonlySet<string>): DocumentSet {
  const { text, size } = live.segment;
  const found = [...tokens].map((token) => postingsOf(text, token));
  const lists = found.filter((list) => list !== undefined).sort((a, b) => a.length - b.length);
  const [rarest, ...others] = lists;
  if (!rarest || lists.length < found.length) return new DocumentSet(size, { list: new Uint32Array() });
  // Where even the rarest is on many documents, all are.
  if (rarest.bits) return new DocumentSet(size, { bits: others.reduce(inBits, rarest.bits) });
  return new DocumentSet(size, { list: others.reduce((left, list) => list.among(left), rarest.documents()) });
}

function inBits(left: Bits, { bits }: PostingList): Bits {
  return intersect(left.slice(), bits!);
}

/** What documents in which every token occurs score: BM25F over the weighted fields in float32, as `combined_fields` does (but for its constant factor). */
export function strictScores(
  live: LiveSegment,
  tokens: readonly string[],
  { documents, statistics }: { documents: Uint32Array; statistics: TextStatistics },
): Float32Array {
  const scores = new Float32Array(documents.length);
  const { text } = live.segment;
  for (const token of tokens) {
    const postings = postingsOf(text, token);
    if (postings) addScores(scores, { text, documents, postings, scorer: statistics.scorer(token) });
  }
  return scores;
}

interface Scoring {
  text: TextIndex;
  documents: Uint32Array;
  postings: PostingList;
  scorer: Scorer;
}

function addScores(scores: Float32Array, { text, documents, postings, scorer }: Scoring): void {
  const { norms, weights } = text;
  const { known, compute } = scorer;
  const { first } = postings;
  // All that have the token have its postings, one after the other.
  const places = documents.length === postings.length ? undefined : postings.postingsOf(documents);
  for (let index = 0; index < documents.length; index++) {
    const posting = places ? places[index]! : first + index;
    const weight = weights[posting]! & largestFrequency;
    const frequency = weight < largestFrequency ? weight : frequencyOf(text, posting);
    const norm = norms[documents[index]!]!;
    let score = frequency < knownFrequencies ? known[(frequency << 8) | norm]! : 0;
    if (score === 0) score = compute(frequency, norm);
    scores[index]! += score;
  }
}

/** Those of the documents in which the tokens follow one another; positions leave a gap between values and fields. */
export function withPhrase(live: LiveSegment, tokens: readonly string[], documents: Uint32Array): Uint32Array {
  const places = tokens.map((token) => positionsIn(live, token, documents));
  return documents.filter((_, index) =>
    (places[0]![index] ?? []).some((start) => places.every((own, offset) => own[index]?.includes(start + offset))),
  );
}

/** Positions of the token in each of the documents, where it occurs. */
function positionsIn(
  { segment: { text }, positions }: LiveSegment,
  token: string,
  documents: Uint32Array,
): (number[] | undefined)[] {
  const found: (number[] | undefined)[] = Array.from({ length: documents.length });
  const term = indexOf(text.terms, token);
  if (term === undefined || documents.length === 0) return found;
  const cursor = new PositionCursor(positions(text.positionOffsets[term]!, text.positionOffsets[term + 1]!));
  let index = 0;
  for (const document of new PostingList(text, term).documents()) {
    if (index === documents.length) break;
    while (index < documents.length && documents[index]! < document) index += 1;
    if (documents[index] === document) found[index] = cursor.read();
    else cursor.skip();
  }
  return found;
}
