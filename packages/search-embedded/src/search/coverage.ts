import type { CoverageAnswer, CoverageCursor, CoverageHit, CoverageQuery, KeywordField } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { has } from '../arrays/bits.ts';
import { gallop } from '../arrays/gallop.ts';
import { compareEntries, indexOf, sizeOf, textAt } from '../arrays/StringTable.ts';
import type { KeywordColumn } from '../segment/Segment.ts';
import { unionOf } from './clauses.ts';
import type { DocumentSet } from './DocumentSet.ts';
import { Heap } from './Heap.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { found } from './matches.ts';
import { SkillReader } from './SkillReader.ts';

/** Documents that cover enough of the wanted skills, best first. */
export function coverageOf(segments: readonly LiveSegment[], query: CoverageQuery): Omit<CoverageAnswer, 'seq'> {
  const least = Math.max(query.min, 1);
  const isNarrowed = query.text !== undefined || query.filter.length > 0;
  const allowed = isNarrowed ? found(segments, query).sets() : undefined;
  const parts = segments.map((live, k) => ({
    ...countsIn(live, query, { least, allowed: allowed ? allowed[k]!.documents : live.all }),
    live,
    read: new SkillReader(live, query),
  }));
  const total = parts.reduce((sum, { documents }) => sum + documents.length, 0);
  if (query.size === 0) return { total, hits: [] };
  const hits: Candidate[] = [];
  // Documents that cover fewer skills are looked at only when those that cover more do not fill the page.
  const most = Math.min(query.after?.counts[0] ?? query.skills.length, query.skills.length);
  for (let covered = most; covered >= least && hits.length <= query.size; covered--) {
    const heap = new Heap<Candidate>(query.size + 1 - hits.length, byCoverage);
    for (const part of parts) offer(part, { covered, after: query.after }, heap);
    hits.push(...heap.sorted());
  }
  const page = hits.slice(0, query.size).map(hitOf);
  const last = page.at(-1);
  return { total, hits: page, ...(last && hits.length > query.size ? { next: cursorOf(last) } : {}) };
}

interface Counted {
  /** Documents that cover enough, ascending, and how many skills each covers. */
  documents: Uint32Array;
  counts: Uint8Array;
}

interface Part extends Counted {
  live: LiveSegment;
  read: SkillReader;
}

interface Candidate {
  part: Part;
  document: number;
  covered: number;
  assessed: number;
  linked: number;
}

function countsIn(
  live: LiveSegment,
  { skills, fields }: CoverageQuery,
  { least, allowed }: { least: number; allowed: DocumentSet },
): Counted {
  const listed = skills
    .map((keys) => listsWith(live, fields, keys))
    .map((lists) => ({ lists, length: lists.reduce((sum, list) => sum + list.length, 0) }))
    .sort((a, b) => a.length - b.length);
  let left: Counted = { documents: new Uint32Array(), counts: new Uint8Array() };
  listed.forEach(({ lists }, number) => {
    // Who is first met here can cover this one and those that follow.
    left = number <= listed.length - least ? merged(left, unionOf(live, lists)) : raised(left, lists);
    const enough = least - (listed.length - number - 1);
    if (enough > 1) left = pruned(left, (index) => left.counts[index]! >= enough);
  });
  if (allowed.length === live.segment.size) return left;
  const [{ documents }, { bits }] = [left, allowed];
  return pruned(left, (index) => has(bits, documents[index]!));
}

/** Above every document. */
const beyond = 0xffff_ffff;

/** Documents of both, ascending, with what is counted in either. */
function merged({ documents, counts }: Counted, list: Uint32Array): Counted {
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
function raised({ documents, counts }: Counted, lists: readonly Uint32Array[]): Counted {
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

function pruned({ documents, counts }: Counted, isKept: (index: number) => boolean): Counted {
  let kept = 0;
  for (let index = 0; index < documents.length; index++) {
    if (!isKept(index)) continue;
    documents[kept] = documents[index]!;
    counts[kept++] = counts[index]!;
  }
  return { documents: documents.subarray(0, kept), counts: counts.subarray(0, kept) };
}

/** Ascending lists of the documents with one of the keys in one of the fields; deleted ones may be among them. */
function listsWith(live: LiveSegment, fields: readonly KeywordField[], keys: readonly string[]): Uint32Array[] {
  return fields.flatMap((field) => {
    const column = live.segment.columns[field];
    return column ? listsIn(column, keys) : [];
  });
}

function listsIn(column: KeywordColumn, keys: readonly string[]): Uint32Array[] {
  const wanted = keys.flatMap((key) => indexOf(column.values, key) ?? []);
  const { postings } = column;
  if (postings)
    return wanted.map((value) => postings.documents.subarray(postings.offsets[value], postings.offsets[value + 1]));
  if (wanted.length === 0) return [];
  const marks = markedSets(column, wanted);
  const documents = new Uint32Array(column.sets.length);
  let count = 0;
  for (let document = 0; document < documents.length; document++)
    if (marks[column.sets[document]!]) documents[count++] = document;
  return [documents.subarray(0, count)];
}

function markedSets({ values, offsets, members }: KeywordColumn, wanted: readonly number[]): Uint8Array {
  const isWanted = new Uint8Array(sizeOf(values));
  for (const value of wanted) isWanted[value] = 1;
  const marks = new Uint8Array(offsets.length - 1);
  for (let set = 1; set < marks.length; set++)
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++) marks[set]! |= isWanted[members[at]!]!;
  return marks;
}

/** Offers the documents that cover just so many skills and come after the cursor. */
function offer(
  part: Part,
  { covered, after }: { covered: number; after: CoverageCursor | undefined },
  heap: Heap<Candidate>,
): void {
  const { documents, counts, live, read } = part;
  for (let index = 0; index < documents.length; index++) {
    if (counts[index] !== covered) continue;
    const document = documents[index]!;
    const candidate = { part, document, covered, ...read.strength(document) };
    if (heap.isFull && byCoverage(candidate, heap.worst) >= 0) continue;
    if (!after || isAfter(candidate, textAt(live.segment.ids, document), after)) heap.offer(candidate);
  }
}

function isAfter(hit: Candidate, id: string, after: CoverageCursor): boolean {
  const [covered, assessed, linked] = after.counts;
  const difference = covered - hit.covered || assessed - hit.assessed || linked - hit.linked;
  return (difference || compareUtf8(id, after.id)) > 0;
}

function byCoverage(a: Candidate, b: Candidate): number {
  return b.assessed - a.assessed || b.linked - a.linked || compareIds(a, b);
}

function compareIds(a: Candidate, b: Candidate): number {
  const [left, right] = [a.part.live.segment, b.part.live.segment];
  if (left === right) return left.idRanks[a.document]! - left.idRanks[b.document]!;
  return compareEntries(left.ids, a.document, { table: right.ids, at: b.document });
}

function hitOf({ part, document, assessed, linked }: Candidate): CoverageHit {
  return { id: textAt(part.live.segment.ids, document), covered: part.read.covered(document), assessed, linked };
}

function cursorOf(hit: CoverageHit): CoverageCursor {
  return { counts: [hit.covered.length, hit.assessed, hit.linked], id: hit.id };
}
