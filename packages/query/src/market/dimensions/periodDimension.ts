import { nearestName } from '@credatlas/model';
import { filterField, filterFields } from '../../fields.ts';
import type { ListItem } from '../../parameterFault.ts';
import { dimensionFault } from './dimensionFault.ts';
import type { DimensionContext, MarketDimension } from './MarketDimension.ts';
import { type Period, periodBands } from './periods.ts';

/** A date by year, quarter or month. */
export async function periodDimension(
  item: ListItem,
  { date, period }: { date: string; period: Period },
  context: DimensionContext,
): Promise<MarketDimension> {
  const field = filterField(date);
  if (field?.kind !== 'date') {
    const dates = filterFields.flatMap(({ kind, name }) => (kind === 'date' ? [name] : []));
    const suggestion = `${nearestName(date, dates) ?? 'effective'}.${period}`;
    throw dimensionFault('unknown_dimension', item, `"${date}" is no date. Dates: ${dates.join(', ')}.`, suggestion);
  }
  const { on } = context.judgement;
  const span = (await context.spanOf(field.engine)) ?? { first: on, last: on };
  const { edges, names } = periodBands({ ...span, on }, period);
  return {
    name: item.text,
    label: item.text,
    isMultiple: false,
    engine: { kind: 'bands', field: field.engine, edges },
    order: [...names.keys()],
    shown: async () => new Map([...names].map(([band, name]) => [band, { value: name, label: name }])),
  };
}
