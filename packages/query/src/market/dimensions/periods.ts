/** Lengths of calendar time that dates are grouped by, in months. */
const periodMonths = { year: 12, quarter: 3, month: 1 } as const;
export type Period = keyof typeof periodMonths;

export function isPeriod(text: string): text is Period {
  return Object.hasOwn(periodMonths, text);
}

/** Periods of one table at most, before and after the day of the question: a date far off is a slip or means "for good". */
const maxBefore = 300;
const maxAfter = 100;

/** Period that a moment (milliseconds) lies in, counted from January of year 0. */
function periodAt(moment: number, period: Period): number {
  const day = new Date(moment);
  return Math.floor((day.getUTCFullYear() * 12 + day.getUTCMonth()) / periodMonths[period]);
}

/** First millisecond of a period. */
function startOf(number: number, period: Period): number {
  const month = number * periodMonths[period];
  return new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1);
}

/** First moment of the period that lies so many before the one of a moment. */
export function periodsBack(moment: number, count: number, period: Period): number {
  return startOf(periodAt(moment, period) - count, period);
}

/** `2025`, `2025-Q1`, `2025-01` */
function nameOf(number: number, period: Period): string {
  const month = number * periodMonths[period];
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  if (period === 'year') return year;
  return period === 'quarter'
    ? `${year}-Q${(month % 12) / 3 + 1}`
    : `${year}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/**
 * Edges of the periods from the first moment to the last, and the name of each band between them. What lies further from `on` than
 * a table has periods is in the open bands at both ends.
 */
export function periodBands(
  span: { first: number; last: number; on: number },
  period: Period,
): { edges: number[]; names: Map<string, string> } {
  const today = periodAt(span.on, period);
  const first = Math.min(Math.max(periodAt(span.first, period), today - maxBefore), today + maxAfter);
  const last = Math.max(first, Math.min(periodAt(span.last, period), today + maxAfter));
  const edges = Array.from({ length: last - first + 2 }, (_, at) => startOf(first + at, period));
  const names = new Map([[`..${edges[0]}`, `before ${nameOf(first, period)}`]]);
  edges.forEach((edge, at) => {
    const isLast = at === edges.length - 1;
    names.set(`${edge}..${edges[at + 1] ?? ''}`, isLast ? `after ${nameOf(last, period)}` : nameOf(first + at, period));
  });
  return { edges, names };
}
