import { type ListItem, listItems } from '../../parameterFault.ts';
import { classificationDimension } from './classificationDimension.ts';
import { dimensionFault } from './dimensionFault.ts';
import { facetDimension } from './facetDimension.ts';
import { levelDimension } from './levelDimension.ts';
import type { DimensionContext, MarketDimension } from './MarketDimension.ts';
import { periodDimension } from './periodDimension.ts';
import { isPeriod } from './periods.ts';

/** More axes than anybody reads; each multiplies the rows. */
const maxDimensions = 6;

/**
 * Dimensions of the `by` parameter: any facet, `level`, dates by `.year`, `.quarter`, `.month`, and `classification:SCHEME`. Throws
 * InvalidInputError `unknown_dimension`, `malformed_dimension` or `repeated_dimension`.
 */
export async function marketDimensions(
  text: string | undefined,
  context: DimensionContext,
): Promise<MarketDimension[]> {
  const items = listItems(text);
  if (items.length > maxDimensions)
    throw dimensionFault('malformed_dimension', items[maxDimensions]!, `At most ${maxDimensions} dimensions at once.`);
  const repeated = items.find((item, index) => items.findIndex((each) => each.text === item.text) < index);
  if (repeated) throw dimensionFault('repeated_dimension', repeated, `"${repeated.text}" is asked for twice.`);
  const dimensions: MarketDimension[] = [];
  for (const item of items) dimensions.push(await dimensionOf(item, context));
  return dimensions;
}

async function dimensionOf(item: ListItem, context: DimensionContext): Promise<MarketDimension> {
  const [, scheme] = /^classification:(.*)$/.exec(item.text) ?? [];
  if (scheme !== undefined) return classificationDimension(item, scheme, context);
  const [, date = '', period = ''] = /^([A-Za-z]+)\.([A-Za-z]+)$/.exec(item.text) ?? [];
  if (isPeriod(period)) return periodDimension(item, { date, period }, context);
  if (item.text === 'level') return levelDimension;
  // How many buckets a facet shows has no meaning here.
  if (/:\d+$/.test(item.text))
    throw dimensionFault(
      'malformed_dimension',
      item,
      `"${item.text}" is no dimension.`,
      item.text.replace(/:\d+$/, ''),
    );
  return facetDimension(item, context);
}
