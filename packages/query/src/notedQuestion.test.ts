import { expect, test } from 'vitest';
import { notedQuestion } from './notedQuestion.ts';

test.each([
  [
    'words folded, without what a filter’s values say',
    { q: ' Café  DATA ', filter: 'cost:<2000' },
    'cafe data',
    ['cost'],
  ],
  ['fields once, in order', { filter: 'skill:a,cost:*,skill:b' }, '', ['cost', 'skill']],
  ['what is missing is let through', { filter: 'cost:none,days:!5|none,level:none|3' }, '', []],
  ['an alternative keeps nobody out by itself', { filter: '(cost:1|days:2),level:3' }, '', ['level']],
  ['an address is somebody’s own', { q: 'me@a.example' }, '', []],
  ['a long number is somebody’s own', { q: 'student 1234567' }, '', []],
  ['long words are nobody’s question', { q: 'x'.repeat(81) }, '', []],
  ['nothing', {}, '', []],
])('a question is counted by %s', (_title, asked, text, fields) => {
  expect(notedQuestion(asked)).toEqual({ text, fields });
});
