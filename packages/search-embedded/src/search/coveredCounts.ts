import type { Clause, CoverageQuery, KeywordField } from '@credatlas/model';
import { bytesFor, has, listed } from '../arrays/bits.ts';
import { gallop } from '../arrays/gallop.ts';
import { bitsOf, listsOf, unionOf } from './clauses.ts';
import type { DocumentSet } from './DocumentSet.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** Documents of a segment by how many skills they cover. */
export interface Counted {
  /** How many cover just so many. */
  byCount: Uint32Array;
  /** Those that cover so many, both included, ascending. */
  covering(from: number, to: number): Listed;
}

/** Documents, ascending, and how many skills each covers. */
export interface Listed {
  documents: Uint32Array;
  counts: Uint8Array;
  /** Where they are many: how many of these each assesses, and how many are linked. */
  strength?: { assessed: Uint8Array; linked: Uint8Array };
}

/** How many of the skills the allowed documents of a segment cover; of those that cover fewer than `least` some may be left out. */
export function countsIn(
  live: LiveSegment,
  { skills, fields }: Pick<CoverageQuery, 'skills' | 'fields'>,
  { least, allowed }: { least: number; allowed: DocumentSet },
): Counted {
  const wanted = skills
    .map((keys): Wanted => {
      const lists = listsWith(live, fields, keys);
      return { keys, lists, length: lists.reduce((sum, list) => sum + list.length, 0) };
    })
    .sort((a, b) => a.length - b.length);
  // Who covers enough of them is on a list of one of the rarest already.
  const rarest = Math.max(wanted.length - least + 1, 0);
  const most = wanted.slice(0, rarest).reduce((sum, { length }) => sum + length, 0);
  const { size } = live.segment;
  return size >= leastMarked && most > size * fewToList
    ? markedCounts(live, wanted, allowed)
    : listedCounts(live, wanted, { rarest, allowed });
}

/** A skill, and ascending lists of the documents that cover it. */
interface Wanted {
  keys: string[];
  lists: Uint32Array[];
  length: number;
}

/** In a smaller share of a segment, or in a smaller segment, documents are counted on lists. */
const fewToList = 1 / 32;
const leastMarked = 10_000;

/** With a byte for each document of the segment, a bit of it for each of eight skills. */
function markedCounts(live: LiveSegment, wanted: readonly Wanted[], allowed: DocumentSet): Counted {
  const { bytes: marks } = live.scratch;
  const lists = wanted.map((own) => own.lists);
  if (wanted.length <= 8) {
    const { byCount, covering } = byBytes(marked(marks, lists), bitsIn, allowed);
    return { byCount, covering: (from, to) => withStrength(live, covering(from, to), { wanted, marks }) };
  }
  const counts = bytesFor(marks.length);
  for (let from = 0; from < wanted.length; from += 8) {
    marked(marks, lists.slice(from, from + 8));
    for (let document = 0; document < counts.length; document++) counts[document]! += bitsIn.counted[marks[document]!]!;
  }
  return byBytes(counts, itself, allowed);
}

/** Fewer are sooner asked one by one. */
const fewToAsk = 1_000;

function withStrength(
  live: LiveSegment,
  { documents, counts }: Listed,
  { wanted, marks }: { wanted: readonly Wanted[]; marks: Uint8Array },
): Listed {
  if (documents.length < fewToAsk) return { documents, counts };
  const room = new Uint8Array(live.scratch.longs.buffer, 0, marks.length);
  const alsoIn = (field: KeywordField): Uint8Array => {
    marked(
      room,
      wanted.map(({ keys }) => listsWith(live, [field], keys)),
    );
    const also = new Uint8Array(documents.length);
    for (let index = 0; index < also.length; index++)
      also[index] = bitsIn.counted[marks[documents[index]!]! & room[documents[index]!]!]!;
    return also;
  };
  return { documents, counts, strength: { assessed: alsoIn('skill.assesses'), linked: alsoIn('skill.linked') } };
}

