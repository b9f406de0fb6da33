import type { SearchDocument } from '@credatlas/model';
import { expect, test } from 'vitest';
import { documentBody, keyOf, keywordOf, suggestionKeyword, suggestionOf, tokenOf } from './documentBody.ts';

const bare: SearchDocument = {
  id: 'acme:1',
  seq: 3,
  text: {},
  keywords: {},
  numbers: {},
  recognitions: [],
  sortName: '',
  suggestions: [],
};

test('an enormous value is cut and kept apart from others with the same beginning; its key stays within 512 bytes', () => {
  const [long, other] = ['日'.repeat(50_000), `${'日'.repeat(50_000)}x`];
  for (const shortened of [keywordOf(long), tokenOf(long), keyOf('term', long)]) {
    expect(Buffer.byteLength(shortened)).toBeLessThanOrEqual(32_766);
    expect(shortened).toMatch(/^(term:)?日+#[0-9a-f]{32}$/);
  }
  expect(Buffer.byteLength(keyOf('term', long))).toBeLessThanOrEqual(512);
  expect(keywordOf(long)).not.toBe(keywordOf(other));
});

test('half a character is replaced, since UTF-8 cannot carry it', () => {
  expect(keywordOf('a\ud83d')).toBe('a\ufffd');
});

test('what is no number and no place on Earth is left out', () => {
  const body = documentBody({
    ...bare,
    numbers: { days: Number.NaN, hours: 2 },
    points: [
      { latitude: 91, longitude: 0 },
      { latitude: 40, longitude: -74 },
    ],
  });
  expect(body).toMatchObject({ numbers: { hours: 2 }, points: [[-74, 40]], located: 1 });
  expect(documentBody({ ...bare, points: [{ latitude: 0, longitude: 181 }] })).not.toHaveProperty('located');
});

test('an empty name sorts as a missing one', () => {
  expect(documentBody(bare)).not.toHaveProperty('sortName');
});

test('a value that can be completed carries the tokens of its label, and gives them back', () => {
  const keyword = suggestionKeyword({ field: 'skill', value: 'esco:1', tokens: ['welding', 'arc', 'arc'] });
  expect(suggestionOf(keyword)).toEqual({ value: 'esco:1', tokens: ['arc', 'welding'] });
});
