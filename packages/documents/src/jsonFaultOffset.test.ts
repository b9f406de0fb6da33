import { expect, test } from 'vitest';
import { jsonFaultOffset } from './jsonFaultOffset.ts';

/** The mark shows where the text stops being JSON; it is taken out before. */
test.each([
  ['{"a": ¦oops}'],
  ['{"a": 1, ¦}'],
  ['[1, ¦]'],
  ['{"a" ¦1}'],
  ['{"a": 1 ¦"b": 2}'],
  ['{¦a: 1}'],
  ['{"a": ¦01}'],
  ['{"a": ¦"open'],
  ['{"a": ¦"tab\tinside"}'],
  ['{"a": [1, 2¦}'],
  ['{"a": {}, "b": [true, null, -1.5e3, "\\u00e9"]}¦'],
  ['{"a": 1} ¦{"b": 2}'],
  ['{"a": [¦'],
])('%s breaks at the mark', (marked) => {
  expect(jsonFaultOffset(marked.replace('¦', ''))).toBe(marked.indexOf('¦'));
});

test('a text of many megabytes does not exhaust the matcher', () => {
  const long = 'x'.repeat(8_000_000);
  expect(jsonFaultOffset(`{"a": "${long}", b}`)).toBe(long.length + 10);
});
