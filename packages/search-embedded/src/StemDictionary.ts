import { type TextField, textFields } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { LiveSegment, Segment } from './Segment.ts';
import { indexOf } from './sortedSearch.ts';

/** Stem → terms of each segment, made when first asked for; goes with its segment. */
export class StemDictionary {
  readonly #stem: (token: string) => string;
  readonly #bySegment = new WeakMap<Segment, Map<string, string[]>>();

  constructor(stem: (token: string) => string) {
    this.#stem = stem;
  }

  sharingStem(segments: readonly LiveSegment[], stem: string, limit: number): { terms: string[]; truncated: boolean } {
    const frequency = new Map<string, number>();
    for (const live of segments) {
      for (const term of this.#termsOf(live.segment).get(stem) ?? []) {
        frequency.set(term, (frequency.get(term) ?? 0) + liveFrequency(live, term));
      }
    }
    const sorted = [...frequency]
      .filter(([, count]) => count > 0)
      .sort(([a, countA], [b, countB]) => countB - countA || compareUtf8(a, b));
    return { terms: sorted.slice(0, limit).map(([term]) => term), truncated: sorted.length > limit };
  }

  #termsOf(segment: Segment): Map<string, string[]> {
    const known = this.#bySegment.get(segment);
    if (known) return known;
    const made = Map.groupBy(segment.terms, this.#stem);
    this.#bySegment.set(segment, made);
    return made;
  }
}

/** Live documents that hold the term in any field. */
function liveFrequency({ segment, deleted }: LiveSegment, term: string): number {
  const number = indexOf(segment.terms, term);
  if (number === undefined) return 0;
  const documents = new Set<number>();
  for (const field of textFields as readonly TextField[]) {
    const index = segment.text[field];
    for (let at = index?.offsets[number] ?? 0; index && at < (index.offsets[number + 1] ?? 0); at++) {
      const document = index.documents[at] ?? 0;
      if (!deleted[document]) documents.add(document);
    }
  }
  return documents.size;
}
