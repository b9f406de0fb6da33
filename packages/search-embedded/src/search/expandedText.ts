import { evidence, type TextUnit } from '@credatlas/model';
import { listed } from '../arrays/bits.ts';
import { indexOf } from '../arrays/StringTable.ts';
import { PostingList } from '../segment/PostingList.ts';
import { bitsOf } from './clauses.ts';
import { DocumentSet } from './DocumentSet.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { strictMatches } from './strictText.ts';

/** Live documents with some evidence for every unit, ascending; and for every document of the segment the sum of the best evidence for each unit. */
export interface ExpandedMatches {
  documents: Uint32Array;
  /** 0: a unit is not met. */
  evidence: Uint16Array;
}

/** Quoted phrases only count as themselves. Undefined where nothing but the words themselves is evidence: strict matches are all. */
export function expandedMatches(live: LiveSegment, units: readonly TextUnit[]): ExpandedMatches | undefined {
  if (units.every((unit) => isOfItself(live, unit))) return undefined;
  const { size } = live.segment;
  const sums = new Uint16Array(size);
  const best = live.scratch.bytes;
  units.forEach((unit, number) => {
    findEvidence(live, unit, best);
    if (number === 0) sums.set(best);
    else for (let at = 0; at < size; at++) sums[at] = sums[at] === 0 || best[at] === 0 ? 0 : sums[at]! + best[at]!;
  });
  const met = new DocumentSet(size, { list: aboveZero(sums, live.scratch.longs) });
  return { documents: live.living(met).list, evidence: sums };
}

/** Nothing stands for the word but itself. */
function isOfItself(live: LiveSegment, { tokens, variants, skill }: TextUnit): boolean {
  const [token = '', ...others] = tokens;
  if (others.length > 0 || skill) return false;
  return evidenceFor(live, token, variants).every(({ strength }) => strength === evidence.same);
}

function aboveZero(sums: Uint16Array, room: Uint32Array): Uint32Array {
  let count = 0;
  for (let document = 0; document < sums.length; document++) {
    room[count] = document;
    // Without a branch: which are met is not to be foreseen. A sum of few small numbers is below 2^15.
    count += ((0x8000 - sums[document]!) >>> 15) ^ 1;
  }
  return room.slice(0, count);
}

/** The best that each document has for the unit. Every token of it counts, each by its own best; what stands for all of it, at once. */
function findEvidence(live: LiveSegment, unit: TextUnit, best: Uint8Array): void {
  best.fill(0);
  if (unit.phrase) {
    raise(best, { documents: strictMatches(live, [unit]).list, strength: evidence.same });
    return;
  }
  unit.tokens.forEach((token, place) => {
    const own = place === 0 ? best : new Uint8Array(best.length);
    const variants = unit.variants.filter(({ at = 0 }) => at === place);
    for (const { documents, strength } of evidenceFor(live, token, variants))
      mark(own, { documents: documents(), strength });
    if (place > 0) for (let at = 0; at < best.length; at++) best[at] = Math.min(best[at]!, own[at]!);
  });
  const { names = [], keys = [] } = unit.skill ?? {};
  for (const tokens of names) {
    const documents = strictMatches(live, [{ tokens, phrase: true, variants: [] }]).list;
    raise(best, { documents, strength: evidence.alternative });
  }
  if (keys.length > 0) raiseSkill(live, keys, best);
}

function raiseSkill(live: LiveSegment, keys: string[], best: Uint8Array): void {
  const having = (field: 'skill' | 'skill.broader' | 'skill.inferred'): Uint32Array =>
    listed(bitsOf(live, { op: 'any', field, values: keys }));
  raise(best, { documents: having('skill'), strength: evidence.alternative });
  raise(best, { documents: having('skill.broader'), strength: evidence.alternative });
  raise(best, { documents: having('skill.inferred'), strength: evidence.inferred });
}

interface Evidence {
  documents: Uint32Array;
  strength: number;
}

/** Evidence whose documents are read when they are asked for. */
interface Piece {
  documents(): Uint32Array;
  strength: number;
}

/** Each piece of evidence for the token that there is, the weakest first. */
function evidenceFor(live: LiveSegment, token: string, variants: TextUnit['variants']): Piece[] {
  const { text } = live.segment;
  return [{ token, evidence: evidence.same }, ...variants]
    .flatMap(({ token: other, evidence: strength }): Piece[] => {
      const term = indexOf(text.terms, other);
      if (term === undefined) return [];
      const inferred = text.inferredDocuments.subarray(text.inferredOffsets[term], text.inferredOffsets[term + 1]);
      const own = new PostingList(text, term);
      return [
        ...(inferred.length > 0 ? [{ documents: () => inferred, strength: evidence.inferred }] : []),
        ...(own.length > 0 ? [{ documents: () => own.documents(), strength }] : []),
      ];
    })
    .sort((a, b) => a.strength - b.strength);
}

function mark(marks: Uint8Array, { documents, strength }: Evidence): void {
  for (let at = 0; at < documents.length; at++) marks[documents[at]!] = strength;
}

function raise(marks: Uint8Array, { documents, strength }: Evidence): void {
  for (const document of documents) if (marks[document]! < strength) marks[document] = strength;
}
