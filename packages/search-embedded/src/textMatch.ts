import {
  evidence,
  inferredTextField,
  type TextField,
  type TextQuery,
  type TextUnit,
  textFieldWeights,
  type WeightedTextField,
} from '@credatlas/model';
import { decodeLength, encodeLength } from './fieldLength.ts';
import type { LiveSegment, TextIndex } from './Segment.ts';
import { indexOf } from './sortedSearch.ts';

/** Lucene's and Elasticsearch's defaults. */
const k1 = 1.2;
const b = 0.75;
const weighted = Object.keys(textFieldWeights) as WeightedTextField[];

/** What a segment's documents get for a text: strict score (0: no strict match) and, in expanded mode, the sum of best evidence. */
export interface TextScores {
  strict: Float32Array;
  isStrict: Uint8Array;
  expanded?: Float32Array;
}

/** Statistics over the live documents of all segments, so that how documents are spread over segments never changes a score. */
interface TextStatistics {
  documents: number;
  /** 1 / (k1 · (1 − b + b · length / average)) by one-byte length. */
  cache: Float32Array;
}

export function scoreText(segments: readonly LiveSegment[], query: TextQuery): TextScores[] {
  const statistics = textStatistics(segments);
  const idfs = new Map<string, number>();
  for (const token of new Set(query.units.flatMap(({ tokens }) => tokens)))
    idfs.set(token, inverseFrequency(segments, token, statistics.documents));
  return segments.map((live) => {
    const strict = strictScores(live, query.units, { statistics, idfs });
    return query.mode === 'strict' ? strict : { ...strict, expanded: expandedScores(live, query.units) };
  });
}

function textStatistics(segments: readonly LiveSegment[]): TextStatistics {
  let total = 0;
  let documents = 0;
  for (const field of weighted) {
    let withField = 0;
    for (const { lengths } of segments) {
      withField += lengths[field]?.documents ?? 0;
      total += textFieldWeights[field] * (lengths[field]?.tokens ?? 0);
    }
    documents = Math.max(documents, withField);
  }
  const average = Math.fround(Math.trunc(total) / Math.max(documents, 1));
  const cache = Float32Array.from(
    { length: 256 },
    (_, code) => 1 / (k1 * (1 - b + (b * decodeLength(code)) / average)),
  );
  return { documents, cache };
}

/** ln(1 + (N − df + 0.5) / (df + 0.5)) with df the largest of the fields'. */
function inverseFrequency(segments: readonly LiveSegment[], token: string, documents: number): number {
  let frequency = 0;
  for (const field of weighted) {
    let own = 0;
    for (const live of segments) {
      const posting = postingOf(live, field, token);
      for (let at = posting?.from ?? 0; posting && at < posting.to; at++)
        if (!live.deleted[posting.index.documents[at] ?? 0]) own += 1;
    }
    frequency = Math.max(frequency, own);
  }
  return Math.fround(Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5)));
}

function postingOf(
  { segment }: LiveSegment,
  field: TextField,
  token: string,
): { index: TextIndex; from: number; to: number } | undefined {
  const index = segment.text[field];
  const term = index && indexOf(segment.terms, token);
  if (!index || term === undefined) return undefined;
  return { index, from: index.offsets[term] ?? 0, to: index.offsets[term + 1] ?? 0 };
}

function strictScores(
  live: LiveSegment,
  units: TextUnit[],
  given: { statistics: TextStatistics; idfs: Map<string, number> },
): { strict: Float32Array; isStrict: Uint8Array } {
  const { size } = live.segment;
  const matched = new Uint16Array(size);
  const strict = new Float32Array(size);
  for (const unit of units) {
    const isUnit = unit.phrase && unit.tokens.length > 1 ? phraseMask(live, unit.tokens) : tokenMask(live, unit.tokens);
    for (let document = 0; document < size; document++)
      matched[document] = (matched[document] ?? 0) + (isUnit[document] ?? 0);
  }
  const isStrict = Uint8Array.from(matched, (count) => (count === units.length ? 1 : 0));
  for (const token of units.flatMap(({ tokens }) => tokens))
    addTokenScores(live, token, { ...given, isStrict, strict });
  return { strict, isStrict };
}

/** Documents in which every token occurs, each in any weighted field. */
function tokenMask(live: LiveSegment, tokens: string[]): Uint8Array {
  const mask = new Uint8Array(live.segment.size).fill(1);
  for (const token of tokens) {
    const own = new Uint8Array(live.segment.size);
    for (const field of weighted) {
      const posting = postingOf(live, field, token);
      for (let at = posting?.from ?? 0; posting && at < posting.to; at++) own[posting.index.documents[at] ?? 0] = 1;
    }
    for (let document = 0; document < mask.length; document++)
      mask[document] = (mask[document] ?? 0) & (own[document] ?? 0);
  }
  return mask;
}

