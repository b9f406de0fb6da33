import type { BitCounts } from '../arrays/BitCounts.ts';
import { type Bits, has, listed, sizeOf, subtract } from '../arrays/bits.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { type Matches, type MatchSet, scored } from './matches.ts';
import { strongestScored } from './strongestScored.ts';

/** Matches of one segment that are scored when somebody asks in what order they come. */
export interface Unscored {
  size: number;
  /** That it holds. */
  bytes: number;
  /** All of them, scored. */
  all(): Matches;
  /** Some of them, scored, in no order: the first `size` of all by relevance are among them. */
  first(size: number): Matches;
}

/** In a smaller share of a segment matches are sooner listed and scored than thought about. */
const fewToScore = 1 / 64;

/** Matches of a text. */
export function unscored(set: MatchSet): Unscored {
  const { live, documents, text } = set;
  const { length: size } = documents;
  const all = () => scored({ ...set, documents: documents.list });
  if (size < live.segment.size * fewToScore) {
    const found = all();
    return { size, bytes: size * bytesAHit, all: () => found, first: () => found };
  }
  const expanded = text?.expanded;
  const bytes = documents.bytes + (expanded ? expanded.strict.bytes + expanded.evidence.bytes : 0);
  return { size, bytes, all, first: (most) => mostRelevant(set, most) };
}

/** Its document and its score. */
const bytesAHit = 8;

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
