import { expect, test } from 'vitest';
import { textTable } from './textTable.ts';

const rows = [
  ['family', 'count'],
  ['badge', 1200],
  ['a very long family name', 3],
];

test('texts stand to the left, numbers to the right', () => {
  expect(textTable(rows, 80)).toEqual([
    'family                   count',
    'badge                    1,200',
    'a very long family name      3',
  ]);
});

test('what is wider than the terminal is cut in its texts, never in its numbers', () => {
  expect(textTable(rows, 20)).toEqual(['family         count', 'badge          1,200', 'a very long …      3']);
  expect(textTable(rows, 5)).toEqual(['family    count', 'badge     1,200', 'a very …      3']);
});

test('a number that is missing leaves its place empty', () => {
  expect(
    textTable(
      [
        ['region', 'cost'],
        ['NJ', 10],
        ['NY', null],
      ],
      80,
    ),
  ).toEqual(['region  cost', 'NJ        10', 'NY']);
});
