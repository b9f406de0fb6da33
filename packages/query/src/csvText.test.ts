import { expect, test } from 'vitest';
import { csvText } from './csvText.ts';

test('what a spreadsheet would run as a formula is made a text', () => {
  const dangerous = ['=1+1', '+1', '-1', '@sum(a1)', '\tx', '\rx', '\nx'];
  const lines = csvText(dangerous.map((text) => [text]));
  expect(lines).toBe(`'=1+1\r\n'+1\r\n'-1\r\n'@sum(a1)\r\n'\tx\r\n"'\rx"\r\n"'\nx"\r\n`);
});

test('blanks in front and wide signs do not hide a formula', () => {
  expect(csvText([[' =1', '\u00a0@x', '＝1', '\0-1', 'a=1']])).toBe("' =1,'\u00a0@x,'＝1,'\0-1,a=1\r\n");
});

test('numbers stay numbers, below zero too', () => {
  expect(csvText([[-1.5, 0, null]])).toBe('-1.5,0,\r\n');
});

test('commas, quotes and line ends are quoted', () => {
  expect(csvText([['a,b', 'say "x"', 'two\nlines', 'plain']])).toBe('"a,b","say ""x""","two\nlines",plain\r\n');
});
