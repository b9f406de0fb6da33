import type { Dimension, KeywordField } from '@credatlas/model';
import type { estypes } from '@elastic/elasticsearch';
import { anyOf, clauseQuery, not, type Query } from '../clauses.ts';
import { bandNames } from '../facets.ts';
import { keywordPath, numberPath } from '../indexDefinition.ts';

/** Wanted values that are asked for one by one; more are sifted out of all. */
const maxNamed = 50;

/** A dimension whose values are found while counting. */
export interface Source {
  /** Position among the dimensions. */
  at: number;
  field: KeywordField;
  /** Of a restricted dimension: the values it wants. */
  accepts?: (value: string) => boolean;
}

/** A dimension of few values that are known beforehand; a document counts in each whose query it matches, else under null. */
export interface Fixed {
  at: number;
  values: { value: string; query: Query }[];
}

/** A part of the table that is counted by itself: restricted dimensions either have a wanted value in it, or are null. */
export interface Part {
  filter: Query[];
  sources: Source[];
}

export interface Plan {
  /** How many values a row of the table has. */
  dimensions: number;
  parts: Part[];
  fixed: Fixed[];
}

/** How a table is put to a composite aggregation, which knows plain values only. */
export function planOf(by: readonly Dimension[]): Plan {
  const plan: Plan = { dimensions: by.length, parts: [{ filter: [], sources: [] }], fixed: [] };
  for (const [at, dimension] of by.entries()) {
    const values = fixedValues(dimension);
    if (values) plan.fixed.push({ at, values });
    else if (dimension.kind === 'values') plan.parts = plan.parts.flatMap((part) => split(part, at, dimension));
  }
  return plan;
}

function fixedValues(dimension: Dimension): Fixed['values'] | undefined {
  if (dimension.kind === 'clauses')
    return dimension.values.map(({ value, clause }) => ({ value, query: clauseQuery(clause) }));
  if (dimension.kind === 'bands') return bandValues(numberPath(dimension.field), dimension.edges);
  const { field, only, length } = dimension;
  if (!only || only.length > maxNamed) return undefined;
  return [...new Set(only)]
    .filter((value) => length === undefined || value.length === length)
    .map((value) => ({ value, query: anyOf(keywordPath(field), [value]) }));
}

function bandValues(field: string, edges: readonly number[]): Fixed['values'] {
  return bandNames(edges).map((value, index) => {
    const [from, to] = [edges[index - 1], edges[index]];
    const bounds = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) };
    const isOpen = from === undefined && to === undefined;
    return { value, query: isOpen ? { exists: { field } } : { range: { [field]: bounds } } };
  });
}

function split(part: Part, at: number, { field, length, only }: Extract<Dimension, { kind: 'values' }>): Part[] {
  if (length === undefined && !only) return [{ ...part, sources: [...part.sources, { at, field }] }];
  const wanted = only && new Set(only);
  const accepts = (value: string): boolean =>
    (length === undefined || value.length === length) && (!wanted || wanted.has(value));
  const path = keywordPath(field);
  const hasWanted: Query = wanted ? anyOf(path, [...wanted].filter(accepts)) : { regexp: { [path]: `.{${length}}` } };
  return [
    { filter: [...part.filter, hasWanted], sources: [...part.sources, { at, field, accepts }] },
    { filter: [...part.filter, not(hasWanted)], sources: part.sources },
  ];
}

/** The sources as a composite aggregation names them; a plain dimension keeps documents without a value, as null. */
export function compositeSources(
  sources: readonly Source[],
): Record<string, estypes.AggregationsCompositeAggregationSource>[] {
  return sources.map(({ at, field, accepts }) => ({
    [String(at)]: { terms: { field: keywordPath(field), missing_bucket: accepts === undefined } },
  }));
}
