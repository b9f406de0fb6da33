import { type Coordinates, nearestName, type SortKey } from '@credatlas/model';
import { filterField, filterFields } from './fields.ts';
import { type ListItem, listItems, parameterFault } from './parameterFault.ts';
import { columnOf, isOrdered } from './span.ts';

const sortNames = ['relevance', 'name', 'distance', ...filterFields.filter(isOrdered).map(({ name }) => name)];

/** Keys of the `sort` parameter: `-updatedAt,cost`. Throws InvalidInputError `unknown_sort` or `repeated_sort`. */
export function sortKeys(text: string | undefined, given: SortContext): SortKey[] {
  const items = listItems(text);
  const names = items.map((item) => item.text.replace(/^-/, ''));
  const repeated = items.find((_, index) => names.indexOf(names[index] ?? '') < index);
  if (repeated)
    throw parameterFault('repeated_sort', {
      parameter: 'sort',
      position: repeated.position,
      detail: `"${repeated.text}" sorts by what stands before it already.`,
    });
  return items.map((item) => sortKey(item, given));
}

interface SortContext {
  currency: string;
  hasText: boolean;
  /** What distances are measured from. */
  centre: Coordinates | undefined;
}

function sortKey({ text, position }: ListItem, given: SortContext): SortKey {
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  if (name === 'name') return { by: 'name', descending };
  if (name === 'relevance') {
    // The best come first; there is no other order of relevance.
    if (given.hasText && !descending) return { by: 'relevance', descending: true };
    throw parameterFault('unknown_sort', {
      parameter: 'sort',
      position,
      detail: descending ? 'Relevance is sorted best first only.' : 'Without q there is no relevance.',
      suggestion: descending ? 'relevance' : 'name',
    });
  }
  if (name === 'distance') {
    if (given.centre) return { by: 'distance', from: given.centre, descending };
    throw parameterFault('unknown_sort', {
      parameter: 'sort',
      position,
      detail: 'Distance is measured from the centre of near, which the filter does not hold.',
      suggestion: 'filter=near:40.7..-74.0..50km',
    });
  }
  const field = filterField(name);
  if (isOrdered(field)) return { by: columnOf(field, given.currency), descending };
  throw parameterFault('unknown_sort', {
    parameter: 'sort',
    position,
    detail: `There is no sort "${name}". Sorts: ${sortNames.join(', ')}; with "-" in front: the other way round.`,
    suggestion: nearestName(name, sortNames),
  });
}
