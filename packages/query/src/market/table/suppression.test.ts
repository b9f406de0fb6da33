import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hideSmall, linesOf } from './suppression.ts';

/** Weights of the cells, with those that are hidden in brackets. */
function hiddenOf(cells: Record<string, number>, threshold: number): string[] {
  const names = Object.keys(cells);
  const hidden = new Uint8Array(names.length);
  hideSmall(hidden, {
    weights: Object.values(cells),
    lines: linesOf(names.map((name) => name.split(' '))),
    threshold,
  });
  return names.filter((_, at) => hidden[at]);
}

test('a small cell is hidden, and the next smallest with it: else the total would give it away', () => {
  expect(hiddenOf({ a: 50, b: 20, c: 3, d: 30 }, 10)).toEqual(['b', 'c']);
});

test('two small cells whose sum is small too need a third', () => {
  expect(hiddenOf({ a: 50, b: 20, c: 3, d: 4 }, 10)).toEqual(['b', 'c', 'd']);
});

test('two small cells that together reach the threshold hide one another', () => {
  expect(hiddenOf({ a: 50, b: 20, c: 6, d: 4 }, 10)).toEqual(['c', 'd']);
});

test('in a table of two dimensions rows and columns are protected too', () => {
  // Hiding 1 x alone would be undone by the row 1 and by the column x.
  const cells = { '1 x': 2, '1 y': 30, '1 z': 40, '2 x': 20, '2 y': 50, '2 z': 60 };
  expect(hiddenOf(cells, 10)).toEqual(['1 x', '1 y', '2 x', '2 y']);
});

test('nothing is hidden where nothing is small, and cells that rest on nothing are not small', () => {
  expect(hiddenOf({ a: 10, b: 11, c: 0 }, 10)).toEqual([]);
});

test('a table of a single small cell hides it', () => {
  expect(hiddenOf({ a: 3 }, 10)).toEqual(['a']);
});

test('no line of any table gives a small sum away, and what is small is hidden', () => {
  const table = fc.array(fc.array(fc.nat(30), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(table, fc.integer({ min: 2, max: 15 }), (rows, threshold) => {
      const cells = rows.flatMap((row, at) => row.map((n, column) => ({ by: [String(at), String(column)], n })));
      const present = cells.filter(({ n }) => n > 0);
      const hidden = new Uint8Array(present.length);
      const lines = linesOf(present.map(({ by }) => by));
      hideSmall(hidden, { weights: present.map(({ n }) => n), lines, threshold });
      present.forEach(({ n }, at) => {
        if (n < threshold) expect(hidden[at]).toBe(1);
      });
      for (const pick of [0, 1])
        for (const line of Map.groupBy(present.keys(), (at) => present[at]!.by[pick]).values()) {
          const missing = line.filter((at) => hidden[at]);
          const sum = missing.reduce((total, at) => total + present[at]!.n, 0);
          const isWhole = missing.length === line.length;
          if (missing.length > 0 && !isWhole) expect([missing.length > 1, sum >= threshold]).toEqual([true, true]);
        }
    }),
  );
});
