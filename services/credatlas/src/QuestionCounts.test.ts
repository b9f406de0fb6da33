import type { AskedQuestion } from '@credatlas/ports';
import { openStore } from '@credatlas/store-sqlite';
import { expect, test } from 'vitest';
import { QuestionCounts } from './QuestionCounts.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => Date.UTC(2026, 5, 15), sleep: async () => undefined };
const opened = () => {
  const store = openStore({ path: ':memory:', clock, log });
  return { store, counts: new QuestionCounts({ questions: store.questions, clock, log }) };
};

test('the same question is counted, not kept twice, and added to what is known of its month', async () => {
  const { store, counts } = opened();
  for (let time = 0; time < 3; time++) counts.note({ text: 'data', fields: ['cost'] });
  counts.note({ text: '', fields: [] });
  await counts.flush();
  counts.note({ text: 'data', fields: ['cost'] });
  await counts.flush();
  expect(await store.questions.asked({ from: '2026-06', limit: 10 })).toEqual({
    questions: [
      { text: 'data', fields: ['cost'], count: 4 },
      { text: '', fields: [], count: 1 },
    ],
    total: 5,
  });
  expect((await store.questions.asked({ from: '2026-07', limit: 10 })).total).toBe(0);
});

test('beyond so many different questions words are let go and fields still counted', async () => {
  const { store, counts } = opened();
  for (let number = 0; number < 2_500; number++) counts.note({ text: `word ${number}`, fields: ['cost'] });
  await counts.flush();
  const { questions, total } = await store.questions.asked({ from: '2026-06', limit: 5_000 });
  expect([questions.length, total]).toEqual([2_001, 2_500]);
  expect(questions[0]).toEqual({ text: '', fields: ['cost'], count: 500 });
  const many = Array.from({ length: 11_000 }, (_, at): AskedQuestion => ({ text: `more ${at}`, fields: [], count: 1 }));
  await store.questions.addQuestions('2026-06', many);
  expect((await store.questions.asked({ from: '2026-06', limit: 20_000 })).questions.length).toBeLessThan(10_010);
});

test('months older than a year are forgotten', async () => {
  const { store } = opened();
  for (const month of ['2025-01', '2025-06', '2026-06'])
    await store.questions.addQuestions(month, [{ text: '', fields: ['cost'], count: 1 }]);
  expect((await store.questions.asked({ from: '2000-01', limit: 10 })).total).toBe(2);
});

test('counts that could not be written are kept for the next time', async () => {
  const { store, counts } = opened();
  counts.note({ text: 'data', fields: [] });
  store.close();
  await counts.flush();
  const other = openStore({ path: ':memory:', clock, log });
  expect((await other.questions.asked({ from: '2026-06', limit: 1 })).total).toBe(0);
});
