import { type Dimension, InvalidInputError, type KeywordField } from '@credatlas/model';
import type { QueryContext } from '../../dependencies.ts';
import { type FacetPlan, facetPlans } from '../../facetPlans.ts';
import { filterField } from '../../fields.ts';
import { labelledFacets } from '../../labelledFacets.ts';
import type { ListItem } from '../../parameterFault.ts';
import { asDimensionFault } from './dimensionFault.ts';
import type { DimensionContext, MarketDimension, ShownValue } from './MarketDimension.ts';

/** Whatever is a facet, as a dimension: with all of its values. */
export async function facetDimension(item: ListItem, context: DimensionContext): Promise<MarketDimension> {
  try {
    const [plan] = await facetPlans(item.text, context);
    return await dimensionOf(plan!, context);
  } catch (error) {
    throw error instanceof InvalidInputError && error.code.endsWith('_facet') ? asDimensionFault(item, error) : error;
  }
}

/** Of these a credential has one value. */
const singleFields = new Set<KeywordField>(['family', 'status', 'source', 'providerSector', 'rigor']);

async function dimensionOf(plan: FacetPlan, context: DimensionContext): Promise<MarketDimension> {
  const { request } = plan;
  const { name } = request;
  const common = { name, label: name, shown: (values: string[]) => shownBy(plan, values, context) };
  switch (request.kind) {
    case 'bands': {
      const { field, edges } = request;
      const order = Array.from({ length: edges.length + 1 }, (_, at) => `${edges[at - 1] ?? ''}..${edges[at] ?? ''}`);
      return { ...common, isMultiple: false, engine: { kind: 'bands', field, edges }, order };
    }
    case 'clauses': {
      const order = request.values.map(({ value }) => value);
      // A credential has one tier and one verdict, and can be on several shortlists.
      const isMultiple = filterField(name)?.kind === 'shortlist';
      return { ...common, isMultiple, engine: { kind: 'clauses', values: request.values }, order };
    }
    default: {
      const engine: Dimension = { kind: 'values', field: request.field, ...(await restriction(request, context)) };
      return { ...common, isMultiple: !singleFields.has(request.field), engine };
    }
  }
}

/** Paths of six characters are six digits, or one of ESCO's: those are told apart by their values. */
async function restriction(
  { field, length, only }: { field: KeywordField; length?: number; only?: string[] },
  { known }: QueryContext,
): Promise<{ length?: number; only?: string[] }> {
  if (length === undefined) return only ? { only } : {};
  if (length < 'esco:'.length) return { length };
  return { length, only: (await known.all(field)).filter((value) => value.length === length && /^\d+$/.test(value)) };
}

async function shownBy(
  plan: FacetPlan,
  values: string[],
  context: DimensionContext,
): Promise<ReadonlyMap<string, ShownValue>> {
  const { name } = plan.request;
  const facet = { buckets: values.map((value) => ({ value, count: 0 })), unknown: 0, truncated: false };
  const whole = 'size' in plan ? { ...plan, size: values.length } : plan;
  const labelled = (await labelledFacets({ [name]: facet }, [whole], context))[name]!.buckets;
  return new Map(values.map((value, at) => [value, { value: labelled[at]!.value, label: labelled[at]!.label }]));
}
