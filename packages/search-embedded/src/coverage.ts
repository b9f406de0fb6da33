import type { CoverageAnswer, CoverageCursor, CoverageHit, CoverageQuery, KeywordField } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { SegmentMatches } from './matches.ts';
import { indexOf } from './sortedSearch.ts';

/** Documents that cover enough of the wanted skills, best first. */
export function coverageOf(matches: readonly SegmentMatches[], query: CoverageQuery): Omit<CoverageAnswer, 'seq'> {
  const all = matches.flatMap((match) => hitsIn(match, query)).sort(byCoverage);
  const { after } = query;
  const start = after ? all.findIndex((hit) => byCoverage(hit, { ...countsOf(after), id: after.id }) > 0) : 0;
  const hits = start === -1 ? [] : all.slice(start, start + query.size);
  const last = hits.at(-1);
  const hasMore = last !== undefined && all.at(-1) !== last;
  return { total: all.length, hits, ...(hasMore ? { next: cursorOf(last) } : {}) };
}

type Counted = Pick<CoverageHit, 'id' | 'assessed' | 'linked'> & { covered: { length: number } };

function countsOf({ counts: [covered, assessed, linked] }: CoverageCursor): Omit<Counted, 'id'> {
  return { covered: { length: covered }, assessed, linked };
}

function cursorOf(hit: CoverageHit): CoverageCursor {
  return { counts: [hit.covered.length, hit.assessed, hit.linked], id: hit.id };
}

function byCoverage(a: Counted, b: Counted): number {
  return (
    b.covered.length - a.covered.length || b.assessed - a.assessed || b.linked - a.linked || compareUtf8(a.id, b.id)
  );
}

function hitsIn(match: SegmentMatches, query: CoverageQuery): CoverageHit[] {
  const { size, ids } = match.live.segment;
  const masks = query.skills.map((keys) => ({
    covered: anyOf(match, query.fields, keys),
    assessed: anyOf(match, ['skill.assesses'], keys),
    linked: anyOf(match, ['skill.linked'], keys),
  }));
  const hits: CoverageHit[] = [];
  for (let document = 0; document < size; document++) {
    if (!match.all[document]) continue;
    const covered = masks.flatMap((mask, index) => (mask.covered[document] ? [index] : []));
    if (covered.length < query.min || covered.length === 0) continue;
    const both = (kind: 'assessed' | 'linked'): number =>
      covered.filter((index) => masks[index]?.[kind][document]).length;
    hits.push({ id: ids[document] ?? '', covered, assessed: both('assessed'), linked: both('linked') });
  }
  return hits;
}

function anyOf(match: SegmentMatches, fields: readonly KeywordField[], keys: readonly string[]): Uint8Array {
  const { segment } = match.live;
  const mask = new Uint8Array(segment.size);
  for (const field of fields) {
    const index = segment.keywords[field];
    for (const key of keys) {
      const ordinal = index && indexOf(index.values, key);
      if (index === undefined || ordinal === undefined) continue;
      for (let at = index.offsets[ordinal] ?? 0; at < (index.offsets[ordinal + 1] ?? 0); at++)
        mask[index.documents[at] ?? 0] = 1;
    }
  }
  return mask;
}
