import { expect, test } from 'vitest';
import { dropped, mergeTables } from './mergeTables.ts';
import { type StringTable, sizeOf, tableOf, textAt } from './StringTable.ts';

function textsOf(table: StringTable): string[] {
  return Array.from({ length: sizeOf(table) }, (_, at) => textAt(table, at));
}

test('strings of several tables come once, by their bytes, and each table learns where its own went', () => {
  const { table, maps } = mergeTables([['a', 'c', 'é'], [], ['b', 'c'], ['b', 'c'], ['', 'é', '𝒜']].map(tableOf));

  expect(textsOf(table)).toEqual(['', 'a', 'b', 'c', 'é', '𝒜']);
  expect(maps.map((map) => [...map])).toEqual([[1, 3, 4], [], [2, 3], [2, 3], [0, 4, 5]]);
});

test('a string is left out of a table that does not keep it, and of all when none does', () => {
  const keeps = [Uint8Array.of(1, 0, 0), Uint8Array.of(0, 1)];
  const { table, maps } = mergeTables([tableOf(['a', 'b', 'c']), tableOf(['b', 'c'])], keeps);

  expect(textsOf(table)).toEqual(['a', 'c']);
  expect(maps.map((map) => [...map])).toEqual([
    [0, dropped, dropped],
    [dropped, 1],
  ]);
});

test('no tables make an empty one', () => {
  expect(textsOf(mergeTables([]).table)).toEqual([]);
});
