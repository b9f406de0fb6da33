import { expect, test } from 'vitest';
import { daysOf, isDuration, meantDate, readCurrency, readDate, readLanguage, readNumber } from './literalForms.ts';

test.each([
  ['2024-02-29', 'day'],
  ['2023-02-29', undefined],
  ['2024-05', 'part'],
  ['2024', 'part'],
  ['2024-13', undefined],
  ['2024-05-01T08:00:00Z', 'day'],
  ['2024-05-01T08:00', 'day'],
  ['2024-05-01T25:00:00', undefined],
  ['2024-05-01T08:00:00.123-05:00', 'day'],
  ['2018-12-1', undefined],
  ['May 2024', undefined],
])('the date %s is %s', (text, precision) => {
  expect(readDate(text)).toBe(precision);
});

test.each([
  ['12/2019', '2019-12'],
  ['25/3/2019', '2019-03-25'],
  ['3/25/2019', '2019-03-25'],
  // Both the third of April and the fourth of March.
  ['3/4/2019', undefined],
  ['4/4/2019', '2019-04-04'],
  ['13/13/2019', undefined],
])('%s can only mean %s', (text, meant) => {
  expect(meantDate(text)).toBe(meant);
});

test.each([
  ['P2Y', true],
  ['P1Y2M3W4DT5H6M', true],
  ['PT40H', true],
  ['P0.5Y', true],
  ['P', false],
  ['PT', false],
  ['2Y', false],
  ['P2 years', false],
])('%s is a duration: %s', (text, is) => {
  expect(isDuration(text)).toBe(is);
});

test('durations are compared by days', () => {
  expect(daysOf('P1W')).toBe(7);
  expect(daysOf('P2M')).toBe(60.875);
  expect(daysOf('PT36H')).toBe(1.5);
});

test.each([
  ['USD', 'USD', true],
  ['usd', 'USD', false],
  ['US Dollar', 'USD', false],
  ['Pound Sterling', 'GBP', false],
  ['$', 'USD', false],
  ['MISSING_CURRENCY', undefined, false],
])('the currency %s is %s', (text, code, isCode) => {
  expect(readCurrency(text)).toEqual({ ...(code ? { code } : {}), isCode });
});

test.each([
  ['en', 'en', true],
  ['en-us', 'en-US', true],
  ['English', 'en', false],
  ['en_US', 'en-US', false],
  ['en:us', 'en-US', false],
  ['Spanish', 'es', false],
  ['Klingonese', undefined, false],
  ['', undefined, false],
])('the language %s is %s', (text, tag, isTag) => {
  expect(readLanguage(text)).toEqual({ ...(tag ? { tag } : {}), isTag });
});

test.each([
  [3, 3],
  ['30000', 30_000],
  ['1e3', 1_000],
  ['.5', 0.5],
  ['1,000', undefined],
  ['', undefined],
  ['free', undefined],
  [true, undefined],
])('the number %s is %s', (value, number) => {
  expect(readNumber(value)).toBe(number);
});
