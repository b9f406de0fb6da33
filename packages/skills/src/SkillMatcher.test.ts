import { expect, test } from 'vitest';
import { SkillMatcher, SkillTable } from './index.ts';

const matcher = new SkillMatcher(SkillTable.read());
const labels = (text: string) => matcher.find(text).map(({ label }) => label);

test('labels are found by light stems, in any order, with where they stand', () => {
  const text = 'You will be communicating with the customer. Project managing!';
  expect(matcher.find(text).map(({ label, start, end }) => [label, text.slice(start, end)])).toEqual([
    ['communicate with customers', 'communicating with the customer'],
    ['project management', 'Project managing'],
  ]);
});

test('a label does not run across the end of a sentence or of an item', () => {
  expect(labels('This is about project. Management follows.')).toEqual([]);
  expect(labels('project\nmanagement')).toEqual([]);
});

test('a single word counts only as it is written, and not when it is too general', () => {
  expect(labels('Python and its uses')).toEqual(['Python (computer programming)']);
  expect(labels('Bachelor of Science; introduction to the program, by accountants')).toEqual([]);
});

test('an abbreviation counts only where it is written as one', () => {
  expect(labels('reports in SQL and PHP, some C++').sort()).toEqual(['C++', 'PHP', 'SQL']);
  expect(labels('go and see the php, sql or css of it')).toEqual([]);
});

test('a name that is a word of every day counts only in its own capitals, and not where a sentence begins', () => {
  expect(labels('Certificate of less than one year. Polish nails, react to a guest, in a small assembly')).toEqual([]);
  expect(labels('Frontends in React with LESS; interpreting from Polish').sort()).toEqual(['LESS', 'Polish', 'React']);
});

test('the same words are one skill: the one whose name they are', () => {
  expect(labels('customer service')).toEqual(['customer service']);
});

test('a lower threshold takes labels of which a light word is missing', () => {
  expect(labels('welding for beginners')).toEqual([]);
  expect(matcher.find('welding technique for beginners', { threshold: 0.5 })[0]?.label).toBe('welding techniques');
});

test.each([
  ['a megabyte of one word', 'project '.repeat(125_000)],
  ['only words that say nothing', 'of the and to '.repeat(20_000)],
  ['no words', '!?\n'.repeat(50_000)],
  ['one endless word', 'x'.repeat(1_000_000)],
])('%s ends within its caps', (_title, text) => {
  expect(matcher.find(text).length).toBeLessThanOrEqual(50);
});
