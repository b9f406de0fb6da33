import { type Clause, counted, type Metric } from '@credatlas/model';
import type { Counting } from '../table/answerTable.ts';
import type { CountedTable } from '../table/CountedTable.ts';
import { countsWhere } from '../table/countsWhere.ts';
import { overlappingOf } from '../table/countTable.ts';

const columns = [
  { name: 'supplying', label: 'credentials that supply it', unit: 'credentials' },
  { name: 'providers', label: 'providers of these', unit: 'different values' },
  { name: 'stacking', label: 'of these, those that lead into another credential', unit: 'credentials' },
  { name: 'noSkills', label: 'credentials that state no skill at all', unit: 'credentials' },
  {
    name: 'verdict',
    label: 'noProvider, notStated (no credential there states any skill), stacksIntoNothing, or supplied',
    unit: '',
  },
];

const distinctProviders: Metric = { kind: 'distinct', field: 'provider' };

/**
 * Places (or any other groups of the market) without a provider of a skill, and those where it is supplied but leads into nothing.
 * Looked at are those where the market has any credential; what states no place is counted in a warning.
 */
export async function countDeserts(
  counting: Counting,
  { supplies, isAll }: { supplies: Clause; isAll: boolean },
): Promise<CountedTable> {
  const { groupBy, question, dimensions } = counting;
  const by = dimensions.map(({ engine }) => engine);
  const { text, filter } = question.conditions;
  const universe = await groupBy({ ...question.conditions, by, metrics: [] });
  const supply = await groupBy({
    ...(text ? { text } : {}),
    filter: [...filter, { clause: supplies }],
    by,
    metrics: [distinctProviders],
  });
  const supplied = new Map(supply.rows.map((row) => [JSON.stringify(row.by), row]));
  const stacking = await countsWhere(groupBy, counting, {
    op: 'and',
    clauses: [supplies, { op: 'present', field: 'stacksInto' }],
  });
  const silent = await countsWhere(groupBy, counting, { op: 'missing', field: 'skill' });
  const rows = universe.rows.map((row) => {
    const own = supplied.get(JSON.stringify(row.by));
    const [count, stacks, noSkills] = [own?.count ?? 0, stacking.at(row.by), silent.at(row.by)];
    // Where nothing is stated, nobody is known not to supply it.
    const none = noSkills === row.count ? 'notStated' : 'noProvider';
    const verdict = count === 0 ? none : stacks === 0 ? 'stacksIntoNothing' : 'supplied';
    const values = [count, own?.values[0] ?? 0, stacks, noSkills, verdict];
    return { by: row.by, n: row.count, values, unknown: columns.map(() => 0) };
  });
  const placeless = rows.filter((row) => row.by.includes(null)).reduce((sum, { n }) => sum + n, 0);
  if (placeless > 0)
    question.warnings.add(
      `${counted(placeless, 'credential')} ${placeless === 1 ? 'states no place and is' : 'state no place and are'} not looked at.`,
    );
  return {
    dimensions,
    columns,
    rows: rows.filter((row) => !row.by.includes(null) && (isAll || row.values.at(-1) !== 'supplied')),
    totals: {
      n: universe.totals.count,
      values: [supply.totals.count, supply.totals.values[0]!, stacking.total, silent.total, null],
      unknown: columns.map(() => 0),
    },
    overlapping: await overlappingOf(groupBy, {
      question,
      dimensions,
      rows: universe.rows,
      total: universe.totals.count,
    }),
  };
}
