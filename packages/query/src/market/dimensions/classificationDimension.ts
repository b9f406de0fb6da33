import { nearestName } from '@credatlas/model';
import type { ListItem } from '../../parameterFault.ts';
import { categoryValues } from '../classification/categoryValues.ts';
import { dimensionFault } from './dimensionFault.ts';
import type { DimensionContext, MarketDimension } from './MarketDimension.ts';

/** The categories of a classification scheme. */
export async function classificationDimension(
  item: ListItem,
  id: string,
  context: DimensionContext,
): Promise<MarketDimension> {
  const scheme = context.classifications.find((each) => each.id === id);
  if (!scheme) {
    const ids = context.classifications.map((each) => each.id);
    const detail = `There is no classification "${id}". Schemes: ${ids.join(', ')}.`;
    throw dimensionFault('unknown_dimension', item, detail, `classification:${nearestName(id, ids) ?? ids[0]}`);
  }
  const values = await categoryValues(scheme, context);
  return {
    name: item.text,
    label: scheme.title,
    isMultiple: false,
    engine: { kind: 'clauses', values },
    order: values.map(({ value }) => value),
    shown: async () => new Map(scheme.categories.map(({ id: value, label }) => [value, { value, label }])),
    scheme: id,
  };
}
