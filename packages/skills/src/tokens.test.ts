import { expect, test } from 'vitest';
import { compareUtf8, fold, sortKey, tokensOf } from './index.ts';

test('marks go, case goes, anything but letters and digits splits', () => {
  expect(tokensOf('Éducation  à-la_carte: 2nd (B.Sc.)')).toEqual(['education', 'a', 'la', 'carte', '2nd', 'b', 'sc']);
});

test('plus and number sign stay directly after a letter', () => {
  expect(tokensOf('C++, C# and F#/.NET 4+ +x')).toEqual(['c++', 'c#', 'and', 'f#', 'net', '4', 'x']);
});

test('compatibility forms are the same token', () => {
  expect(tokensOf('ﬁnance ①')).toEqual(['finance', '1']);
});

test('folding keeps punctuation and collapses space', () => {
  expect(fold('  Data\n Analysis – Ⅳ ')).toBe('data analysis – iv');
});

test('a sort key is at most 128 code points, never half a pair', () => {
  expect([...sortKey('😀'.repeat(200))]).toHaveLength(128);
});

test('order is that of UTF-8 bytes, where a surrogate pair comes after every other unit', () => {
  const words = ['\u{1F600}', '\uFF5E', 'z', 'a', 'ab'];
  const byBytes = [...words].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect([...words].sort(compareUtf8)).toEqual(byBytes);
});
