import type { Clause, CoverageQuery, KeywordField } from '@credatlas/model';
import { BitCounts } from '../arrays/BitCounts.ts';
import { among, type Bits, has, listed, sizeOf, wordsFor } from '../arrays/bits.ts';
import { gallop, inBoth } from '../arrays/gallop.ts';
import { bitsOf, listsOf, unionOf } from './clauses.ts';
import type { DocumentSet } from './DocumentSet.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** Documents of a segment by how many skills they cover. */
export interface Counted {
  /** The most skills that one covers. */
  highest(): number;
  /** How many cover so many or more. */
  atLeast(count: number): number;
  /** Those that cover just so many; where they are many, by what they assess and what is linked, most first. */
  covering(count: number): Iterable<Covering>;
}

/** Documents, ascending; where it is known, how many of the covered skills each assesses, and how many are linked. */
export interface Covering {
  documents: Uint32Array;
  strength?: { assessed: number; linked: number };
}

/** How many of the skills the allowed documents of a segment cover; of those that cover fewer than `least` some may be left out. */
export function countsIn(
  live: LiveSegment,
  { skills, fields }: Pick<CoverageQuery, 'skills' | 'fields'>,
  { least, allowed }: { least: number; allowed: DocumentSet },
): Counted {
  const wanted = skills
    .map((keys): Wanted => {
      const clause: Clause = { op: 'or', clauses: fields.map((field) => ({ op: 'any', field, values: keys })) };
      const lists = listsWith(live, clause);
      return { keys, clause, lists, length: lists.reduce((sum, list) => sum + list.length, 0) };
    })
    .sort((a, b) => a.length - b.length);
  // Who covers enough of them is on a list of one of the rarest already.
  const rarest = Math.max(wanted.length - least + 1, 0);
  const most = wanted.slice(0, rarest).reduce((sum, { length }) => sum + length, 0);
  const { size } = live.segment;
  return size >= leastCounted && most > size * fewToList
    ? countedInBits(live, wanted, allowed)
    : countedOnLists(live, wanted, { rarest, allowed });
}

/** A skill, and ascending lists of the documents that cover it. */
interface Wanted {
  keys: string[];
  clause: Clause;
  lists: Uint32Array[];
  length: number;
}

/** In a smaller share of a segment, or in a smaller segment, documents are counted on lists. */
const fewToList = 1 / 32;
const leastCounted = 10_000;

/** Sets of documents as bits, added up all at once. */
function countedInBits(live: LiveSegment, wanted: readonly Wanted[], { bits: allowed }: DocumentSet): Counted {
  const { size } = live.segment;
  const isFew = ({ length }: Wanted): boolean => length < size * fewToAdd;
  const counts = new BitCounts(wordsFor(size));
  for (const skill of wanted) {
    if (isFew(skill)) counts.addEach(unionOf(live, skill.lists));
    else counts.add(bitsOf(live, skill.clause));
  }
  /** Of how many of the skills that they cover these documents have the field, too. */
  const countedIn = (field: KeywordField, documents: Bits): BitCounts => {
    const also = new BitCounts(wordsFor(size));
    for (const skill of wanted) {
      const having = unionOf(live, listsWith(live, { op: 'any', field, values: skill.keys }));
      const covering = isFew(skill)
        ? inBoth(unionOf(live, skill.lists), having)
        : among(having, bitsOf(live, skill.clause));
      also.addEach(among(covering, documents));
    }
    return also;
  };
  const postings = wanted.reduce((sum, { length }) => sum + length, 0);
  return {
    highest: () => counts.highest(allowed),
    atLeast: (count) => counts.atLeast(count, allowed),
    *covering(count) {
      const own = counts.equal(count, allowed);
      if (sizeOf(own) * postingsADocument < postings) return yield { documents: listed(own) };
      const [assesses, links] = [countedIn('skill.assesses', own), countedIn('skill.linked', own)];
      for (const { count: assessed, documents } of assesses.descending(own))
        for (const { count: linked, documents: last } of links.descending(documents))
          yield { documents: listed(last), strength: { assessed, linked } };
    },
  };
}

/** A smaller share of a segment is sooner added document by document. */
const fewToAdd = 1 / 64;
/** Asking one document takes as long as passing over so many postings. */
const postingsADocument = 100;

/** Along the lists, the rarest first: who is first met on a later one cannot cover enough. */
function countedOnLists(
  live: LiveSegment,
  wanted: readonly Wanted[],
  { rarest, allowed }: { rarest: number; allowed: DocumentSet },
): Counted {
  const none: Listed = { documents: new Uint32Array(), counts: new Uint8Array() };
  const met = wanted.slice(0, rarest).reduce((left, { lists }) => merged(left, unionOf(live, lists)), none);
  const all = wanted
    .slice(rarest)
    .reduce((left, { lists }, number) => pruned(raised(left, lists), (count) => count >= number + 2), met);
  const { documents, counts } = allowed.isAll ? all : pruned(all, (_, document) => has(allowed.bits, document));
  const byCount = new Uint32Array(wanted.length + 1);
  for (let index = 0; index < counts.length; index++) byCount[counts[index]!]! += 1;
  return {
    highest: () => byCount.findLastIndex((number) => number > 0),
    atLeast: (count) => byCount.subarray(count).reduce((sum, own) => sum + own, 0),
    covering: (count) => [{ documents: documents.filter((_, index) => counts[index] === count) }],
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

/** Ascending lists of the documents for which the clause holds; deleted ones may be among them. */
function listsWith(live: LiveSegment, clause: Clause): Uint32Array[] {
  return listsOf(live, clause) ?? [listed(bitsOf(live, clause))];
}
