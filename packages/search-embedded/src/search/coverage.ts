import type { CoverageAnswer, CoverageCursor, CoverageHit, CoverageQuery } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { compareEntries, textAt } from '../arrays/StringTable.ts';
import { type Counted, countsIn } from './coveredCounts.ts';
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
    counted: countsIn(live, query, { least, allowed: allowed ? allowed[k]!.documents : live.all }),
    live,
    read: new SkillReader(live, query),
  }));
  const covering = (from: number, to?: number): number =>
    parts.reduce((sum, { counted }) => counted.byCount.subarray(from, to).reduce((all, own) => all + own, sum), 0);
  const total = covering(least);
  if (query.size === 0) return { total, hits: [] };
  const hits: Candidate[] = [];
  // Documents that cover fewer skills are looked at only when those that cover more do not fill the page.
  let to = Math.min(query.after?.counts[0] ?? query.skills.length, query.skills.length);
  while (to >= least && hits.length <= query.size) {
    let from = to;
    while (from > least && covering(from, to + 1) <= query.size - hits.length) from -= 1;
    const heap = new Heap<Candidate>(query.size + 1 - hits.length, byCoverage);
    for (const part of parts) offer(part, { from, to, after: query.after }, heap);
    hits.push(...heap.sorted());
    to = from - 1;
  }
  const page = hits.slice(0, query.size).map(hitOf);
  const last = page.at(-1);
  return { total, hits: page, ...(last && hits.length > query.size ? { next: cursorOf(last) } : {}) };
}

interface Part {
  counted: Counted;
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

/** Offers the documents that cover so many skills and come after the cursor. */
function offer(
  part: Part,
  { from, to, after }: { from: number; to: number; after: CoverageCursor | undefined },
  heap: Heap<Candidate>,
): void {
  const { counted, live, read } = part;
  const { documents, counts, strength } = counted.covering(from, to);
  for (let index = 0; index < documents.length; index++) {
    const [document, covered] = [documents[index]!, counts[index]!];
    if (heap.isFull && covered < heap.worst.covered) continue;
    const { assessed, linked } = strength
      ? { assessed: strength.assessed[index]!, linked: strength.linked[index]! }
      : read.strength(document);
    const candidate = { part, document, covered, assessed, linked };
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
  return b.covered - a.covered || b.assessed - a.assessed || b.linked - a.linked || compareIds(a, b);
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
