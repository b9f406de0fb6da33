import { compareUtf8 } from '@credatlas/skills';
import { indexOf, textAt } from '../arrays/StringTable.ts';
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

/** Terms of a segment with this stem. */
export function termsWithStem({ segment: { text } }: LiveSegment, stem: string): Uint32Array {
  const at = indexOf(text.stems, stem);
  return at === undefined ? new Uint32Array() : text.stemTerms.subarray(text.stemOffsets[at], text.stemOffsets[at + 1]);
}

/** Live documents that hold the term in any field, inferred skills included. */
function liveFrequency({ segment: { text }, deleted, isWhole }: LiveSegment, term: number): number {
  const [from, to] = [text.offsets[term]!, text.offsets[term + 1]!];
  const own = text.documents.subarray(from, to);
  const inferred = text.inferredDocuments.subarray(text.inferredOffsets[term], text.inferredOffsets[term + 1]);
  if (isWhole && (own.length === 0 || inferred.length === 0)) return own.length + inferred.length;
  const documents = new Set<number>();
  for (const document of own) if (!deleted[document]) documents.add(document);
  for (const document of inferred) if (!deleted[document]) documents.add(document);
  return documents.size;
}
