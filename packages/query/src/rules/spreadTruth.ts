import type { Clause, NumberField } from '@credatlas/model';
import { rangeClause } from '../compileFilter.ts';
import { filterField } from '../fields.ts';
import type { FieldNode } from '../filterSyntax.ts';
import { isOrdered } from '../span.ts';
import { anyOf, type Truth } from './verdicts.ts';

/** Fields that are stated as from so much to so much: the column of the upper end. */
const upperEnds: Readonly<Record<string, NumberField>> = { days: 'longestDays' };

/**
 * A condition on a field that records state as a spread ("four to eleven weeks"): met when all of the spread meets it, missed when none
 * does, and not judged between. Undefined for other fields, and for lists that leave values out or ask whether any is stated.
 */
export function spreadTruth({ field: name, values, isNegated }: FieldNode): Truth | undefined {
  const [upper, field] = [upperEnds[name], filterField(name)];
  if (!upper || !isOrdered(field) || isNegated) return undefined;
  const truths: Truth[] = [];
  for (const value of values) {
    const range = rangeClause(field, value, '');
    if (range.op === 'present') return undefined;
    truths.push(spanTruth(range, upper));
  }
  return anyOf(truths);
}

function spanTruth({ field, gte, gt, lte, lt }: Extract<Clause, { op: 'range' }>, upper: NumberField): Truth {
  const range = (column: NumberField, bounds: Omit<Extract<Clause, { op: 'range' }>, 'op' | 'field'>): Clause[] =>
    Object.values(bounds).some((bound) => bound !== undefined)
      ? [{ op: 'range', field: column, ...stated(bounds) }]
      : [];
  return {
    pass: { op: 'and', clauses: [...range(field, { gte, gt }), ...range(upper, { lte, lt })] },
    fail: {
      op: 'or',
      clauses: [...range(field, { gt: lte, gte: lt }), ...range(upper, { lt: gte, lte: gt })],
    },
  };
}

function stated<T extends object>(bounds: T): T {
  return Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== undefined)) as T;
}
