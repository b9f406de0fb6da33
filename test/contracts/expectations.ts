import type { GroupAnswer, SearchDocument, SearchQuery, SortKey, TextQuery } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import { expect } from 'vitest';
import { compareKeys, type ReferenceSearch } from './ReferenceSearch.ts';
import type { referenceGroups } from './ReferenceTables.ts';

export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export async function expectSearch(
  engine: SearchEngine,
  reference: ReferenceSearch,
  query: SearchQuery,
): Promise<void> {
  const [answer, expected] = [await engine.search(query), reference.search(query)];
  expect(answer.total).toBe(expected.ids.length);
  expect(answer.facets).toEqual(expected.facets);
  const ids = answer.hits.map(({ id }) => id);
  expectOrder(reference, query.sort.length === 0 ? query.text : undefined, ids, expected.ids);
}

export function expectTable(answer: GroupAnswer, expected: ReturnType<typeof referenceGroups>): void {
  expect(answer.approximate).toEqual([]);
  const groups = ({ rows }: Pick<GroupAnswer, 'rows'>) => rows.map(({ by, count }) => ({ by, count }));
  expect(groups(answer)).toEqual(groups(expected));
  for (const [index, row] of [...answer.rows, answer.totals].entries())
    expectNumbers(row.values, [...expected.rows, expected.totals][index]!.values);
}

/** Sums run in another order, so the last bits may differ. */
function expectNumbers(values: (number | null)[], expected: (number | null)[]): void {
  expect(values.map((value) => value === null)).toEqual(expected.map((value) => value === null));
  values.forEach((value, index) => {
    if (value !== null) expect(Math.abs(value - expected[index]!)).toBeLessThanOrEqual(1e-9 * Math.abs(value));
  });
}

/** Relevance order counts where scores differ by more than 1e-4 relative, ties go by id; the sets must be equal always. */
export function expectOrder(
  reference: ReferenceSearch,
  text: TextQuery | undefined,
  ids: string[],
  expected: string[],
): void {
  if (!text) {
    expect(ids).toEqual(expected);
    return;
  }
  expect([...ids].sort()).toEqual([...expected].sort());
  expectRanked(reference, { text, sort: [{ by: 'relevance', descending: true }] }, ids);
}

/** Every document comes after the one before it, by the first key in which they differ, else by id. */
export function expectRanked(
  reference: ReferenceSearch,
  { text, sort }: { text: TextQuery; sort: SortKey[] },
  ids: string[],
): void {
  const orders = (before: string, after: string): number => {
    for (const key of sort) {
      const [one, other] = [before, after].map((id) => reference.documents.get(id)!) as [
        SearchDocument,
        SearchDocument,
      ];
      const order =
        key.by === 'relevance' ? compareRelevance(reference, text, [one, other]) : compareKeys(one, other, key);
      if (order !== 0) return order;
    }
    return byBytes(before, after);
  };
  const wrong = ids.slice(1).filter((id, at) => orders(ids[at]!, id) > 0);
  expect(wrong).toEqual([]);
}

/** NaN, which is neither, where the order is open: scores within 1e-4, or sums of several words, whose last bits differ by the order of adding. */
function compareRelevance(
  reference: ReferenceSearch,
  text: TextQuery,
  [one, other]: [SearchDocument, SearchDocument],
): number {
  const [[isStrict, a], [isOtherStrict, b]] = [reference.rank(one, text), reference.rank(other, text)];
  if (isStrict !== isOtherStrict) return isOtherStrict - isStrict;
  const words = text.units.reduce((sum, { tokens }) => sum + tokens.length, 0);
  if (Math.abs(a - b) <= 1e-12 * a) return isStrict === 1 && words > 2 ? Number.NaN : 0;
  return Math.abs(a - b) <= 1e-4 * a ? Number.NaN : b - a;
}
