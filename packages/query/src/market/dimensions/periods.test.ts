import { expect, test } from 'vitest';
import { periodBands } from './periods.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const on = day('2026-06-01');

test('quarters run from the first date to the last, and start on their first day', () => {
  const { edges, names } = periodBands({ first: day('2025-11-30'), last: day('2026-04-01'), on }, 'quarter');
  expect(edges).toEqual([day('2025-10-01'), day('2026-01-01'), day('2026-04-01'), day('2026-07-01')]);
  expect([...names.values()]).toEqual(['before 2025-Q4', '2025-Q4', '2026-Q1', '2026-Q2', 'after 2026-Q2']);
});

test('a single date has a single year', () => {
  const { edges, names } = periodBands({ first: day('2024-02-29'), last: day('2024-02-29'), on }, 'year');
  expect(edges).toEqual([day('2024-01-01'), day('2025-01-01')]);
  expect(names.get(`${edges[0]}..${edges[1]}`)).toBe('2024');
});

test('a date that means "for good" or is a slip does not make thousands of columns', () => {
  const { edges, names } = periodBands({ first: day('0001-01-01'), last: day('9999-12-31'), on }, 'month');
  expect(edges.length).toBe(402);
  expect([names.get(`..${edges[0]}`), names.get(`${edges.at(-1)}..`)]).toEqual(['before 2001-06', 'after 2034-10']);
});
