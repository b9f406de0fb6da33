import { type FacetAnswer, type FacetRequest, type TaggedClause, unreachable } from '@credatlas/model';
import type { estypes } from '@elastic/elasticsearch';
import { all, clauseQuery, either, not, type Query } from './clauses.ts';
import { keywordOf } from './documentBody.ts';
import { keywordPath, numberPath } from './indexDefinition.ts';

type Aggregation = estypes.AggregationsAggregationContainer;

/** A filter in two parts: what every facet keeps, and what some facet leaves out and so narrows only the hits. */
export interface SplitFilter {
  common: Query[];
  narrowing: { field: string; query: Query }[];
}

export function splitFilter(filter: readonly TaggedClause[], facets: readonly FacetRequest[]): SplitFilter {
  const tags = new Set(facets.map(({ tag }) => tag));
  const split: SplitFilter = { common: [], narrowing: [] };
  for (const { field, clause } of filter) {
    const query = clauseQuery(clause);
    if (field !== undefined && tags.has(field)) split.narrowing.push({ field, query });
    else split.common.push(query);
  }
  return split;
}

/** One aggregation per facet, each under the clauses of all other fields. Named by position: a facet's own name may hold brackets. */
export function facetAggregations(
  facets: readonly FacetRequest[],
  { narrowing }: SplitFilter,
): Record<string, Aggregation> {
  return Object.fromEntries(
    facets.map((facet, position) => {
      const others = narrowing.filter(({ field }) => field !== facet.tag).map(({ query }) => query);
      return [`facet${position}`, { filter: all(others), aggs: countsOf(facet) }];
    }),
  );
}

function countsOf(facet: FacetRequest): Record<string, Aggregation> {
  switch (facet.kind) {
    case 'values': {
      const field = keywordPath(facet.field);
      // One more than wanted tells whether there are more; equal counts come in the order of their bytes.
      const terms = { field, size: facet.size + 1, ...includeOf(facet) };
      return { values: { terms }, unknown: { missing: { field } } };
    }
    case 'bands': {
      const field = numberPath(facet.field);
      return { values: { range: { field, ranges: bandsOf(facet.edges) } }, unknown: { missing: { field } } };
    }
    case 'clauses': {
      // A list of no filters is refused.
      const filters = facet.values.length === 0 ? [either([])] : facet.values.map(({ clause }) => clauseQuery(clause));
      return { values: { filters: { filters } }, unknown: { filter: not(either(filters)) } };
    }
    default:
      return unreachable(facet);
  }
}

/** Half-open bands [from, to), the first and the last without end. */
function bandsOf(edges: readonly number[]): estypes.AggregationsAggregationRange[] {
  return [undefined, ...edges].map((from, index) => ({
    ...(from === undefined ? {} : { from }),
    ...(edges[index] === undefined ? {} : { to: edges[index] }),
  }));
}

/** Of these values, or of so many characters; both: these values of so many characters. */
function includeOf({ length, only }: { length?: number; only?: string[] }): { include?: string | string[] } {
  if (only) return { include: only.filter((value) => length === undefined || value.length === length).map(keywordOf) };
  return length === undefined ? {} : { include: `.{${length}}` };
}

interface FacetResult {
  values: { buckets: { key: string; doc_count: number }[] };
  unknown: { doc_count: number };
}

export function readFacets(
  facets: readonly FacetRequest[],
  aggregations: Record<string, unknown> | undefined,
): Record<string, FacetAnswer> {
  return Object.fromEntries(
    facets.map((facet, position) => [
      facet.name,
      readFacet(facet, (aggregations as Record<string, FacetResult>)[`facet${position}`]!),
    ]),
  );
}

function readFacet(facet: FacetRequest, result: FacetResult): FacetAnswer {
  const { buckets } = result.values;
  const unknown = result.unknown.doc_count;
  if (facet.kind === 'values') {
    const first = buckets.slice(0, facet.size).map(({ key, doc_count }) => ({ value: key, count: doc_count }));
    return { buckets: first, unknown, truncated: buckets.length > facet.size };
  }
  const names = facet.kind === 'bands' ? bandNames(facet.edges) : facet.values.map(({ value }) => value);
  const named = names.map((value, index) => ({ value, count: buckets[index]!.doc_count }));
  // Of bands only the one below the first edge goes without saying when it is empty.
  const shown = named.filter(({ count }, index) => count > 0 || (facet.kind === 'bands' && index > 0));
  return { buckets: shown, unknown, truncated: false };
}

/** `from..to` of each band, an open end left empty. */
export function bandNames(edges: readonly number[]): string[] {
  return [undefined, ...edges].map((from, index) => `${from ?? ''}..${edges[index] ?? ''}`);
}
