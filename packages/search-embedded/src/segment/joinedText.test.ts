import { expect, test } from 'vitest';
import { fieldEnd, firstTerm, type InvertedText, inverted, valueEnd } from './invertedText.ts';
import { joinedText } from './joinedText.ts';
import { largestFrequency } from './weightedFields.ts';

/** A document with these terms, by number, in its name and in its description, each one value. */
function tokensOf(name: number[], description: number[]): number[] {
  const [own, last] = [name, description].map((terms) => [
    ...terms.map((term) => firstTerm + term),
    valueEnd,
    fieldEnd,
  ]);
  return [...own!, fieldEnd, fieldEnd, fieldEnd, ...last!];
}

const documents = [
  tokensOf([0, 1], [1, 2]),
  tokensOf(
    [],
    Array.from({ length: 3_000 }, () => 1),
  ),
  tokensOf([2], [3, 2]),
];

/** Of these documents, numbered from `first` on. */
function textOf(own: readonly number[][], { terms, first }: { terms: number; first: number }): InvertedText {
  return inverted({ tokens: Uint32Array.from(own.flat()), terms, first, size: own.length });
}

test('text in the order of documents comes in the order of terms, with its positions', () => {
  const text = joinedText([textOf(documents, { terms: 4, first: 0 })], Uint32Array.of(3, 2, 1, 0));

  expect(text.offsets).toEqual(Uint32Array.of(0, 1, 3, 5, 6));
  expect(text.documents).toEqual(Uint32Array.of(2, 0, 2, 0, 1, 0));
  expect(text.bytes.subarray(text.positionOffsets[0], text.positionOffsets[2])).toEqual(
    Uint8Array.of(1, 2, 1, 4, 2, 0, 3),
  );
  expect(text.weights[4]! & largestFrequency).toBe(largestFrequency);
  expect(text.overflow).toEqual([{ posting: 4, frequency: 3_000 }]);
});

test('parts make the same text as all at once', () => {
  const order = Uint32Array.of(1, 3, 0, 2);
  const whole = textOf(documents, { terms: 4, first: 0 });
  const parts = [
    textOf(documents.slice(0, 1), { terms: 3, first: 0 }),
    textOf(documents.slice(1), { terms: 4, first: 1 }),
  ];

  expect(joinedText(parts, order)).toEqual(joinedText([whole], order));
});
