import { evidence, type TextUnit } from '@credatlas/model';
import { indexOf } from '../arrays/StringTable.ts';
import { flagsOf } from './clauses.ts';
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
    const best = unitEvidence(live, unit, statistics);
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

/** The best that each document has for the unit. Every token of it counts, each by its own best; what stands for all of it, at once. */
function unitEvidence(live: LiveSegment, unit: TextUnit, statistics: TextStatistics): Uint8Array {
  const best = new Uint8Array(live.segment.size);
  if (unit.phrase) {
    raisePhrase(live, { tokens: unit.tokens, strength: evidence.same, statistics }, best);
    return best;
  }
  unit.tokens.forEach((token, place) => {
    const own = tokenEvidence(
      live,
      token,
      unit.variants.filter(({ at = 0 }) => at === place),
    );
    if (place === 0) best.set(own);
    else
      for (let document = 0; document < best.length; document++)
        best[document] = Math.min(best[document]!, own[document]!);
  });
  const { names = [], keys = [] } = unit.skill ?? {};
  for (const tokens of names) raisePhrase(live, { tokens, strength: evidence.alternative, statistics }, best);
  if (keys.length > 0) raiseSkill(live, keys, best);
  return best;
}

function raisePhrase(
  live: LiveSegment,
  { tokens, strength, statistics }: { tokens: string[]; strength: number; statistics: TextStatistics },
  best: Uint8Array,
): void {
  const { documents } = strictMatches(live, [{ tokens, phrase: true, variants: [] }], statistics);
  for (const document of documents) if (best[document]! < strength) best[document] = strength;
}

function raiseSkill(live: LiveSegment, keys: string[], best: Uint8Array): void {
  const raise = (field: 'skill' | 'skill.broader' | 'skill.inferred', strength: number): void => {
    const flags = flagsOf(live, { op: 'any', field, values: keys }, live.all);
    live.all.forEach((document, index) => {
      if (flags[index] === 1 && best[document]! < strength) best[document] = strength;
    });
  };
  raise('skill', evidence.alternative);
  raise('skill.broader', evidence.alternative);
  raise('skill.inferred', evidence.inferred);
}

function tokenEvidence({ segment }: LiveSegment, token: string, variants: TextUnit['variants']): Uint8Array {
  const { text } = segment;
  const best = new Uint8Array(segment.size);
  const raise = (other: string, strength: number): void => {
    const term = indexOf(text.terms, other);
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
  raise(token, evidence.same);
  for (const variant of variants) raise(variant.token, variant.evidence);
  return best;
}
