import type {
  CoverageHit,
  CoverageQuery,
  Dimension,
  GroupQuery,
  GroupRow,
  Metric,
  SearchDocument,
} from '@credatlas/model';
import { matches } from './ReferenceSearch.ts';

/** What tables and coverage mean, as plainly as can be, over documents that already match text and filter. */
export function referenceGroups(
  hits: SearchDocument[],
  query: Pick<GroupQuery, 'by' | 'metrics'>,
): { rows: GroupRow[]; totals: Omit<GroupRow, 'by'> } {
  const groups = new Map<string, { by: (string | null)[]; members: SearchDocument[] }>();
  for (const hit of hits) {
    let rows: (string | null)[][] = [[]];
    for (const dimension of query.by) {
      const values: (string | null)[] = [...new Set(valuesOf(hit, dimension))];
      rows = rows.flatMap((row) => (values.length > 0 ? values : [null]).map((value) => [...row, value]));
    }
    for (const by of rows) {
      const known = groups.get(JSON.stringify(by)) ?? { by, members: [] };
      known.members.push(hit);
      groups.set(JSON.stringify(by), known);
    }
  }
  const told = (members: SearchDocument[]) => ({
    count: members.length,
    values: query.metrics.map((metric) => metricOf(members, metric)),
  });
  const rows = [...groups.values()].map(({ by, members }) => ({ by, ...told(members) }));
  const last = (value: string | null): Buffer => (value === null ? Buffer.alloc(64, 0xff) : Buffer.from(value));
  rows.sort((a, b) => {
    const at = a.by.findIndex((value, index) => value !== b.by[index]);
    return b.count - a.count || (at === -1 ? 0 : Buffer.compare(last(a.by[at]!), last(b.by[at]!)));
  });
  return { rows, totals: told(hits) };
}

function valuesOf(hit: SearchDocument, dimension: Dimension): string[] {
  if (dimension.kind === 'clauses')
    return dimension.values.filter(({ clause }) => matches(hit, clause)).map(({ value }) => value);
  if (dimension.kind === 'values')
    return (hit.keywords[dimension.field] ?? []).filter(
      (value) =>
        (dimension.length === undefined || value.length === dimension.length) &&
        (!dimension.only || dimension.only.includes(value)),
    );
  const value = hit.numbers[dimension.field];
  if (value === undefined) return [];
  const from = dimension.edges.filter((edge) => edge <= value).at(-1);
  const to = dimension.edges.find((edge) => edge > value);
  return [`${from ?? ''}..${to ?? ''}`];
}

function metricOf(members: SearchDocument[], metric: Metric): number | null {
  if (metric.kind === 'distinct' || metric.kind === 'hhi' || metric.kind === 'top') return valueMetric(members, metric);
  const numbers = members.flatMap(({ numbers: own }) => own[metric.field] ?? []).sort((a, b) => a - b);
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (metric.kind === 'present') return numbers.length;
  if (metric.kind === 'sum') return sum;
  if (numbers.length === 0) return null;
  if (metric.kind === 'min') return numbers[0]!;
  if (metric.kind === 'max') return numbers.at(-1)!;
  if (metric.kind === 'mean') return sum / numbers.length;
  const h = (numbers.length - 1) * (metric as { p: number }).p;
  const [low, high] = [numbers[Math.floor(h)]!, numbers[Math.ceil(h)]!];
  return low + (high - low) * (h - Math.floor(h));
}

function valueMetric(
  members: SearchDocument[],
  metric: Extract<Metric, { kind: 'distinct' | 'hhi' | 'top' }>,
): number | null {
  const as = new Map(metric.merged);
  const values = members.flatMap(({ keywords }) => keywords[metric.field] ?? []).map((value) => as.get(value) ?? value);
  const counts = [...new Set(values)].map((value) => values.filter((each) => each === value).length);
  if (metric.kind === 'distinct') return counts.length;
  if (values.length === 0) return null;
  const shares = counts.map((count) => count / values.length).sort((a, b) => b - a);
  const told = metric.kind === 'hhi' ? shares.map((share) => share ** 2) : shares.slice(0, metric.n);
  return told.reduce((sum, share) => sum + share, 0);
}

export function referenceCoverage(hits: SearchDocument[], query: CoverageQuery): CoverageHit[] {
  const found = hits.map((hit): CoverageHit => {
    const has = (field: 'skill', keys: string[]): boolean =>
      (hit.keywords[field] ?? []).some((value) => keys.includes(value));
    const covered = query.skills.flatMap((keys, index) =>
      query.fields.some((field) => has(field as 'skill', keys)) ? [index] : [],
    );
    const among = (field: string): number =>
      covered.filter((index) => has(field as 'skill', query.skills[index]!)).length;
    return { id: hit.id, covered, assessed: among('skill.assesses'), linked: among('skill.linked') };
  });
  return found
    .filter(({ covered }) => covered.length >= Math.max(query.min, 1))
    .sort(
      (a, b) =>
        b.covered.length - a.covered.length ||
        b.assessed - a.assessed ||
        b.linked - a.linked ||
        Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)),
    );
}
