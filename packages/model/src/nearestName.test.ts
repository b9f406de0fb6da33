import { expect, test } from 'vitest';
import { nearestName } from './nearestName.ts';

test('the nearest name has the fewest edits', () => {
  expect(nearestName('famly', ['level', 'family', 'familyName'])).toBe('family');
  expect(nearestName('provdier', ['provider', 'providerType'])).toBe('provider');
  expect(nearestName('Sort', ['size', 'sort'])).toBe('sort');
});

test('a name far from all candidates has no nearest one', () => {
  expect(nearestName('banana', ['cost', 'level'])).toBeUndefined();
  expect(nearestName('x'.repeat(100_000), ['x'])).toBeUndefined();
});
