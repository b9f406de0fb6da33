import { type Clause, evidence, type TextUnit } from '@credatlas/model';
import { BitCounts } from '../arrays/BitCounts.ts';
import { add, type Bits, bitsFor, intersect, subtract, unite } from '../arrays/bits.ts';
import { indexOf } from '../arrays/StringTable.ts';
import { PostingList } from '../segment/PostingList.ts';
import { bitsOf } from './clauses.ts';
import { DocumentSet } from './DocumentSet.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { strictMatches } from './strictText.ts';

/** Live documents with some evidence for every unit, and the sum of the best evidence for each unit. */
export interface ExpandedMatches {
  documents: DocumentSet;
  evidence: BitCounts;
}

/** Quoted phrases only count as themselves. Undefined where nothing but the words themselves is evidence: strict matches are all. */
export function expandedMatches(live: LiveSegment, units: readonly TextUnit[]): ExpandedMatches | undefined {
  if (units.every((unit) => isOfItself(live, unit))) return undefined;
  const { size } = live.segment;
  const sums = new BitCounts(() => bitsFor(size));
  const met = units.map((unit) => {
    const any = bitsFor(size);
    for (const { documents, strength } of byStrength(live, unit)) {
      unite(any, documents);
      sums.add(documents, strength);
    }
    return any;
  });
  return { documents: live.living(new DocumentSet(size, { bits: met.reduce(intersect) })), evidence: sums };
}

/** Nothing stands for the word but itself. */
function isOfItself(live: LiveSegment, { tokens, variants, skill }: TextUnit): boolean {
  const [token = '', ...others] = tokens;
  if (others.length > 0 || skill) return false;
  return evidenceFor(live, token, variants).every(({ strength }) => strength === evidence.same);
}

/** Documents with evidence of one strength. */
interface Evidence {
  strength: number;
  addTo(bits: Bits): void;
}

/** Documents by the best that they have for the unit, the strongest first: every token counts, each by its own best; what stands for all of it, at once. */
function* byStrength(live: LiveSegment, unit: TextUnit): Generator<{ strength: number; documents: Bits }> {
  const { size } = live.segment;
  const tokens = evidenceForTokens(live, unit);
  const whole = evidenceForWhole(live, unit);
  const strengths = new Set([...tokens.flat(), ...whole].map(({ strength }) => strength));
  const found = tokens.map(() => bitsFor(size));
  const [foundWhole, stronger] = [bitsFor(size), bitsFor(size)];
  for (const strength of [...strengths].sort((a, b) => b - a)) {
    const addTo = (bits: Bits, pieces: readonly Evidence[]): void => {
      for (const piece of pieces) if (piece.strength === strength) piece.addTo(bits);
    };
    for (const [place, pieces] of tokens.entries()) addTo(found[place]!, pieces);
    addTo(foundWhole, whole);
    const documents = subtract(unite(found.reduce(intersect, found[0]!.slice()), foundWhole), stronger);
    unite(stronger, documents);
    yield { strength, documents };
  }
}

function evidenceForTokens(live: LiveSegment, unit: TextUnit): Evidence[][] {
  if (unit.phrase) return [[phraseEvidence(live, unit.tokens, evidence.same)]];
  return unit.tokens.map((token, place) => {
    const variants = unit.variants.filter(({ at = 0 }) => at === place);
    return evidenceFor(live, token, variants);
  });
}

function evidenceForWhole(live: LiveSegment, { skill }: TextUnit): Evidence[] {
  if (!skill) return [];
  const having = (field: 'skill' | 'skill.broader' | 'skill.inferred', strength: number): Evidence => {
    const clause: Clause = { op: 'any', field, values: skill.keys };
    return { strength, addTo: (bits) => unite(bits, bitsOf(live, clause)) };
  };
  return [
    ...skill.names.map((tokens) => phraseEvidence(live, tokens, evidence.alternative)),
    having('skill', evidence.alternative),
    having('skill.broader', evidence.alternative),
    having('skill.inferred', evidence.inferred),
  ];
}

function phraseEvidence(live: LiveSegment, tokens: string[], strength: number): Evidence {
  const found = () => strictMatches(live, [{ tokens, phrase: true, variants: [] }]);
  return { strength, addTo: (bits) => unite(bits, found().bits) };
}

/** Each piece of evidence for the token that there is. */
function evidenceFor(live: LiveSegment, token: string, variants: TextUnit['variants']): Evidence[] {
  const { text } = live.segment;
  return [{ token, evidence: evidence.same }, ...variants].flatMap(({ token: other, evidence: strength }) => {
    const term = indexOf(text.terms, other);
    if (term === undefined) return [];
    const inferred = text.inferredDocuments.subarray(text.inferredOffsets[term], text.inferredOffsets[term + 1]);
    const own = new PostingList(text, term);
    const pieces: Evidence[] = [];
    if (inferred.length > 0) pieces.push({ strength: evidence.inferred, addTo: (bits) => add(bits, inferred) });
    if (own.length > 0) pieces.push({ strength, addTo: (bits) => own.addTo(bits) });
    return pieces;
  });
}
