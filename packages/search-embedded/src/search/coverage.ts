import type { CoverageAnswer, CoverageCursor, CoverageHit, CoverageQuery, KeywordField } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { indexOf, sizeOf, textAt } from '../arrays/StringTable.ts';
import type { KeywordColumn } from '../segment/Segment.ts';
import { unionOf } from './clauses.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { type Found, found } from './matches.ts';

/** Documents that cover enough of the wanted skills, best first. */
export function coverageOf(segments: readonly LiveSegment[], query: CoverageQuery): Omit<CoverageAnswer, 'seq'> {
  const least = Math.max(query.min, 1);
  const isNarrowed = query.text !== undefined || query.filter.length > 0;
  const allowed = isNarrowed ? found(segments, query) : undefined;
  const counted = segments.map((live, k) =>
    countsIn(live, query, { least, allowed: allowed && { found: allowed, k } }),
  );
  const total = counted.reduce((sum, { documents }) => sum + documents.length, 0);
  const hits: CoverageHit[] = [];
  // Documents that cover fewer skills are looked at only when those that cover more do not fill the page.
  for (
    let covered = Math.min(query.after?.counts[0] ?? query.skills.length, query.skills.length);
    covered >= least;
    covered--
  ) {
    if (hits.length > query.size) break;
    const equal = segments.flatMap((live, k) => hitsIn(live, query, withCount(counted[k]!, covered)));
    hits.push(...equal.filter((hit) => isAfter(hit, query.after)).sort(byCoverage));
  }
  const page = hits.slice(0, query.size);
  const last = page.at(-1);
  return { total, hits: page, ...(last && hits.length > query.size ? { next: cursorOf(last) } : {}) };
}

interface Counted {
  documents: Uint32Array;
  counts: Uint8Array;
}

/** Documents of a segment that cover at least `least` skills, ascending, and how many they cover. */
function countsIn(
  live: LiveSegment,
  { skills, fields }: CoverageQuery,
  { least, allowed }: { least: number; allowed: { found: Found; k: number } | undefined },
): Counted {
  const counts = new Uint8Array(live.segment.size);
  const touched: Uint32Array[] = [];
  for (const keys of skills) {
    const documents = documentsWith(live, fields, keys);
    for (const document of documents) counts[document]! += 1;
    touched.push(documents);
  }
  // Who covers `least` skills is on at least one of any (skills − least + 1) lists: the shortest will do.
  const needed = touched.sort((a, b) => a.length - b.length).slice(0, Math.max(skills.length - least + 1, 0));
  const candidates = needed.length > 0 ? unionOf(live, needed) : new Uint32Array();
  const matching = allowed && memberTest(allowed.found.matches[allowed.k]!.documents, live.segment.size);
  const documents = candidates.filter((document) => counts[document]! >= least && (!matching || matching(document)));
  return { documents, counts: Uint8Array.from(documents, (document) => counts[document]!) };
}

function memberTest(documents: Uint32Array, size: number): (document: number) => boolean {
  const marks = new Uint8Array(size);
  for (const document of documents) marks[document] = 1;
  return (document) => marks[document] === 1;
}

/** Live documents with one of the keys in one of the fields, ascending, each once. */
function documentsWith(live: LiveSegment, fields: readonly KeywordField[], keys: readonly string[]): Uint32Array {
  const lists = fields.flatMap((field) => {
    const column = live.segment.columns[field];
    return column ? listsIn(column, keys) : [];
  });
  return lists.length === 0 ? new Uint32Array() : unionOf(live, lists);
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

function withCount({ documents, counts }: Counted, covered: number): Uint32Array {
  return documents.filter((_, index) => counts[index] === covered);
}

function hitsIn(live: LiveSegment, { skills, fields }: CoverageQuery, documents: Uint32Array): CoverageHit[] {
  const has = [fields, ['skill.assesses'], ['skill.linked']].map((own) => keyTest(live, own as KeywordField[], skills));
  return Array.from(documents, (document) => {
    const covered = has[0]!(document);
    const among = (test: (document: number) => number[]): number => {
      const own = new Set(test(document));
      return covered.filter((skill) => own.has(skill)).length;
    };
    return { id: textAt(live.segment.ids, document), covered, assessed: among(has[1]!), linked: among(has[2]!) };
  });
}

/** Which of the skills a document has in the fields, ascending. */
function keyTest(
  live: LiveSegment,
  fields: readonly KeywordField[],
  skills: readonly string[][],
): (document: number) => number[] {
  const columns = fields.flatMap((field) => {
    const column = live.segment.columns[field];
    if (!column) return [];
    const skillsOf = new Map<number, number[]>();
    skills.forEach((keys, skill) => {
      for (const key of keys) {
        const value = indexOf(column.values, key);
        if (value !== undefined) skillsOf.set(value, [...(skillsOf.get(value) ?? []), skill]);
      }
    });
    return [{ column, skillsOf }];
  });
  return (document) => {
    const held = new Set<number>();
    for (const { column, skillsOf } of columns) {
      const set = column.sets[document]!;
      for (let at = column.offsets[set]!; at < column.offsets[set + 1]!; at++)
        for (const skill of skillsOf.get(column.members[at]!) ?? []) held.add(skill);
    }
    return [...held].sort((a, b) => a - b);
  };
}

function cursorOf(hit: CoverageHit): CoverageCursor {
  return { counts: [hit.covered.length, hit.assessed, hit.linked], id: hit.id };
}

function isAfter(hit: CoverageHit, after: CoverageCursor | undefined): boolean {
  if (!after) return true;
  const [covered, assessed, linked] = after.counts;
  const difference =
    covered - hit.covered.length || assessed - hit.assessed || linked - hit.linked || compareUtf8(hit.id, after.id);
  return difference > 0;
}

function byCoverage(a: CoverageHit, b: CoverageHit): number {
  return b.assessed - a.assessed || b.linked - a.linked || compareUtf8(a.id, b.id);
}
