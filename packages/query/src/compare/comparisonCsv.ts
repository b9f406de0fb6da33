import { csvText } from '../csvText.ts';
import type { Comparison } from './schemas.ts';

/** A line per measure and per skill, a column per credential; the last column says why values are missing. */
export function comparisonCsv({ credentials, rows, skills }: Comparison): string {
  return csvText([
    ['field', ...credentials.map(({ name }) => name), 'note'],
    ['id', ...credentials.map(({ id }) => id), null],
    ...rows.map(({ field, values, note }) => [field, ...values.map(cellOf), note]),
    ...skills.matrix.map(({ label, statements }) => [
      `skill: ${label}`,
      ...statements.map((each) => each && `${each.relations.join(', ')} (${each.confidence})`),
      null,
    ]),
  ]);
}

function cellOf(value: unknown): string | number | null {
  return typeof value === 'number' ? value : value === null ? null : comparedText(value);
}

/** A value of a comparison, of any shape, in words. */
export function comparedText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(comparedText).join('; ');
  if (typeof value !== 'object') return String(value);
  const { amount, currency, name, label } = value as Record<string, unknown>;
  if (amount !== undefined && currency !== undefined) return `${currency} ${amount}`;
  if (typeof (name ?? label) === 'string') return String(name ?? label);
  return Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== undefined && inner !== '')
    .map(([key, inner]) => `${inWords(key)} ${comparedText(inner)}`)
    .join(', ');
}

function inWords(field: string): string {
  return field.replace(/([A-Z])/g, ' $1').toLowerCase();
}
