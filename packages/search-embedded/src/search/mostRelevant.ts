import type { BitCounts } from '../arrays/BitCounts.ts';
import { type Bits, has, listed, sizeOf, subtract } from '../arrays/bits.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { type Matches, type MatchSet, matchesOf, scored } from './matches.ts';
import { strongestScored } from './strongestScored.ts';

/** Matches of one segment that are made when somebody asks for them. */
export interface LaterMatches {
  size: number;
  /** That it holds. */
  bytes: number;
  /** All of them, ready to be put in order. */
  all(): Matches;
}

/** The same, scored when somebody asks in what order they come. */
export interface Unscored extends LaterMatches {
  /** Some of them, scored, in no order: the first `size` of all by relevance are among them. */
  first(size: number): Matches;
}

/** In a smaller share of a segment matches are sooner listed and scored than thought about. */
const fewToScore = 1 / 64;

/** Matches of a text. */
export function unscored(set: MatchSet): Unscored {
  const isFew = set.documents.length < set.live.segment.size * fewToScore;
  return isFew ? scoredAtOnce(matchesOf(set)) : scoredLater({ ...set, documents: set.documents.compact });
}

/** Holds nothing else: neither sets of documents nor the longer list that these were found on. */
function scoredAtOnce(matches: Matches): Unscored {
  const found = scored({ ...matches, documents: matches.documents.slice() });
  const { length: size } = found.documents;
  return { size, bytes: size * bytesAHit, all: () => found, first: () => found };
}

/** Its document and its score. */
const bytesAHit = 8;

function scoredLater(set: MatchSet): Unscored {
  const { documents, text } = set;
  const sets = [documents, ...(text?.expanded ? [text.expanded.strict, text.expanded.evidence] : [])];
  return {
    size: documents.length,
    bytes: sets.reduce((sum, { bytes }) => sum + bytes, 0),
    all: () => scored(matchesOf(set)),
    first: (size) => mostRelevant(set, size),
  };
}

function mostRelevant({ live, documents, text }: MatchSet, size: number): Matches {
  const { tokens, statistics, expanded } = text!;
  const strict = expanded ? expanded.strict.within(documents.bits) : documents;
  const best = strongestScored(live, tokens, { documents: strict, statistics, size });
  const left = size - strict.length;
  if (!expanded || left <= 0) return { live, ...best };
  const others = subtract(documents.bits.slice(), strict.bits);
  const next = firstByEvidence(live, expanded.evidence, { documents: others, size: left });
  return {
    live,
    documents: Uint32Array.of(...best.documents, ...next.map(({ document }) => document)),
    scores: Float32Array.of(...best.scores, ...next.map(({ evidence }) => evidence)),
    isStrict: new Uint8Array(best.documents.length + next.length).fill(1, 0, best.documents.length),
  };
}

function firstByEvidence(
  live: LiveSegment,
  sums: BitCounts,
  { documents, size }: { documents: Bits; size: number },
): { document: number; evidence: number }[] {
  const found: { document: number; evidence: number }[] = [];
  for (const { count: evidence, documents: own } of sums.descending(documents)) {
    for (const document of firstById(live, own, size - found.length)) found.push({ document, evidence });
    if (found.length === size) break;
  }
  return found;
}

/** In a smaller share of a segment few are met along the order of ids. */
const fewToMeet = 1 / 64;

function firstById({ segment }: LiveSegment, documents: Bits, most: number): number[] {
  const { idOrder, idRanks, size } = segment;
  if (sizeOf(documents) < size * fewToMeet) {
    const ranks = listed(documents).map((document) => idRanks[document]!);
    return Array.from(ranks.sort().subarray(0, most), (rank) => idOrder[rank]!);
  }
  const found: number[] = [];
  for (let rank = 0; rank < size && found.length < most; rank++)
    if (has(documents, idOrder[rank]!)) found.push(idOrder[rank]!);
  return found;
}
