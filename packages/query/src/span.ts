import { firstMoment, lastMoment } from '@credatlas/model';
import { type FilterField, type MoneyField, moneyColumn } from './fields.ts';

/** Fields that are ordered: ranges, bands and sorts apply to them. */
export type OrderedField = Extract<FilterField, { kind: 'number' | 'money' | 'date' }>;

export function isOrdered(field: FilterField | undefined): field is OrderedField {
  return field?.kind === 'number' || field?.kind === 'money' || field?.kind === 'date';
}

/** The engine's column of an ordered field. */
export function columnOf(field: OrderedField, currency: string): ReturnType<typeof moneyColumn> {
  return field.kind === 'money' ? moneyColumn(field.engine as MoneyField, currency) : field.engine;
}

/** How such a value is written, for people who wrote it otherwise. */
export const spanForms: Readonly<Record<OrderedField['kind'], string>> = {
  number: 'Write digits, with a dot before decimals: 12 or 0.5.',
  money: 'Write an amount without sign or currency, like 1250 or 1250.50; the currency is a parameter of its own.',
  date: 'Write a year, a month or a day, like 2026, 2026-01 or 2026-01-31; or a moment like 2026-01-31T12:00:00Z.',
};

/**
 * First and last point that a written value stands for, in the engine's units (money in cents, dates in milliseconds): the same for a
 * number, the whole of it for a year. Undefined for what is none.
 */
export function spanOf(field: OrderedField, text: string): [first: number, last: number] | undefined {
  if (field.kind === 'date') return period(text);
  if (!/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return undefined;
  // Cents of a price are whole; 19.99 * 100 is not.
  const value = field.kind === 'money' ? Math.round(Number(text) * 1e8) / 1e6 : Number(text);
  return [value, value];
}

function period(text: string): [number, number] | undefined {
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (!Number.isNaN(instant)) return [instant, instant];
  const [first, last] = [firstMoment(text), lastMoment(text)];
  // Date.UTC takes the 31st of February for a day of March.
  return first !== undefined && last !== undefined && new Date(first).toISOString().startsWith(text)
    ? [first, last]
    : undefined;
}
