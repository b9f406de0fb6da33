import { type InvalidInputError, nearestName } from '@credatlas/model';
import { filterFields } from '../../fields.ts';
import { type ListItem, parameterFault } from '../../parameterFault.ts';
import { isOrdered } from '../../span.ts';

/** The refusal of one of the dimensions of `by`. */
export function dimensionFault(
  code: string,
  { position }: ListItem,
  ...[detail, suggestion]: [detail: string, suggestion?: string]
): InvalidInputError {
  return parameterFault(code, { parameter: 'by', position, detail, suggestion });
}

/** The refusal of a facet, told of the dimension that it was meant as. */
export function asDimensionFault(item: ListItem, { code, faults: [own] }: InvalidInputError): InvalidInputError {
  const suggestion = own?.suggestion ?? nearestName(item.text, dimensionNames);
  if (code !== 'unknown_facet') return dimensionFault('malformed_dimension', item, own?.detail ?? '', suggestion);
  const detail = `There is no dimension "${item.text}". Dimensions: ${dimensionNames.join(', ')}.`;
  return dimensionFault('unknown_dimension', item, detail, suggestion);
}

const dimensionNames: readonly string[] = [
  ...filterFields.flatMap((field) => {
    const { kind, name } = field;
    if (kind === 'date') return [`${name}.year`, `${name}.quarter`, `${name}.month`];
    if (name !== 'level' && isOrdered(field)) return [`${name}.bands(…)`];
    if (kind === 'rule') return ['rule:NAME'];
    return kind === 'validOn' || (kind === 'keyword' && !field.isFacet) ? [] : [name];
  }),
  'classification:SCHEME',
];