function marked(marks: Uint8Array, skills: readonly Uint32Array[][]): Uint8Array {
  marks.fill(0);
  skills.forEach((lists, skill) => {
    const mark = 1 << skill;
    for (const list of lists) for (let at = 0; at < list.length; at++) marks[list[at]!]! |= mark;
  });
  return marks;
}

/** What bytes stand for, and the most that either of two does. */
interface ByteTable {
  counted: Uint8Array;
  most: Uint8Array;
}

function byteTable(countOf: (byte: number) => number): ByteTable {
  const counted = Uint8Array.from({ length: 256 }, (_, byte) => countOf(byte));
  const most = Uint8Array.from({ length: 65_536 }, (_, two) => Math.max(counted[two & 0xff]!, counted[two >>> 8]!));
  return { counted, most };
}

const itself = byteTable((byte) => byte);
/** How many bits are set. */
const bitsIn = byteTable((byte) => byte.toString(2).replaceAll('0', '').length);

/** Of each document a byte that tells how many skills it covers; looked at four at a time, for most cover none or few. */
function byBytes(bytes: Uint8Array, { counted, most }: ByteTable, allowed: DocumentSet): Counted {
  const fours = new Uint32Array(bytes.buffer, bytes.byteOffset, (bytes.length + 3) >>> 2);
  if (!allowed.isAll) clearOthers(fours, allowed);
  // Without a branch, and the two halves apart: which are none is not to be foreseen, and most are.
  const [low, high] = [new Uint32Array(65_536), new Uint32Array(65_536)];
  for (let four = 0; four < fours.length; four++) {
    const own = fours[four]!;
    low[own & 0xffff]! += 1;
    high[own >>> 16]! += 1;
  }
  const byCount = new Uint32Array(256);
  for (let two = 1; two < low.length; two++) {
    const number = low[two]! + high[two]!;
    if (number === 0) continue;
    byCount[counted[two & 0xff]!]! += number;
    byCount[counted[two >>> 8]!]! += number;
  }
  byCount[0] = 0;
  return {
    byCount,
    covering: (from, to) => {
      const size = byCount.subarray(from, to + 1).reduce((sum, own) => sum + own, 0);
      const found: Listed = { documents: new Uint32Array(size), counts: new Uint8Array(size) };
      for (let four = 0, at = 0; at < size; four++) {
        const own = fours[four]!;
        if (most[own & 0xffff]! < from && most[own >>> 16]! < from) continue;
        for (let document = four << 2; document < (four + 1) << 2; document++) {
          const count = counted[bytes[document]!]!;
          if (count < from || count > to) continue;
          found.documents[at] = document;
          found.counts[at++] = count;
        }
      }
      return found;
    },
  };
}

/** Whatever is not allowed covers nothing. */
function clearOthers(fours: Uint32Array, { bits }: DocumentSet): void {
  for (let four = 0; four < fours.length; four++)
    fours[four]! &= bytesOf[(bits[four >>> 3]! >>> ((four & 7) << 2)) & 0xf]!;
}

/** A byte of ones for each bit of four. */
const bytesOf = Uint32Array.from({ length: 16 }, (_, four) =>
  [0, 1, 2, 3].reduce((all, of) => all + ((four >>> of) & 1) * 0xff * 2 ** (8 * of), 0),
);

/** Along the lists, the rarest first: who is first met on a later one cannot cover enough. */
function listedCounts(
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
  const byCount = new Uint32Array(256);
  for (let index = 0; index < counts.length; index++) byCount[counts[index]!]! += 1;
  const covering = (from: number, to: number): Listed =>
    pruned({ documents: documents.slice(), counts: counts.slice() }, (own) => own >= from && own <= to);
  return { byCount, covering };
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

/** Ascending lists of the documents with one of the keys in one of the fields; deleted ones may be among them. */
function listsWith(live: LiveSegment, fields: readonly KeywordField[], keys: string[]): Uint32Array[] {
  return fields.flatMap((field) => {
    const clause: Clause = { op: 'any', field, values: keys };
    return listsOf(live, clause) ?? [listed(bitsOf(live, clause))];
  });
}
