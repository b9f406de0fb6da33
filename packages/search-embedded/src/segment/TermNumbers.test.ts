import { expect, test } from 'vitest';
import { TermNumbers } from './TermNumbers.ts';

test('a term keeps its number however many follow', () => {
  const numbers = new TermNumbers();
  const terms = ['__proto__', '7', ...Array.from({ length: 70_000 }, (_, at) => `term ${at}`), 'constructor', '8'];

  terms.forEach((term, at) => {
    expect(numbers.numberOf(term)).toBe(at);
  });

  expect(terms.map((term) => numbers.numberOf(term))).toEqual([...terms.keys()]);
  expect(numbers.terms).toEqual(terms);
});
