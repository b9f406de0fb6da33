import type { Outcome } from './statement.ts';

/** What is published of those who took a credential, in figures that rules and tables can compare. */
export type OutcomeMeasure = 'completionRate' | 'placementRate' | 'earnings';

interface Reading {
  kinds: readonly string[];
  /** Of a metric or profile whose kind does not say what it measures. */
  named: RegExp;
  figure(outcome: Outcome): number | undefined;
}

const readings: Readonly<Record<OutcomeMeasure, Reading>> = {
  completionRate: {
    kinds: ['completionRate', 'graduationRate'],
    named: /\b(completion|graduation) rate\b/i,
    figure: percentOf,
  },
  placementRate: {
    kinds: ['placementRate', 'employmentRate', 'jobsObtained'],
    named: /\b(placement|employment) rate\b/i,
    figure: percentOf,
  },
  earnings: {
    kinds: ['aggregateData', 'earnings', 'earningsDistribution'],
    named: /\bmedian\b.*\b(earnings|wages?|income|salary)\b/i,
    figure: ({ median, amount, kind }) => median ?? (kind === 'observation' ? amount : undefined),
  },
};
export const outcomeMeasureNames = Object.keys(readings) as OutcomeMeasure[];

/** `withheld`: it is published that the figure exists and is kept back. */
export type MeasuredOutcome = { value: number } | 'withheld' | undefined;

/**
 * A measure of the outcomes of one credential: percent for rates, an amount of `currency` for median earnings. Of several figures the
 * one of the latest period, and of these the lowest. Figures of a part of the people only (`points`) do not stand for all of them.
 */
export function measuredOutcome(
  outcomes: readonly Outcome[],
  { measure, currency }: { measure: OutcomeMeasure; currency?: string },
): MeasuredOutcome {
  const { kinds, named, figure } = readings[measure];
  const own = outcomes.filter(
    ({ kind, name, points }) => !points?.length && (kinds.includes(kind) || named.test(name ?? '')),
  );
  const figures = own.flatMap((outcome) => {
    const value = outcome.suppressed ? undefined : figure(outcome);
    const isOther = measure === 'earnings' && outcome.currency !== currency;
    return value === undefined || isOther ? [] : [{ value, until: outcome.period?.split('/')[1] ?? '' }];
  });
  const latest = figures
    .map(({ until }) => until)
    .sort()
    .at(-1);
  const current = figures.filter(({ until }) => until === latest).map(({ value }) => value);
  if (current.length > 0) return { value: Math.min(...current) };
  return own.some(({ suppressed }) => suppressed) ? 'withheld' : undefined;
}

/** A stated percentage; a bare value of 1 or less may be a share as well, and is not taken for either. */
function percentOf({ rate, value }: Outcome): number | undefined {
  return rate ?? (value !== undefined && value > 1 && value <= 100 ? value : undefined);
}
