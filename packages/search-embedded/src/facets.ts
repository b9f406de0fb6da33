import type { FacetAnswer, FacetRequest } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { SegmentMatches } from './matches.ts';

/** Counts of matching documents per value or band; each facet looks past the clauses of its own tag. */
export function facetsOf(
  matches: readonly SegmentMatches[],
  requests: readonly FacetRequest[],
): Record<string, FacetAnswer> {
  return Object.fromEntries(
    requests.map((request) => [
      request.name,
      request.kind === 'bands' ? bandFacet(matches, request) : valueFacet(matches, request),
    ]),
  );
}

function valueFacet(
  matches: readonly SegmentMatches[],
  request: Extract<FacetRequest, { kind: 'values' }>,
): FacetAnswer {
  const counts = new Map<string, number>();
  let unknown = 0;
  for (const match of matches) {
    const mask = match.without.get(request.tag) ?? match.all;
    const index = match.live.segment.keywords[request.field];
    const own = new Uint32Array(index?.values.length ?? 0);
    for (let document = 0; document < mask.length; document++) {
      if (!mask[document]) continue;
      const [from, to] = [index?.documentOffsets[document] ?? 0, index?.documentOffsets[document + 1] ?? 0];
      if (from === to) unknown += 1;
      for (let at = from; at < to; at++) {
        const ordinal = index?.ordinals[at] ?? 0;
        own[ordinal] = (own[ordinal] ?? 0) + 1;
      }
    }
    own.forEach((count, ordinal) => {
      if (count > 0) counts.set(index?.values[ordinal] ?? '', (counts.get(index?.values[ordinal] ?? '') ?? 0) + count);
    });
  }
  const wanted = [...counts].filter(
    ([value]) =>
      (request.length === undefined || value.length === request.length) &&
      (!request.only || request.only.includes(value)),
  );
  const sorted = wanted.sort(([a, countA], [b, countB]) => countB - countA || compareUtf8(a, b));
  return {
    buckets: sorted.slice(0, request.size).map(([value, count]) => ({ value, count })),
    unknown,
    truncated: sorted.length > request.size,
  };
}

/** Half-open bands [from, to), with what lies below the first edge and from the last one on. */
function bandFacet(matches: readonly SegmentMatches[], request: Extract<FacetRequest, { kind: 'bands' }>): FacetAnswer {
  const edges = [Number.NEGATIVE_INFINITY, ...request.edges, Number.POSITIVE_INFINITY];
  const counts = new Uint32Array(edges.length - 1);
  let unknown = 0;
  for (const match of matches) {
    const mask = match.without.get(request.tag) ?? match.all;
    const column = match.live.segment.numbers[request.field];
    for (let document = 0; document < mask.length; document++) {
      if (!mask[document]) continue;
      const value = column?.[document] ?? Number.NaN;
      if (Number.isNaN(value)) unknown += 1;
      else {
        const band = edges.findLastIndex((edge) => edge <= value);
        counts[band] = (counts[band] ?? 0) + 1;
      }
    }
  }
  const written = (edge: number | undefined): string => (Number.isFinite(edge) ? String(edge) : '');
  const buckets = [...counts].map((count, band) => ({
    value: `${written(edges[band])}..${written(edges[band + 1])}`,
    count,
  }));
  // Nothing lies below the first edge unless something does: an empty outer band is noise.
  return {
    buckets: buckets.filter(({ value, count }) => count > 0 || !value.startsWith('..')),
    unknown,
    truncated: false,
  };
}
