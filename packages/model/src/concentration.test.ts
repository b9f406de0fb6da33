import { expect, test } from 'vitest';
import { hhiOf, topShareOf } from './concentration.ts';

test('the index is the sum of the squared shares', () => {
  expect(hhiOf([5, 3, 2])).toBeCloseTo(0.25 + 0.09 + 0.04, 12);
  expect(hhiOf([7])).toBe(1);
  expect(hhiOf([1, 1, 1, 1])).toBe(0.25);
});

test('the largest have their share, in whatever order they come', () => {
  expect(topShareOf([1, 9, 2, 8, 3, 7], 4)).toBeCloseTo((9 + 8 + 7 + 3) / 30, 12);
  expect(topShareOf([5, 5, 5], 2)).toBeCloseTo(2 / 3, 12);
  expect(topShareOf([2, 1], 4)).toBe(1);
});

test('of nothing there is neither', () => {
  expect([hhiOf([]), topShareOf([], 4)]).toEqual([undefined, undefined]);
});
