import { expect, test } from 'vitest';
import { distinctBy } from './distinctBy.ts';

test('each identity stands where it was first met, with the value that was met last', () => {
  const values = ['Nursing', 'welding', 'NURSING'];
  expect(distinctBy(values, (value) => value.toLowerCase())).toEqual(['NURSING', 'welding']);
});

test('a list without repetitions is the one that was given', () => {
  const values = ['nursing', 'welding'];
  expect(distinctBy(values, (value) => value)).toBe(values);
});
