import { expect, test } from 'vitest';
import { measuredOutcome } from './outcomeMeasures.ts';

const completion = { measure: 'completionRate' } as const;

test('a rate is known by its kind or by the name of its metric, in percent', () => {
  expect(measuredOutcome([{ kind: 'employmentRate', rate: 71.5 }], { measure: 'placementRate' })).toEqual({
    value: 71.5,
  });
  expect(
    measuredOutcome([{ kind: 'observation', name: 'Job placement rate', value: 82 }], { measure: 'placementRate' }),
  ).toEqual({ value: 82 });
  expect(measuredOutcome([{ kind: 'passRate', name: 'Examination', rate: 90 }], completion)).toBeUndefined();
});

test('a bare value of 1 or less is no percentage that can be relied on', () => {
  expect(measuredOutcome([{ kind: 'observation', name: 'Completion rate', value: 0.8 }], completion)).toBeUndefined();
});

test('of several figures the lowest of the latest period stands', () => {
  const figure = (rate: number, period?: string) => ({ kind: 'completionRate', rate, ...(period ? { period } : {}) });
  const own = [
    figure(50),
    figure(90, '2023-01-01/2023-12-31'),
    figure(85, '2024-01-01/2024-12-31'),
    figure(84, '2024-07-01/2024-12-31'),
  ];
  expect(measuredOutcome(own, completion)).toEqual({ value: 84 });
});

test('figures of a part of the people do not stand for all', () => {
  expect(measuredOutcome([{ kind: 'completionRate', rate: 95, points: ['Women'] }], completion)).toBeUndefined();
});

test('what is kept back is withheld, unless another figure is published', () => {
  const withheld = { kind: 'completionRate', suppressed: true };
  expect(measuredOutcome([withheld], completion)).toBe('withheld');
  expect(measuredOutcome([withheld, { kind: 'completionRate', rate: 60 }], completion)).toEqual({ value: 60 });
});

test('median earnings are of one currency; an average is no median', () => {
  const earnings = { measure: 'earnings', currency: 'USD' } as const;
  expect(measuredOutcome([{ kind: 'aggregateData', median: 40_000, currency: 'USD' }], earnings)).toEqual({
    value: 40_000,
  });
  expect(measuredOutcome([{ kind: 'aggregateData', median: 40_000, currency: 'EUR' }], earnings)).toBeUndefined();
  expect(measuredOutcome([{ kind: 'earningsAmount', amount: 40_000, currency: 'USD' }], earnings)).toBeUndefined();
  expect(
    measuredOutcome([{ kind: 'observation', name: 'Median annual wages', amount: 38_500, currency: 'USD' }], earnings),
  ).toEqual({ value: 38_500 });
});
