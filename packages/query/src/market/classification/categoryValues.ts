import type { Clause } from '@credatlas/model';
import { compileFilter, type FilterContext } from '../../compileFilter.ts';
import { Warnings } from '../../Warnings.ts';
import type { Classification } from './Classification.ts';

/** Conditions of the categories, each without what an earlier one takes: a credential is in one of them or in none. */
export async function categoryValues(
  { categories }: Classification,
  context: Omit<FilterContext, 'warnings'>,
): Promise<{ value: string; clause: Clause }[]> {
  const values: { value: string; clause: Clause }[] = [];
  const earlier: Clause[] = [];
  for (const { id, filter } of categories) {
    // Names that nothing has here are no matter of the question's.
    const tagged = await compileFilter(filter, { ...context, warnings: new Warnings(0) });
    const own: Clause = { op: 'and', clauses: tagged.map(({ clause }) => clause) };
    const free: Clause = { op: 'not', clause: { op: 'or', clauses: [...earlier] } };
    values.push({ value: id, clause: earlier.length > 0 ? { op: 'and', clauses: [own, free] } : own });
    earlier.push(own);
  }
  return values;
}
