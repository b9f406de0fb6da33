import { among } from '../arrays/bits.ts';
import { inEither } from '../arrays/gallop.ts';
import { type PostingList, postingsOf } from '../segment/PostingList.ts';
import { largestFrequency } from '../segment/weightedFields.ts';
import type { DocumentSet } from './DocumentSet.ts';
import { Heap } from './Heap.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { type Scorer, strictScores, type TextStatistics } from './strictText.ts';

/**
 * Documents in which every token occurs, and their scores: all of them, or, where they are many, those that some token says most about, as
 * long as the first `size` by score are certainly among these.
 */
export function strongestScored(
  live: LiveSegment,
  tokens: readonly string[],
  given: { documents: DocumentSet; statistics: TextStatistics; size: number },
): { documents: Uint32Array; scores: Float32Array } {
  const { documents: all, statistics, size } = given;
  const scored = (documents: Uint32Array) => ({
    documents,
    scores: strictScores(live, tokens, { documents, statistics }),
  });
  const found = tokens.flatMap((token) => postingsOf(live.segment.text, token) ?? []);
  // Where a token is on few documents, so are all.
  if (found.length < tokens.length || found.some(({ bits }) => !bits)) return scored(all.list);
  const strongest = scored(found.map((postings) => among(postings.strongest, all.bits)).reduce(inEither));
  // Added up as scores are: token by token, in single precision.
  const mostElsewhere = tokens.reduce(
    (sum, token, at) => Math.fround(sum + mostOfOthers(found[at]!, statistics.scorer(token))),
    0,
  );
  return nthHighest(strongest.scores, size) > mostElsewhere ? strongest : scored(all.list);
}

/** The most that the token scores in a document which is not among its strongest. */
function mostOfOthers({ others }: PostingList, { compute }: Scorer): number {
  return others.reduce((most, pair) => {
    const frequency = pair >>> 8;
    return Math.max(most, compute(frequency < largestFrequency ? frequency : Number.POSITIVE_INFINITY, pair & 0xff));
  }, 0);
}

/** Below every score when there are fewer. */
function nthHighest(scores: Float32Array, n: number): number {
  const heap = new Heap<number>(n, (a, b) => b - a);
  for (let index = 0; index < scores.length; index++)
    if (!heap.isFull || scores[index]! > heap.worst) heap.offer(scores[index]!);
  return heap.isFull ? heap.worst : -1;
}
