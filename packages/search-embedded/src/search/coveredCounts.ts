import type { CoverageQuery, KeywordField } from '@credatlas/model';
import { BitCounts } from '../arrays/BitCounts.ts';
import { among, has } from '../arrays/bits.ts';
import { gallop, inBoth } from '../arrays/gallop.ts';
import { DocumentSet } from './DocumentSet.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { WantedSkill } from './WantedSkill.ts';

/** Documents of a segment by how many skills they cover. */
export interface Counted {
  /** The most skills that one covers. */
  highest(): number;
  /** How many cover so many or more. */
  atLeast(count: number): number;
  /** Those that cover just so many. */
  covering(count: number): Covering;
}

/** Documents, ascending; where they are many, of how many of the covered skills each has the field, too. */
export interface Covering {
  documents: Uint32Array;
  strength?: { assessed: BitCounts; linked: BitCounts };
}

/** How many of the skills the allowed documents of a segment cover; of those that cover fewer than `least` some may be left out. */
export function countsIn(
  live: LiveSegment,
  { skills, fields }: Pick<CoverageQuery, 'skills' | 'fields'>,
  { least, allowed }: { least: number; allowed: DocumentSet },
): Counted {
  const wanted = skills.map((keys) => new WantedSkill(live, keys, fields)).sort((a, b) => a.length - b.length);
  // Who covers enough of them is on a list of one of the rarest already.
  const rarest = Math.max(wanted.length - least + 1, 0);
  const most = wanted.slice(0, rarest).reduce((sum, { length }) => sum + length, 0);
  const { size } = live.segment;
  return size >= leastCounted && most > size * fewToList
    ? countedInBits(live, wanted, allowed)
    : countedOnLists(live, wanted, { rarest, allowed });
}

/** In a smaller share of a segment, or in a smaller segment, documents are counted on lists. */
const fewToList = 1 / 32;
const leastCounted = 10_000;

/** Sets of documents as bits, added up all at once. */
function countedInBits(live: LiveSegment, wanted: readonly WantedSkill[], { bits: allowed }: DocumentSet): Counted {
  const { size } = live.segment;
  const counts = new BitCounts(() => live.room.take());
  for (const skill of wanted) {
    if (skill.isRare) counts.addEach(skill.documents);
    else counts.add(skill.bits);
  }
  return {
    highest: () => counts.highest(allowed),
    atLeast: (count) => counts.atLeast(count, allowed),
    covering: (count) => withStrength(live, wanted, new DocumentSet(size, { bits: counts.equal(count, allowed) })),
  };
}

/** Fewer are sooner asked one by one. */
const fewToAsk = 500;

function withStrength(live: LiveSegment, wanted: readonly WantedSkill[], documents: DocumentSet): Covering {
  const { list } = documents;
  if (list.length < fewToAsk) return { documents: list };
  const assessed = countedIn(live, 'skill.assesses', { wanted, documents });
  return { documents: list, strength: { assessed, linked: countedIn(live, 'skill.linked', { wanted, documents }) } };
}

/** Of how many of the skills that they cover the documents have the field, too. */
function countedIn(
  live: LiveSegment,
  field: KeywordField,
  { wanted, documents }: { wanted: readonly WantedSkill[]; documents: DocumentSet },
): BitCounts {
  const also = new BitCounts(() => live.room.take());
  for (const skill of wanted) {
    const having = skill.having(field);
    const near = documents.length * 16 < having.length ? inBoth(documents.list, having) : among(having, documents.bits);
    also.addEach(skill.among(near));
  }
  return also;
}

/** Along the lists, the rarest first: who is first met on a later one cannot cover enough. */
function countedOnLists(
  live: LiveSegment,
  wanted: readonly WantedSkill[],
  { rarest, allowed }: { rarest: number; allowed: DocumentSet },
): Counted {
  const none: Listed = { documents: new Uint32Array(), counts: new Uint8Array() };
  const met = wanted.slice(0, rarest).reduce((left, skill) => merged(left, skill.documents), none);
  const all = wanted
    .slice(rarest)
    .reduce((left, skill, number) => pruned(raised(left, skill.lists), (count) => count >= number + 2), met);
  const { documents, counts } = allowed.isAll ? all : pruned(all, (_, document) => has(allowed.bits, document));
  const byCount = new Uint32Array(wanted.length + 1);
  for (let index = 0; index < counts.length; index++) byCount[counts[index]!]! += 1;
  return {
    highest: () => byCount.findLastIndex((number) => number > 0),
    atLeast: (count) => byCount.subarray(count).reduce((sum, own) => sum + own, 0),
    covering: (count) => {
      const copy = { documents: documents.slice(), counts: counts.slice() };
      const { documents: list } = pruned(copy, (own) => own === count);
      return withStrength(live, wanted, new DocumentSet(live.segment.size, { list }));
    },
  };
}

/** Documents, ascending, and how many skills each covers. */
interface Listed {
  documents: Uint32Array;
  counts: Uint8Array;
}

/** Above every document. */
const beyond = 0xffff_ffff;

/** Documents of both, ascending, with what is counted in either. */
function merged({ documents, counts }: Listed, list: Uint32Array): Listed {
  if (documents.length === 0) return { documents: list.slice(), counts: new Uint8Array(list.length).fill(1) };
  const all = {
    documents: new Uint32Array(documents.length + list.length),
    counts: new Uint8Array(documents.length + list.length),
  };
  let [at, own, count] = [0, 0, 0];
  while (at < documents.length || own < list.length) {
    const left = at < documents.length ? documents[at]! : beyond;
    const right = own < list.length ? list[own]! : beyond;
    all.documents[count] = Math.min(left, right);
    all.counts[count++] = (left <= right ? counts[at++]! : 0) + Number(right <= left);
    own += Number(right <= left);
  }
  return { documents: all.documents.subarray(0, count), counts: all.counts.subarray(0, count) };
}

/** One more for each document that is on one of the lists. */
function raised({ documents, counts }: Listed, lists: readonly Uint32Array[]): Listed {
  const isOn = new Uint8Array(documents.length);
  for (const list of lists) {
    let at = 0;
    for (let index = 0; index < documents.length; index++) {
      at = gallop(list, { from: at, to: list.length, wanted: documents[index]! });
      if (at === list.length) break;
      if (list[at] === documents[index]) isOn[index] = 1;
    }
  }
  for (let index = 0; index < isOn.length; index++) counts[index]! += isOn[index]!;
  return { documents, counts };
}

/** In place. */
function pruned({ documents, counts }: Listed, isKept: (count: number, document: number) => boolean): Listed {
  let kept = 0;
  for (let index = 0; index < documents.length; index++) {
    if (!isKept(counts[index]!, documents[index]!)) continue;
    documents[kept] = documents[index]!;
    counts[kept++] = counts[index]!;
  }
  return { documents: documents.subarray(0, kept), counts: counts.subarray(0, kept) };
}
