import { type TextUnit, textFieldWeights } from '@credatlas/model';
import { indexOf } from '../arrays/StringTable.ts';
import { decodeLength } from '../segment/fieldLength.ts';
import { frequencyOf, PositionCursor } from '../segment/postings.ts';
import type { TextIndex } from '../segment/Segment.ts';
import { frequencyBits, largestFrequency, weightedFields } from '../segment/TextBuilder.ts';
import { gallop } from './gallop.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** Lucene's and Elasticsearch's defaults. */
const k1 = 1.2;
const b = 0.75;

/** Statistics over the live documents of all segments, so that how documents are spread over segments never changes a score. */
export class TextStatistics {
  /** 1 / (k1 · (1 − b + b · length / average)) by one-byte length. */
  readonly norms: Float32Array;
  readonly #segments: readonly LiveSegment[];
  readonly #documents: number;
  readonly #inverse = new Map<string, number>();

  constructor(segments: readonly LiveSegment[]) {
    this.#segments = segments;
    let [documents, total] = [0, 0];
    weightedFields.forEach((name, field) => {
      let withField = 0;
      for (const { documentsWith, tokensIn } of segments) {
        withField += documentsWith[field]!;
        total += textFieldWeights[name] * tokensIn[field]!;
      }
      documents = Math.max(documents, withField);
    });
    const average = Math.fround(Math.trunc(total) / Math.max(documents, 1));
    this.#documents = documents;
    this.norms = Float32Array.from(
      { length: 256 },
      (_, code) => 1 / (k1 * (1 - b + (b * decodeLength(code)) / average)),
    );
  }

  /** ln(1 + (N − df + 0.5) / (df + 0.5)) with df the largest of the fields'. */
  inverseFrequency(token: string): number {
    const known = this.#inverse.get(token);
    if (known !== undefined) return known;
    const frequencies = new Float64Array(weightedFields.length);
    for (const live of this.#segments) addFrequencies(live, token, frequencies);
    const frequency = Math.max(...frequencies);
    const inverse = Math.fround(Math.log(1 + (this.#documents - frequency + 0.5) / (frequency + 0.5)));
    this.#inverse.set(token, inverse);
    return inverse;
  }
}

function addFrequencies(
  { segment: { text }, deleted, isWhole }: LiveSegment,
  token: string,
  frequencies: Float64Array,
): void {
  const term = indexOf(text.terms, token);
  if (term === undefined) return;
  for (let field = 0; field < frequencies.length; field++)
    frequencies[field]! += text.fieldFrequencies[term * frequencies.length + field]!;
  if (isWhole) return;
  for (let at = text.offsets[term]!; at < text.offsets[term + 1]!; at++) {
    if (!deleted[text.documents[at]!]) continue;
    const mask = text.weights[at]! >>> frequencyBits;
    for (let field = 0; field < frequencies.length; field++) if (mask & (1 << field)) frequencies[field]! -= 1;
  }
}

/** Documents, ascending, and what each scored. */
export interface ScoredDocuments {
  documents: Uint32Array;
  scores: Float32Array;
}

/** Live documents in which every token and phrase occurs, by BM25F over the weighted fields in float32, as `combined_fields` does (but for its constant factor). */
export function strictMatches(
  live: LiveSegment,
  units: readonly TextUnit[],
  statistics: TextStatistics,
): ScoredDocuments {
  const tokens = units.flatMap((unit) => unit.tokens);
  const found = everyToken(live, tokens, statistics);
  const phrases = units.filter(({ phrase, tokens: own }) => phrase && own.length > 1);
  return phrases.reduce((left, unit) => withPhrase(live, unit.tokens, left), found);
}

const nothing: ScoredDocuments = { documents: new Uint32Array(), scores: new Float32Array() };

/** Walks the rarest token's documents and gallops along the others'. */
function everyToken(live: LiveSegment, tokens: readonly string[], statistics: TextStatistics): ScoredDocuments {
  const { text } = live.segment;
  const terms = tokens.map((token) => indexOf(text.terms, token));
  if (terms.includes(undefined)) return nothing;
  const from = Uint32Array.from(terms, (term) => text.offsets[term!]!);
  const to = Uint32Array.from(terms, (term) => text.offsets[term! + 1]!);
  const inverse = Float32Array.from(tokens, (token) => statistics.inverseFrequency(token));
  let rarest = 0;
  for (let token = 1; token < from.length; token++)
    if (to[token]! - from[token]! < to[rarest]! - from[rarest]!) rarest = token;
  const room = to[rarest]! - from[rarest]!;
  const found = { documents: new Uint32Array(room), scores: new Float32Array(room) };
  const at = from.slice();
  const { documents } = text;
  let count = 0;
  walk: for (; at[rarest]! < to[rarest]!; at[rarest]! += 1) {
    const document = documents[at[rarest]!]!;
    if (live.deleted[document]) continue;
    for (let token = 0; token < at.length; token++) {
      if (token === rarest) continue;
      at[token] = gallop(documents, { from: at[token]!, to: to[token]!, wanted: document });
      if (at[token] === to[token]) break walk;
      if (documents[at[token]!] !== document) continue walk;
    }
    found.documents[count] = document;
    found.scores[count++] = scoreOf(text, { at, inverse, norm: statistics.norms[text.norms[document]!]! });
  }
  return { documents: found.documents.subarray(0, count), scores: found.scores.subarray(0, count) };
}

function scoreOf(text: TextIndex, given: { at: Uint32Array; inverse: Float32Array; norm: number }): number {
  let score = 0;
  for (let token = 0; token < given.at.length; token++) {
    const posting = given.at[token]!;
    const weight = text.weights[posting]! & largestFrequency;
    const frequency = weight < largestFrequency ? weight : frequencyOf(text, posting);
    const inverse = given.inverse[token]!;
    score = Math.fround(
      score + Math.fround(inverse - Math.fround(inverse / Math.fround(1 + Math.fround(frequency * given.norm)))),
    );
  }
  return score;
}

/** Those of the documents in which the tokens follow one another; positions leave a gap between values and fields. */
export function withPhrase(live: LiveSegment, tokens: readonly string[], given: ScoredDocuments): ScoredDocuments {
  const places = tokens.map((token) => positionsIn(live, token, given.documents));
  const kept: number[] = [];
  given.documents.forEach((_, index) => {
    const starts = places[0]![index] ?? [];
    if (starts.some((start) => places.every((own, offset) => own[index]?.includes(start + offset)))) kept.push(index);
  });
  return {
    documents: Uint32Array.from(kept, (index) => given.documents[index]!),
    scores: Float32Array.from(kept, (index) => given.scores[index]!),
  };
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
  for (let at = text.offsets[term]!; at < text.offsets[term + 1]! && index < documents.length; at++) {
    const document = text.documents[at]!;
    while (index < documents.length && documents[index]! < document) index += 1;
    if (documents[index] === document) found[index] = cursor.read();
    else cursor.skip();
  }
  return found;
}
