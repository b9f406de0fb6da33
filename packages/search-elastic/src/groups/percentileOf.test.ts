import { expect, test } from 'vitest';
import { percentileOf } from './percentileOf.ts';

test.each([
  // h = (n − 1)p: of 1, 2, 3, 4 the median lies halfway between the second and the third.
  [[1, 2, 3, 4], 0.5, 2.5],
  [[1, 2, 3], 0.5, 2],
  [[10, 20], 0.25, 12.5],
  [[10, 20, 30, 40, 50], 0.9, 46],
  [[7], 0.99, 7],
])('of %j at %d lies %d', (values, p, expected) => {
  const weighted = values.map((value) => ({ value, count: 1 })).reverse();
  expect(percentileOf(weighted, p)).toBeCloseTo(expected, 10);
});

test('a value counts as often as documents have it, and no value is no percentile', () => {
  const weighted = [
    { value: 100, count: 1 },
    { value: 0, count: 99 },
  ];
  expect(percentileOf(weighted, 0.5)).toBe(0);
  expect(percentileOf(weighted, 1)).toBe(100);
  expect(percentileOf([], 0.5)).toBeNull();
});
