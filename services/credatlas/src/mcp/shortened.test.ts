import { expect, test } from 'vitest';
import { maxCharacters, shortened } from './shortened.ts';
import type { JsonObject } from './Tool.ts';

/** A list of so many texts of 1,000 characters. */
const texts = (count: number) => Array.from({ length: count }, (_, number) => String(number).padEnd(1_000, '.'));
const lengthOf = (value: object | undefined) => JSON.stringify(value).length;

test('an answer that is short enough is left as it is', () => {
  const value = { meta: { total: 2 }, results: texts(2) };
  expect(shortened(structuredClone(value), [])).toEqual({ ...value, cut: [] });
});

test('the longest lists lose what is too much, from their end, and it is said how much', () => {
  const value = { meta: { total: 60 }, answers: texts(60), total: { counted: texts(3) } };
  const answer = shortened(structuredClone(value), []) as typeof value & { cut: object[] };
  expect(lengthOf(answer)).toBeLessThanOrEqual(maxCharacters);
  // 39 of 1,003 characters each would leave too little for the rest.
  expect(answer.answers).toEqual(texts(60).slice(0, answer.answers.length));
  expect(answer.answers.length).toBeGreaterThan(30);
  expect(answer.total).toEqual(value.total);
  expect(answer.cut).toEqual([{ at: '/answers', shown: answer.answers.length, of: 60 }]);
});

test('maps are shortened as lists are, and names in pointers are escaped', () => {
  const paths = Object.fromEntries(texts(300).map((text, number) => [`/a/${number}`, text]));
  const answer = shortened({ 'source/Paths': paths }, []);
  const { cut, ...rest } = answer as JsonObject & { cut: { at: string; shown: number; of: number }[] };
  expect(cut).toMatchObject([{ at: '/source~1Paths', of: 300 }]);
  expect(Object.keys(rest['source/Paths'] as object)).toHaveLength(cut[0]!.shown);
});

test('what is too long in one piece cannot be shortened', () => {
  expect(shortened({ results: ['x'.repeat(maxCharacters)] }, [])).toBeUndefined();
  expect(shortened({ name: 'x'.repeat(maxCharacters) }, [])).toBeUndefined();
});

test('one long item is shortened from within', () => {
  const answer = shortened({ bundles: [{ credentials: texts(100) }] }, []) as JsonObject;
  expect(answer.cut).toMatchObject([{ at: '/bundles/0/credentials', of: 100 }]);
});
