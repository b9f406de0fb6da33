import type { Clause } from '@credatlas/model';
import { compileFilter } from '../compileFilter.ts';
import type { ReportContext } from './ReportContext.ts';

/** What people filter by and a provider can state. */
const fields = [
  'cost',
  'credit',
  'days',
  'hours',
  'level',
  'skill',
  'occupation',
  'program',
  'industry',
  'subject',
  'language',
  'delivery',
  'region',
  'status',
  'tier',
  'rigor',
  'audience',
  'learningMethod',
  'recognition',
];

/** A field, the condition under which a credential has no value in it, and how many of its own have none. */
export interface MissingField {
  field: string;
  clause: Clause;
  records: number;
  share: number;
}

/** How many of its credentials state nothing, field by field. */
export async function missingFields(report: ReportContext): Promise<MissingField[]> {
  const { engine, own } = report;
  const values: { value: string; clause: Clause }[] = [];
  for (const field of fields) {
    const [compiled] = await compileFilter(`${field}:none`, { ...report, mode: 'strict' });
    if (compiled) values.push({ value: field, clause: compiled.clause });
  }
  const { facets, total } = await engine.search({
    filter: own,
    facets: [{ name: 'missing', kind: 'clauses', tag: '', values }],
    sort: [],
    size: 0,
  });
  const counts = new Map(facets.missing?.buckets.map(({ value, count }) => [value, count]));
  return values.map(({ value: field, clause }) => {
    const records = counts.get(field) ?? 0;
    return { field, clause, records, share: total === 0 ? 0 : records / total };
  });
}
