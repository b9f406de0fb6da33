import { expect, test } from 'vitest';
import { pointerLines } from './index.ts';

const text = [
  '{', // 1
  '  "@graph": [', // 2
  '    { "name": "a \\" { [ ,", "a/b": 1 },', // 3
  '    {', // 4
  '      "tilde~": [1,', // 5
  '        {"deep": null}]', // 6
  '    }', // 7
  '  ]', // 8
  '}',
].join('\n');

test.each([
  ['', 1],
  ['/@graph', 2],
  ['/@graph/0', 3],
  ['/@graph/0/a~1b', 3],
  ['/@graph/1', 4],
  ['/@graph/1/tilde~0', 5],
  ['/@graph/1/tilde~0/1', 6],
  ['/@graph/1/tilde~0/1/deep', 6],
])('%s stands on line %i', (pointer, line) => {
  expect(pointerLines(text, [pointer]).get(pointer)).toBe(line);
});

test('of what the text does not hold, the line of what is around it', () => {
  const lines = pointerLines(text, ['/@graph/1/absent/3', '/nothing']);
  expect([...lines.values()]).toEqual([4, 1]);
});

test('a key that is written with an escape is found', () => {
  expect(pointerLines('{\n"\\u0061":\n1}', ['/a']).get('/a')).toBe(3);
});
