import type { CoverageAnswer, CoverageCursor, CoverageHit, CoverageQuery } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { compareEntries, textAt } from '../arrays/StringTable.ts';
import { type ByCount, countsIn } from './coveredCounts.ts';
import { Heap } from './Heap.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { found } from './matches.ts';
import { SkillReader } from './SkillReader.ts';

/** Documents that cover enough of the wanted skills, best first. */
export function coverageOf(segments: readonly LiveSegment[], query: CoverageQuery): Omit<CoverageAnswer, 'seq'> {
  const least = Math.max(query.min, 1);
  const isNarrowed = query.text !== undefined || query.filter.length > 0;
  const allowed = isNarrowed ? found(segments, query).sets() : undefined;
  const counts = segments.map((live, k) =>
    countsIn(live, query, { least, allowed: allowed ? allowed[k]!.documents : live.all }),
  );
  const total = counts.reduce((sum, counted) => sum + counted.total, 0);
  if (query.size === 0) return { total, hits: [] };
  const parts = segments.flatMap((live, k): Part[] => {
    const counted = counts[k]!;
    return counted.total > 0 ? [{ counted: counted.byCount(), live, read: new SkillReader(live, query) }] : [];
  });
  const hits: Candidate[] = [];
  const highest = Math.max(...parts.map(({ counted }) => counted.highest));
  // Documents that cover fewer skills are looked at only when those that cover more do not fill the page.
  for (
    let count = Math.min(query.after?.counts[0] ?? highest, highest);
    count >= least && hits.length <= query.size;
    count--
  ) {
    const heap = new Heap<Candidate>(query.size + 1 - hits.length, byStrength);
    for (const part of parts) offer(part, { count, after: query.after }, heap);
    hits.push(...heap.sorted());
  }
  const page = hits.slice(0, query.size).map(hitOf);
  const last = page.at(-1);
  return { total, hits: page, ...(last && hits.length > query.size ? { next: cursorOf(last) } : {}) };
}

interface Part {
  counted: ByCount;
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
  { count: covered, after }: { count: number; after: CoverageCursor | undefined },
  heap: Heap<Candidate>,
): void {
  const { counted, live, read } = part;
  const { taken } = live.room;
  const { documents, strength } = counted.covering(covered);
  // One for all: most are no better than what is kept.
  const candidate = { part, document: 0, covered, assessed: 0, linked: 0 };
  for (const document of documents) {
    const { assessed, linked } = strength
      ? { assessed: strength.assessed.countOf(document), linked: strength.linked.countOf(document) }
      : read.strength(document);
    candidate.document = document;
    candidate.assessed = assessed;
    candidate.linked = linked;
    if (heap.isFull && byStrength(candidate, heap.worst) >= 0) continue;
    if (!after || isAfter(candidate, textAt(live.segment.ids, document), after)) heap.offer({ ...candidate });
  }
  live.room.leave(taken);
}

function isAfter(hit: Candidate, id: string, after: CoverageCursor): boolean {
  const [covered, assessed, linked] = after.counts;
  const difference = covered - hit.covered || assessed - hit.assessed || linked - hit.linked;
  return (difference || compareUtf8(id, after.id)) > 0;
}

/** Of two that cover as many. */
function byStrength(a: Candidate, b: Candidate): number {
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
