import type { WantedTerms } from '@credatlas/ports';
import { compareUtf8, hasTypos, isTypo } from '@credatlas/skills';
import { indexOf, prefixRange, textAt } from '../arrays/StringTable.ts';
import { PostingList } from '../segment/PostingList.ts';
import type { LiveSegment } from './LiveSegment.ts';

export interface FoundTerms {
  terms: string[];
  truncated: boolean;
}

/** Terms of all segments that `termsIn` names, most frequent first, then UTF-8 bytes. */
export function mostFrequent(
  segments: readonly LiveSegment[],
  limit: number,
  termsIn: (live: LiveSegment) => Iterable<number>,
): FoundTerms {
  const frequency = new Map<string, number>();
  for (const live of segments) {
    for (const term of termsIn(live)) {
      const text = textAt(live.segment.text.terms, term);
      frequency.set(text, (frequency.get(text) ?? 0) + liveFrequency(live, term));
    }
  }
  const sorted = [...frequency]
    .filter(([, count]) => count > 0)
    .sort(([a, countA], [b, countB]) => countB - countA || compareUtf8(a, b));
  return { terms: sorted.slice(0, limit).map(([term]) => term), truncated: sorted.length > limit };
}

/** Terms of a segment that are like what is wanted, each once. */
export function termsLike(live: LiveSegment, { stem, prefix, typo }: WantedTerms): Set<number> {
  const { terms } = live.segment.text;
  const found = new Set<number>(stem === undefined ? [] : termsWithStem(live, stem));
  if (prefix !== undefined) {
    const [from, to] = prefixRange(terms, prefix);
    for (let term = from; term < to; term++) found.add(term);
  }
  if (typo !== undefined && hasTypos(typo)) {
    const [from, to] = prefixRange(terms, String.fromCodePoint(typo.codePointAt(0)!));
    const bytes = Buffer.byteLength(typo);
    // One edit adds or takes away four bytes at most.
    for (let term = from; term < to; term++)
      if (Math.abs(terms.offsets[term + 1]! - terms.offsets[term]! - bytes) <= 4 && isTypo(typo, textAt(terms, term)))
        found.add(term);
  }
  return found;
}

function termsWithStem({ segment: { text } }: LiveSegment, stem: string): Uint32Array {
  const at = indexOf(text.stems, stem);
  return at === undefined ? new Uint32Array() : text.stemTerms.subarray(text.stemOffsets[at], text.stemOffsets[at + 1]);
}

/** Live documents that hold the term in any field, inferred skills included. */
function liveFrequency({ segment: { text }, deleted, isWhole }: LiveSegment, term: number): number {
  const own = new PostingList(text, term);
  const inferred = text.inferredDocuments.subarray(text.inferredOffsets[term], text.inferredOffsets[term + 1]);
  if (isWhole && (own.length === 0 || inferred.length === 0)) return own.length + inferred.length;
  const documents = new Set<number>();
  for (const document of own.documents()) if (!deleted[document]) documents.add(document);
  for (const document of inferred) if (!deleted[document]) documents.add(document);
  return documents.size;
}