/** Documents in which the tokens follow one another within one value of one field. */
function phraseMask(live: LiveSegment, tokens: string[]): Uint8Array {
  const mask = new Uint8Array(live.segment.size);
  for (const field of weighted) {
    const postings = tokens.map((token) => postingOf(live, field, token));
    if (postings.some((posting) => posting === undefined)) continue;
    const places = postings.map((posting) => positionsByDocument(posting!));
    for (const [document, starts] of places[0] ?? []) {
      if (starts.some((start) => places.every((own, offset) => own.get(document)?.includes(start + offset))))
        mask[document] = 1;
    }
  }
  return mask;
}

function positionsByDocument({
  index,
  from,
  to,
}: {
  index: TextIndex;
  from: number;
  to: number;
}): Map<number, Uint32Array> {
  const places = new Map<number, Uint32Array>();
  for (let at = from; at < to; at++) {
    places.set(
      index.documents[at] ?? 0,
      index.positions.subarray(index.positionOffsets[at], index.positionOffsets[at + 1]),
    );
  }
  return places;
}

/** Adds idf − idf / (1 + tf · cache[length]) in float32, as Elasticsearch's `combined_fields` does (but for its constant factor). */
function addTokenScores(
  live: LiveSegment,
  token: string,
  given: { statistics: TextStatistics; idfs: Map<string, number>; isStrict: Uint8Array; strict: Float32Array },
): void {
  const { isStrict, strict, statistics } = given;
  const idf = given.idfs.get(token) ?? 0;
  const frequency = new Map<number, number>();
  for (const field of weighted) {
    const posting = postingOf(live, field, token);
    for (let at = posting?.from ?? 0; posting && at < posting.to; at++) {
      const document = posting.index.documents[at] ?? 0;
      if (!isStrict[document]) continue;
      frequency.set(
        document,
        (frequency.get(document) ?? 0) + textFieldWeights[field] * (posting.index.frequencies[at] ?? 0),
      );
    }
  }
  for (const [document, tf] of frequency) {
    const norm = statistics.cache[combinedLength(live, document)] ?? 0;
    const score = Math.fround(idf - Math.fround(idf / Math.fround(1 + Math.fround(tf * norm))));
    strict[document] = (strict[document] ?? 0) + score;
  }
}

/** One-byte length of the weighted fields together. */
function combinedLength({ segment }: LiveSegment, document: number): number {
  let length = 0;
  for (const field of weighted)
    length += textFieldWeights[field] * decodeLength(segment.text[field]?.norms[document] ?? 0);
  return encodeLength(Math.round(length));
}

/** Sum over the units of the best evidence; 0 where a unit has none. Quoted phrases only count as themselves. */
function expandedScores(live: LiveSegment, units: TextUnit[]): Float32Array {
  const { size } = live.segment;
  const sum = new Float32Array(size);
  const missing = new Uint8Array(size);
  for (const unit of units) {
    const best = unit.phrase ? phraseEvidence(live, unit) : unitEvidence(live, unit);
    for (let document = 0; document < size; document++) {
      const own = best[document] ?? 0;
      if (own === 0) missing[document] = 1;
      sum[document] = (sum[document] ?? 0) + own;
    }
  }
  return sum.map((value, document) => (missing[document] ? 0 : value));
}

function phraseEvidence(live: LiveSegment, unit: TextUnit): Uint8Array {
  const mask = unit.tokens.length > 1 ? phraseMask(live, unit.tokens) : tokenMask(live, unit.tokens);
  return mask.map((value) => value * evidence.same);
}

function unitEvidence(live: LiveSegment, unit: TextUnit): Uint8Array {
  const best = new Uint8Array(live.segment.size);
  const raise = (fields: readonly TextField[], token: string, strength: number): void => {
    for (const field of fields) {
      const posting = postingOf(live, field, token);
      for (let at = posting?.from ?? 0; posting && at < posting.to; at++) {
        const document = posting.index.documents[at] ?? 0;
        if ((best[document] ?? 0) < strength) best[document] = strength;
      }
    }
  };
  for (const token of unit.tokens) {
    raise([inferredTextField], token, evidence.inferred);
    raise(weighted, token, evidence.same);
  }
  for (const { token, evidence: strength } of unit.variants) {
    raise([inferredTextField], token, evidence.inferred);
    raise(weighted, token, strength);
  }
  return best;
}
