import type { GraphNode, Outcome } from '@credatlas/model';
import { conceptTerms, numberOf } from './reading.ts';

/** Figures at or below this are a masking code (−99999), never a measurement. */
const maskedBelow = -9999;

type Figure = 'low' | 'median' | 'high' | 'count' | 'amount' | 'value';

const shared: readonly (readonly ['low' | 'median' | 'high' | 'rate', string])[] = [
  ['median', 'qdata:median'],
  ['low', 'schema:minValue'],
  ['high', 'schema:maxValue'],
  ['rate', 'qdata:percentage'],
];
const percentiles = ['10', '25', '75', '90'];
const withholding = ['qdata:dataWithholdingType', 'qdata:dataWithholding'];

/**
 * Figures of a profile, quantity, distribution or observation. Withheld ones are marked and left out, masking codes and what stands
 * beside a mark of withholding alike; what is not stated is absent, never zero.
 */
export function figuresOf(node: GraphNode, properties: Partial<Record<Figure, string>>): Partial<Outcome> {
  let isSuppressed = withholding.some((property) => conceptTerms(node, property, '').length > 0);
  const number = (property: string): number | undefined => {
    const value = numberOf(node, property)?.value;
    if (value !== undefined && value <= maskedBelow) isSuppressed = true;
    return value !== undefined && value > maskedBelow ? value : undefined;
  };
  const figures = stated(
    Object.fromEntries([...shared, ...Object.entries(properties)].map(([name, property]) => [name, number(property)])),
  );
  const spread = stated(Object.fromEntries(percentiles.map((name) => [name, number(`qdata:percentile${name}`)])));
  if (isSuppressed) return { suppressed: true };
  return { ...figures, ...(Object.keys(spread).length > 0 ? { percentiles: spread as Record<string, number> } : {}) };
}

export function hasFigures(outcome: Partial<Outcome>): boolean {
  const { low, median, high, count, rate, amount, value, percentiles, suppressed } = outcome;
  return [low, median, high, count, rate, amount, value, percentiles, suppressed].some((each) => each !== undefined);
}

/** Without what is undefined. */
export function stated<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept: Record<string, unknown> = {};
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept as { [K in keyof T]?: NonNullable<T[K]> };
}

/** Undefined for an empty list. */
export function some<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined;
}
