import type { GroupAnswer, SearchQuery, TextQuery } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import { expect } from 'vitest';
import type { ReferenceSearch } from './ReferenceSearch.ts';
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

/** Relevance order counts where scores differ by more than 1e-4 relative; the sets must be equal always. */
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
  const ranks = ids.map((id) => reference.rank(reference.documents.get(id)!, text));
  for (let index = 1; index < ranks.length; index++) {
    const [before, after] = [ranks[index - 1]!, ranks[index]!];
    expect(before[0]).toBeGreaterThanOrEqual(after[0]);
    if (before[0] === after[0]) expect(before[1]).toBeGreaterThanOrEqual(after[1] * (1 - 1e-4));
  }
}
