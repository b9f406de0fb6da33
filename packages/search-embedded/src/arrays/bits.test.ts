import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, bitsFor, listed, sizeOf, sizeOfBoth, united } from './bits.ts';

const size = 1_000;
const documents = fc.uniqueArray(fc.nat(size - 1)).map((own) => new Set(own));

function bitsOf(own: ReadonlySet<number>) {
  return add(bitsFor(size), Uint32Array.from(own));
}

test('sets of documents are counted, listed and united as sets of numbers are', () => {
  fc.assert(
    fc.property(fc.array(documents, { maxLength: 6 }), documents, (sets, other) => {
      const all = new Set(sets.flatMap((own) => [...own]));
      const bits = united(sets.map(bitsOf), size);
      expect([...listed(bits)]).toEqual([...all].sort((a, b) => a - b));
      expect(sizeOf(bits)).toBe(all.size);
      expect(sizeOfBoth(bits, bitsOf(other))).toBe([...other].filter((document) => all.has(document)).length);
    }),
  );
});

test('every bit of every word is counted', () => {
  for (const words of [1, 11, 12, 13, 25, 100])
    expect(sizeOf(new Uint32Array(words).fill(0xffffffff))).toBe(32 * words);
});
