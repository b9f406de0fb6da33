import { evidence, type TextUnit } from '@credatlas/model';
import { indexOf } from '../arrays/StringTable.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { type ScoredDocuments, strictMatches, type TextStatistics } from './strictText.ts';

/** Live documents with some evidence for every unit, and the sum of the best evidence for each. Quoted phrases only count as themselves. */
export function expandedMatches(
  live: LiveSegment,
  units: readonly TextUnit[],
  statistics: TextStatistics,
): ScoredDocuments {
  const { size } = live.segment;
  const sums = new Uint16Array(size);
  /** Units satisfied so far, without a gap. */
  const met = new Uint8Array(size);
  units.forEach((unit, number) => {
    const best = unit.phrase ? phraseEvidence(live, unit, statistics) : unitEvidence(live, unit);
    for (let document = 0; document < size; document++) {
      if (best[document] === 0 || met[document] !== number) continue;
      met[document] = number + 1;
      sums[document]! += best[document]!;
    }
  });
  let count = 0;
  for (let document = 0; document < size; document++)
    if (met[document] === units.length && !live.deleted[document]) count += 1;
  const found = { documents: new Uint32Array(count), scores: new Float32Array(count) };
  let index = 0;
  for (let document = 0; document < size; document++) {
    if (met[document] !== units.length || live.deleted[document]) continue;
    found.documents[index] = document;
    found.scores[index++] = sums[document]!;
  }
  return found;
}

function phraseEvidence(live: LiveSegment, unit: TextUnit, statistics: TextStatistics): Uint8Array {
  const best = new Uint8Array(live.segment.size);
  for (const document of strictMatches(live, [unit], statistics).documents) best[document] = evidence.same;
  return best;
}

function unitEvidence({ segment }: LiveSegment, unit: TextUnit): Uint8Array {
  const { text } = segment;
  const best = new Uint8Array(segment.size);
  const raise = (token: string, strength: number): void => {
    const term = indexOf(text.terms, token);
    if (term === undefined) return;
    for (let at = text.inferredOffsets[term]!; at < text.inferredOffsets[term + 1]!; at++) {
      const document = text.inferredDocuments[at]!;
      if (best[document]! < evidence.inferred) best[document] = evidence.inferred;
    }
    for (let at = text.offsets[term]!; at < text.offsets[term + 1]!; at++) {
      const document = text.documents[at]!;
      if (best[document]! < strength) best[document] = strength;
    }
  };
  for (const token of unit.tokens) raise(token, evidence.same);
  for (const variant of unit.variants) raise(variant.token, variant.evidence);
  return best;
}
