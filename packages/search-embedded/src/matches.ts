import type { TaggedClause, TextQuery } from '@credatlas/model';
import { clauseMask } from './clauseMask.ts';
import type { LiveSegment } from './Segment.ts';
import { scoreText, type TextScores } from './textMatch.ts';

/** Which documents of one segment match, and which would but for the clauses of one tag. */
export interface SegmentMatches {
  live: LiveSegment;
  scores: TextScores | undefined;
  /** 1: matches everything. */
  all: Uint8Array;
  count: number;
  /** Tag → 1: matches everything but perhaps the clauses of that tag. */
  without: Map<string, Uint8Array>;
}

/** Evaluates text and filter; masks per tag only for the facets that need them. */
export function matchesOf(
  segments: readonly LiveSegment[],
  query: { text?: TextQuery; filter: TaggedClause[]; tags: string[] },
): SegmentMatches[] {
  const scores = query.text ? scoreText(segments, query.text) : undefined;
  return segments.map((live, index) => segmentMatches(live, scores?.[index], query));
}

function segmentMatches(
  live: LiveSegment,
  scores: TextScores | undefined,
  query: { filter: TaggedClause[]; tags: string[] },
): SegmentMatches {
  const { size } = live.segment;
  const base = baseMask(live, scores);
  const byTag = Map.groupBy(query.filter, ({ field }) => field);
  const masks = [...byTag].map(([tag, clauses]) => ({
    tag,
    mask: clauses.map(({ clause }) => clauseMask(live, clause)).reduce(intersect),
  }));
  const all = base.slice();
  for (const { mask } of masks) intersect(all, mask);
  const without = new Map<string, Uint8Array>();
  for (const tag of query.tags) {
    if (!byTag.has(tag)) continue;
    const rest = base.slice();
    for (const other of masks) if (other.tag !== tag) intersect(rest, other.mask);
    without.set(tag, rest);
  }
  let count = 0;
  for (let document = 0; document < size; document++) count += all[document] ?? 0;
  return { live, scores, all, count, without };
}

function baseMask({ segment, deleted }: LiveSegment, scores: TextScores | undefined): Uint8Array {
  const mask = new Uint8Array(segment.size);
  for (let document = 0; document < segment.size; document++) {
    const isText = !scores || scores.isStrict[document] === 1 || (scores.expanded?.[document] ?? 0) > 0;
    mask[document] = isText && !deleted[document] ? 1 : 0;
  }
  return mask;
}

function intersect(mask: Uint8Array, other: Uint8Array): Uint8Array {
  for (let document = 0; document < mask.length; document++)
    mask[document] = (mask[document] ?? 0) & (other[document] ?? 0);
  return mask;
}
