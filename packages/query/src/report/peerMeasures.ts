import type { GroupRow, Metric, NumberField, TaggedClause } from '@credatlas/model';
import { moneyColumn } from '../fields.ts';
import type { ReportContext } from './ReportContext.ts';
import type { ProviderReport } from './schemas.ts';

type Measure = ProviderReport['measures'][number];
type Spread = Measure['own'];

interface Column {
  measure: Measure['measure'];
  unit: string;
  field: NumberField;
  /** What the engine counts in, for one of the unit. */
  scale: number;
}

function columnsOf(currency: string): Column[] {
  const money = (measure: 'cost' | 'costPerCredit'): Column => ({
    measure,
    unit: currency,
    field: moneyColumn(measure, currency),
    scale: 100,
  });
  return [
    money('cost'),
    money('costPerCredit'),
    { measure: 'days', unit: 'days', field: 'days', scale: 1 },
    { measure: 'credit', unit: 'semesterHours', field: 'credit', scale: 1 },
    { measure: 'skills', unit: 'skills', field: 'skillCount', scale: 1 },
  ];
}

/** Quartiles of its credentials and of its peers’, in all and family by family, and where its median stands among theirs. */
export async function peerMeasures(report: ReportContext): Promise<Pick<ProviderReport, 'measures' | 'families'>> {
  const columns = columnsOf(report.currency);
  const own = await tableOf(report, report.own, columns);
  const peers = await tableOf(report, report.ofPeers, columns);
  const measures: Measure[] = [];
  for (const [index, column] of columns.entries()) {
    const { measure, unit } = column;
    const both = { measure, unit, own: spread(own.totals, index, column), peers: spread(peers.totals, index, column) };
    measures.push({ ...both, rank: await rankOf(report, column, own.totals.values[index * 4 + 2] ?? null) });
  }
  const theirs = new Map(peers.rows.map((row) => [row.by[0], row]));
  const families = own.rows.flatMap((row) => {
    const family = row.by[0];
    const other = theirs.get(family ?? null);
    if (!family || !other) return [];
    const compared = columns.map((column, index) => ({
      measure: column.measure,
      unit: column.unit,
      own: spread(row, index, column),
      peers: spread(other, index, column),
    }));
    return [{ family, measures: compared }];
  });
  return { measures, families };
}

function tableOf({ engine }: ReportContext, filter: TaggedClause[], columns: Column[]) {
  const metrics = columns.flatMap(({ field }): Metric[] => [
    { kind: 'present', field },
    ...[0.25, 0.5, 0.75].map((p): Metric => ({ kind: 'percentile', field, p })),
  ]);
  return engine.groupBy({ filter, by: [{ kind: 'values', field: 'family' }], metrics });
}

function spread({ values }: Pick<GroupRow, 'values'>, index: number, { scale }: Column): Spread {
  const [n, p25, median, p75] = values.slice(index * 4, index * 4 + 4);
  const told = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : rounded(value / scale);
  return { n: n ?? 0, p25: told(p25), median: told(median), p75: told(p75) };
}

/** Half up, to cents of whatever it is. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

async function rankOf(
  { engine, ofPeers }: ReportContext,
  { field }: Column,
  median: number | null,
): Promise<number | null> {
  if (median === null) return null;
  const countOf = (range: { lt: number } | { gte: number; lte: number } | Record<string, never>): Promise<number> =>
    engine.count({ filter: [...ofPeers, { clause: { op: 'range', field, ...range } }] });
  const stated = await engine.count({ filter: [...ofPeers, { clause: { op: 'present', field } }] });
  if (stated === 0) return null;
  const below = await countOf({ lt: median });
  const equal = await countOf({ gte: median, lte: median });
  return rounded((below + equal / 2) / stated);
}
