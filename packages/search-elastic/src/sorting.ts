import type { NumberField, SearchCursor, SearchQuery, SortKey } from '@credatlas/model';
import type { estypes } from '@elastic/elasticsearch';
import { malformedCursor } from './cursorFaults.ts';
import { isWhole, numberPath } from './indexDefinition.ts';

/** Stands for a missing number: no real value comes near it, and it survives JSON. */
function missingNumber(field: NumberField, descending: boolean): number {
  const most = isWhole(field) ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
  return descending ? -most : most;
}

/** What is asked for, or relevance with text, else name. */
export function sortKeysOf({ sort, text }: Pick<SearchQuery, 'sort' | 'text'>): SortKey[] {
  const keys = sort.filter(({ by }) => by !== 'relevance' || text);
  if (keys.length > 0) return keys;
  return text ? [{ by: 'relevance', descending: true }] : [{ by: 'name', descending: false }];
}

/** Missing last in both directions, ties by id; keywords compare in UTF-8 bytes. Backwards: the very same the other way round. */
export function sortSpecification(keys: readonly SortKey[], isBackwards = false): estypes.SortCombinations[] {
  const forwards: KeySort[] = [...keys.flatMap(keySpecification), { id: { order: 'asc' } }];
  return isBackwards ? forwards.map(reversed) : forwards;
}

type KeySort = Record<string, { order: 'asc' | 'desc'; missing?: string | number; [option: string]: unknown }>;

function reversed(sort: KeySort): KeySort {
  return Object.fromEntries(
    Object.entries(sort).map(([field, { order, missing, ...options }]) => {
      const other = missing === '_last' ? '_first' : missing;
      return [
        field,
        { ...options, order: order === 'asc' ? 'desc' : 'asc', ...(other === undefined ? {} : { missing: other }) },
      ];
    }),
  );
}

function keySpecification(key: SortKey): KeySort[] {
  const order = key.descending ? 'desc' : 'asc';
  switch (key.by) {
    case 'relevance':
      return [{ _score: { order } }];
    case 'name':
      return [{ sortName: { order, missing: '_last' } }];
    case 'distance': {
      // A document without a place counts as infinitely far, so that falling order would begin with it.
      const from = { lat: key.from.latitude, lon: key.from.longitude };
      return [
        { located: { order: 'desc', missing: 0 } },
        { _geo_distance: { points: from, order, mode: 'min', unit: 'm' } },
      ];
    }
    default:
      return [{ [numberPath(key.by)]: { order, missing: missingNumber(key.by, key.descending) } }];
  }
}

/** The cursor of a page that ended with a hit of these sort values: the values as they are, the id last. */
export function keysetCursor(values: readonly unknown[]): SearchCursor {
  const plain = values as (number | string | null)[];
  return { kind: 'keyset', values: plain.slice(0, -1), id: String(plain.at(-1)) };
}

/** Where the page after this cursor begins. Throws InvalidInputError `malformed_cursor` when it was made for another sort, or made up. */
export function searchAfter(cursor: SearchCursor, keys: readonly SortKey[]): estypes.SortResults {
  if (cursor.kind !== 'keyset') throw malformedCursor();
  const kinds = keys.flatMap(({ by }) =>
    by === 'distance' ? ['number', 'number'] : by === 'name' ? ['string'] : ['number'],
  );
  const fits = ({ values }: { values: readonly unknown[] }): boolean =>
    values.length === kinds.length &&
    // Infinity, the distance of what has no place, is text in JSON.
    kinds.every((kind, at) => typeof values[at] === kind || values[at] === (kind === 'string' ? null : 'Infinity'));
  if (!fits(cursor)) throw malformedCursor();
  return [...cursor.values, cursor.id];
}
