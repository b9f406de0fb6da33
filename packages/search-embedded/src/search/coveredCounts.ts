import type { CoverageQuery, KeywordField } from '@credatlas/model';
import { BitCounts } from '../arrays/BitCounts.ts';
import { among, has, listed, sizeOf } from '../arrays/bits.ts';
import { inBoth } from '../arrays/gallop.ts';
import { areFew } from './clauseLists.ts';
import { DocumentSet } from './DocumentSet.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { SkillReader } from './SkillReader.ts';
import { WantedSkill } from './WantedSkill.ts';

/** Documents of a segment that cover enough skills. */
export interface Counted {
  total: number;
  byCount(): ByCount;
}

/** The same by how many they cover. */
export interface ByCount {
  /** The most skills that one covers; below the least where none covers enough. */
  highest: number;
  /** Those that cover just so many. */
  covering(count: number): Covering;
}

/** Documents, ascending; where they are many, of how many of the covered skills each has the field, too. */
export interface Covering {
  documents: Uint32Array;
  strength?: { assessed: BitCounts; linked: BitCounts };
}

/** The allowed documents of a segment that cover `least` of the skills or more. */
export function countsIn(
  live: LiveSegment,
  { skills, fields }: Pick<CoverageQuery, 'skills' | 'fields'>,
  { least, allowed }: { least: number; allowed: DocumentSet },
): Counted {
  if (live.segment.size < fewToAsk)
    return askedOneByOne(live, new SkillReader(live, { skills, fields }), { least, allowed });
  const wanted = skills.map((keys) => new WantedSkill(live, keys, fields)).sort((a, b) => a.length - b.length);
  // Who covers enough of them is on a list of one of the rarest already.
  const rarest = Math.max(wanted.length - least + 1, 0);
  const most = wanted.slice(0, rarest).reduce((sum, { length }) => sum + length, 0);
  return live.segment.size >= leastCounted && !areFew(live, most)
    ? countedInBits(live, wanted, { least, allowed })
    : countedOnLists(live, wanted, { rarest, least, allowed });
}

/** What has few documents has no lists. */
function askedOneByOne(
  live: LiveSegment,
  read: SkillReader,
  { least, allowed }: { least: number; allowed: DocumentSet },
): Counted {
  const documents = allowed.list.slice();
  const counts = Uint8Array.from(documents, (document) => read.covered(document).length);
  const enough = covered({ documents, counts }, least);
  return { total: enough.documents.length, byCount: () => listedByCount(live, [], enough) };
}

/** In a smaller segment documents are counted on lists. */
const leastCounted = 10_000;

/** Sets of documents as bits, added up all at once. */
function countedInBits(
  live: LiveSegment,
  wanted: readonly WantedSkill[],
  { least, allowed }: { least: number; allowed: DocumentSet },
): Counted {
  const counts = new BitCounts(() => live.takeBits());
  // The most frequent first: what comes first need not be added to anything.
  for (const skill of wanted.toReversed()) {
    if (skill.isRare) counts.addEach(skill.documents);
    else counts.add(skill.bits);
  }
  const enough = counts.atLeast(least, allowed.bits);
  const total = sizeOf(enough);
  const { size } = live.segment;
  const byCount = (): ByCount => {
    if (areFew(live, total)) {
      const documents = listed(enough, total);
      return listedByCount(live, wanted, { documents, counts: counts.countsOf(documents) });
    }
    const { count: highest, documents: highestOnes } = counts.highest(enough);
    const bitsOf = (count: number) => (count === highest ? highestOnes : counts.equal(count, enough));
    return {
      highest,
      covering: (count) => withStrength(live, wanted, new DocumentSet(size, { bits: bitsOf(count) })),
    };
  };
  return { total, byCount };
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
  const also = new BitCounts(() => live.takeBits());
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
  { rarest, least, allowed }: { rarest: number; least: number; allowed: DocumentSet },
): Counted {
  const none: Listed = { documents: new Uint32Array(), counts: new Uint8Array() };
  const met = wanted.slice(0, rarest).reduce((left, skill) => merged(left, skill.documents), none);
  const all = wanted
    .slice(rarest)
    .reduce((left, skill, number) => covered(raised(left, skill.among(left.documents)), number + 2), met);
  const enough = covered(all, least, allowed);
  return { total: enough.documents.length, byCount: () => listedByCount(live, wanted, enough) };
}

function listedByCount(live: LiveSegment, wanted: readonly WantedSkill[], enough: Listed): ByCount {
  const listOf = (count: number) => new DocumentSet(live.segment.size, { list: withCount(enough, count) });
  return {
    highest: enough.counts.reduce((most, count) => Math.max(most, count), 0),
    covering: (count) => withStrength(live, wanted, listOf(count)),
  };
}

/** Documents, ascending, and how many skills each covers. */
interface Listed {
  documents: Uint32Array;
  counts: Uint8Array;
}

/** Documents of both, ascending, with what is counted in either. */
function merged({ documents, counts }: Listed, list: Uint32Array): Listed {
  if (documents.length === 0) return { documents: list.slice(), counts: new Uint8Array(list.length).fill(1) };
  const all = {
    documents: new Uint32Array(documents.length + list.length),
    counts: new Uint8Array(documents.length + list.length).fill(1),
  };
  let [at, own, count] = [0, 0, 0];
  for (; at < documents.length && own < list.length; count++) {
    const [left, right] = [documents[at]!, list[own]!];
    all.documents[count] = Math.min(left, right);
    all.counts[count] = (left <= right ? counts[at]! : 0) + Number(right <= left);
    at += Number(left <= right);
    own += Number(right <= left);
  }
  const rest = at < documents.length ? documents.subarray(at) : list.subarray(own);
  all.documents.set(rest, count);
  all.counts.set(counts.subarray(at), count);
  count += rest.length;
  return { documents: all.documents.subarray(0, count), counts: all.counts.subarray(0, count) };
}

/** One more for each of the documents, all of which are there. */
function raised({ documents, counts }: Listed, also: Uint32Array): Listed {
  for (let index = 0, at = 0; at < also.length; index++) {
    if (documents[index] !== also[at]) continue;
    counts[index]! += 1;
    at += 1;
  }
  return { documents, counts };
}

/** Those of the allowed documents that cover so many or more, in place. */
function covered({ documents, counts }: Listed, least: number, allowed?: DocumentSet): Listed {
  const bits = allowed?.isAll ? undefined : allowed?.bits;
  let kept = 0;
  for (let index = 0; index < documents.length; index++) {
    if (counts[index]! < least || (bits && !has(bits, documents[index]!))) continue;
    documents[kept] = documents[index]!;
    counts[kept++] = counts[index]!;
  }
  return { documents: documents.subarray(0, kept), counts: counts.subarray(0, kept) };
}

/** Those that cover just so many. */
function withCount({ documents, counts }: Listed, count: number): Uint32Array {
  const found = new Uint32Array(documents.length);
  let kept = 0;
  for (let index = 0; index < documents.length; index++) {
    found[kept] = documents[index]!;
    // Without a branch: which do is not to be foreseen.
    kept += Number(counts[index] === count);
  }
  return found.subarray(0, kept);
}
