import { InvalidInputError, nearestName, type SortKey } from '@credatlas/model';
import { filterField, moneyColumn, sortNames } from './fields.ts';

/** Keys of the `sort` parameter: `-updatedAt,cost`. Throws InvalidInputError `unknown_sort`. */
export function sortKeys(text: string | undefined, given: { currency: string; hasText: boolean }): SortKey[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => sortKey(part, given));
}

function sortKey(part: string, { currency, hasText }: { currency: string; hasText: boolean }): SortKey {
  const descending = part.startsWith('-');
  const name = descending ? part.slice(1) : part;
  if (name === 'relevance' && hasText) return { by: 'relevance', descending };
  if (name === 'name') return { by: 'name', descending };
  const field = filterField(name);
  if (field?.kind === 'number' || field?.kind === 'date') return { by: field.engine, descending };
  if (field?.kind === 'money') return { by: moneyColumn(field.engine, currency), descending };
  const detail =
    name === 'relevance'
      ? 'Sorting by relevance needs q.'
      : `There is no sort "${name}". Sorts: ${sortNames.join(', ')}.`;
  const suggestion = nearestName(name, sortNames);
  throw new InvalidInputError('unknown_sort', detail, {
    faults: [
      { code: 'unknown_sort', parameter: 'sort', detail, ...(suggestion && suggestion !== name ? { suggestion } : {}) },
    ],
  });
}
