import type { NumberField } from '@credatlas/model';
import { filterField, filterFields } from '../../fields.ts';
import { columnOf, isOrdered } from '../../span.ts';
import { rounded } from './MarketMetric.ts';

/** A field that metrics are told of. */
export interface MeasuredField {
  name: string;
  column: NumberField;
  unit: string;
  /** The engine's number of a value as it is written. */
  written(value: number): number | string;
  /** Set for a span of time back from a moment: the engine's values run the other way round. */
  until?: number;
  isDate: boolean;
}

export interface MeasuredContext {
  currency: string;
  /** Day of the question, in milliseconds. */
  on: number;
}

export const dayMs = 86_400_000;

const units: Readonly<Record<string, string>> = {
  credit: 'semester hours',
  days: 'days',
  longestDays: 'days',
  hours: 'hours',
  clockHours: 'clock hours',
  completionRate: '%',
  placementRate: '%',
  completeness: 'share from 0 to 1',
  level: 'rank from 1 to 8',
};

/** An ordered filter field, or `age`: days from the last update to the end of the day of the question. */
export function measuredField(name: string, { currency, on }: MeasuredContext): MeasuredField | undefined {
  const days = (ms: number): number => rounded(ms / dayMs, 2);
  if (name === 'age')
    return { name, column: 'updatedAt', unit: 'days', until: on + dayMs, written: days, isDate: false };
  const field = filterField(name);
  if (!isOrdered(field)) return undefined;
  const common = { name, column: columnOf(field, currency), isDate: field.kind === 'date' };
  switch (field.kind) {
    case 'money':
      return { ...common, unit: currency, written: (cents) => rounded(cents, 0) / 100 };
    case 'date':
      return { ...common, unit: 'day', written: (ms) => new Date(ms).toISOString().slice(0, 10) };
    default:
      return { ...common, unit: units[name] ?? '', written: (value) => rounded(value, 4) };
  }
}

export const measuredNames: readonly string[] = [...filterFields.filter(isOrdered).map(({ name }) => name), 'age'];
