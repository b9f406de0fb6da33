import type { Credit } from '@credatlas/model';

/** How much counts, in one unit. `min` or `max` undefined: that side is not stated. */
export interface Amount {
  min?: number;
  max?: number;
  /** CreditUnit concept; undefined: none is stated. */
  unit?: string;
  levels: string[];
  /** Share of the whole, where that is what is stated. */
  percentage?: number;
  text?: string;
}

/** Semester hours of one unit; no other units have an agreed length. */
const semesterHours: Readonly<Record<string, number>> = { SemesterHour: 1, QuarterHour: 2 / 3 };

/** One amount per unit, those that can be compared first. What says no number is kept as it is said. */
export function amountsOf(credits: readonly Credit[]): Amount[] {
  const numbered = credits.filter(({ value, min, max }) => [value, min, max].some((number) => number !== undefined));
  const groups = Map.groupBy(numbered, ({ unit }) => unit);
  const amounts = [...groups].map(([unit, group]) => ({ ...(unit ? { unit } : {}), ...together(group) }));
  amounts.sort((a, b) => Number(isComparable(b)) - Number(isComparable(a)));
  return numbered.length > 0 ? amounts : credits.slice(0, 1).map(asSaid);
}

/** Different subjects add up; else one of several counts, and nobody says which. */
function together(credits: Credit[]): Pick<Amount, 'min' | 'max' | 'levels'> {
  const [lows, highs] = [credits.map(({ value, min }) => value ?? min), credits.map(({ value, max }) => value ?? max)];
  const levels = [...new Set(credits.flatMap((credit) => credit.levels ?? []))];
  const pick = areApart(credits) ? sum : undefined;
  const [min, max] = [combined(lows, pick ?? Math.min), combined(highs, pick ?? Math.max)];
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), levels };
}

function combined(numbers: (number | undefined)[], pick: (...all: number[]) => number): number | undefined {
  const stated = numbers.filter((number) => number !== undefined);
  return stated.length < numbers.length ? undefined : rounded(pick(...stated));
}

function areApart(credits: Credit[]): boolean {
  const subjects = credits.map((credit) => credit.subjects ?? []);
  const all = subjects.flat();
  return credits.length > 1 && subjects.every(({ length }) => length > 0) && new Set(all).size === all.length;
}

function asSaid({ percentage, text, unit, levels = [] }: Credit): Amount {
  return {
    levels,
    ...(unit ? { unit } : {}),
    ...(percentage === undefined ? {} : { percentage }),
    ...(text ? { text } : {}),
  };
}

export function hasNumber({ min, max }: Amount): boolean {
  return min !== undefined || max !== undefined;
}

/** `3 to 6 semester hours`. */
export function inWordsOf({ min, max, unit, percentage, text }: Amount): string {
  if (min === undefined && max === undefined)
    return percentage === undefined ? (text ?? 'the credit') : `${percentage} %`;
  const numbers =
    min === max
      ? `${min}`
      : min === undefined
        ? `up to ${max}`
        : max === undefined
          ? `${min} or more`
          : `${min} to ${max}`;
  return unit
    ? `${numbers} ${unit
        .replace(/(?=[A-Z])/g, ' ')
        .trim()
        .toLowerCase()}s`
    : numbers;
}

/** Stated, and nothing. */
export function isNothing({ max }: Amount): boolean {
  return max === 0;
}

export function isComparable({ unit }: Amount): boolean {
  return unit !== undefined && unit in semesterHours;
}

/** The same in semester hours; undefined for units that cannot be converted. */
export function inSemesterHours(amount: Amount): Amount | undefined {
  const factor = semesterHours[amount.unit ?? ''];
  if (factor === undefined) return undefined;
  return { ...scaled(amount, factor), unit: 'SemesterHour', levels: amount.levels };
}

function scaled({ min, max }: Amount, factor: number): Pick<Amount, 'min' | 'max'> {
  return {
    ...(min === undefined ? {} : { min: rounded(min * factor) }),
    ...(max === undefined ? {} : { max: rounded(max * factor) }),
  };
}

/** What is left when both are limits: the smaller of each side. Undefined when their units cannot be compared. */
export function smallerOf(one: Amount, other: Amount): Amount | undefined {
  if (one.unit === other.unit) return { ...one, ...bounds(one, other), levels: other.levels };
  const [first, second] = [inSemesterHours(one), inSemesterHours(other)];
  return first && second && { ...first, ...bounds(first, second), levels: second.levels };
}

function bounds(one: Amount, other: Amount): Pick<Amount, 'min' | 'max'> {
  const least = (a?: number, b?: number): number | undefined =>
    a === undefined ? b : b === undefined ? a : Math.min(a, b);
  const max = least(one.max, other.max);
  // Where one side states no least, nothing is certain to be left.
  const min = one.min === undefined || other.min === undefined ? undefined : Math.min(one.min, other.min);
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** Whether two statements say the same; amounts that cannot be compared do not contradict one another. */
export function agree(one: Amount | undefined, other: Amount | undefined): boolean {
  if (!one || !other || !hasNumber(one) || !hasNumber(other)) return true;
  const [first, second] = one.unit === other.unit ? [one, other] : [inSemesterHours(one), inSemesterHours(other)];
  return !first || !second || (first.min === second.min && first.max === second.max);
}

export function sum(...numbers: number[]): number {
  return rounded(numbers.reduce((all, number) => all + number, 0));
}

function rounded(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}
