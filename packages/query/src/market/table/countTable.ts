import type { Clause, GroupRow, KeywordField, Metric } from '@credatlas/model';
import type { MarketDimension } from '../dimensions/MarketDimension.ts';
import type { MarketMetric, TablePart } from '../metrics/MarketMetric.ts';
import type { CountedCell, CountedTable } from './CountedTable.ts';
import { countsWhere, type GroupCounts } from './countsWhere.ts';
import type { MarketQuestion } from './marketQuestion.ts';
import type { GroupBy } from './snapshots.ts';

interface TableRequest {
  question: MarketQuestion;
  dimensions: readonly MarketDimension[];
  metrics: readonly MarketMetric[];
}

/** Counts a table of any dimensions and metrics. */
export async function countTable(groupBy: GroupBy, given: TableRequest): Promise<CountedTable> {
  const { question, dimensions, metrics } = given;
  const { needs, positions } = neededBy(metrics);
  const by = dimensions.map(({ engine }) => engine);
  const { rows, totals, approximate } = await groupBy({ ...question.conditions, by, metrics: needs });
  const parts = await partCounts(groupBy, given);
  const missing = await missingCounts(groupBy, given);
  const cellOf = ({ count: n, values }: Omit<GroupRow, 'by'>, row?: GroupRow['by']): CountedCell => {
    const told = (metric: Metric): number | null => values[positions.get(metric)!]!;
    const among = (part: TablePart): number => (row ? parts.get(part)?.(row) : undefined) ?? totals.count;
    const unknown = metrics.map(({ presence, keyword }) => {
      if (presence) return n - told(presence)!;
      const counts = keyword && missing.get(keyword);
      return counts ? (row ? counts.at(row) : counts.total) : 0;
    });
    return { n, unknown, values: metrics.map(({ read }, at) => read({ n, stated: n - unknown[at]!, told, among })) };
  };
  return {
    dimensions,
    columns: metrics.map(({ name, label, unit, needs: own }) => ({
      name,
      label,
      unit,
      isApproximate: own.some((metric) => approximate.includes(positions.get(metric)!)),
    })),
    rows: rows.map((row) => ({ by: row.by, ...cellOf(row, row.by) })),
    totals: cellOf(totals),
    overlapping: await overlappingOf(groupBy, { question, dimensions, rows, total: totals.count }),
  };
}

/** What the engine is asked for, each once, and where its answer to each need stands. */
function neededBy(metrics: readonly MarketMetric[]): { needs: Metric[]; positions: ReadonlyMap<Metric, number> } {
  const every = metrics.flatMap(({ needs, presence }) => [...needs, ...(presence ? [presence] : [])]);
  const needs = [...new Map(every.map((metric) => [JSON.stringify(metric), metric])).values()];
  const places = new Map(needs.map((metric, at) => [JSON.stringify(metric), at]));
  return { needs, positions: new Map(every.map((metric) => [metric, places.get(JSON.stringify(metric))!])) };
}

/** Credentials, each once, in the rows and columns that percentages are asked of. */
async function partCounts(
  groupBy: GroupBy,
  { question, dimensions, metrics }: TableRequest,
): Promise<ReadonlyMap<TablePart, (row: GroupRow['by']) => number>> {
  const last = dimensions.length - 1;
  const kept = { row: last < 1 ? [0] : Array.from({ length: last }, (_, at) => at), column: last < 1 ? [] : [last] };
  const parts = new Map<TablePart, (row: GroupRow['by']) => number>();
  for (const part of ['row', 'column'] as const) {
    if (dimensions.length === 0 || !metrics.some(({ name }) => name === `percent:${part}`)) continue;
    const counts = await countsWhere(groupBy, { question, dimensions: kept[part].map((at) => dimensions[at]!) });
    parts.set(part, (row) => counts.at(kept[part].map((at) => row[at]!)));
  }
  return parts;
}

/** Credentials without any value of the keyword fields that metrics are about. */
async function missingCounts(
  groupBy: GroupBy,
  { metrics, ...given }: TableRequest,
): Promise<ReadonlyMap<KeywordField, GroupCounts>> {
  const missing = new Map<KeywordField, GroupCounts>();
  for (const field of new Set(metrics.flatMap(({ keyword }) => keyword ?? []))) {
    const clause: Clause = { op: 'missing', field };
    missing.set(field, await countsWhere(groupBy, given, clause));
  }
  return missing;
}

/** Dimensions of which some of the credentials have several values. */
export async function overlappingOf(
  groupBy: GroupBy,
  given: Omit<TableRequest, 'metrics'> & { rows: readonly GroupRow[]; total: number },
): Promise<string[]> {
  const { question, dimensions, rows, total } = given;
  if (sumOf(rows) === total) return [];
  const candidates = dimensions.filter(({ isMultiple }) => isMultiple);
  if (candidates.length < 2) return candidates.map(({ name }) => name);
  const overlapping: string[] = [];
  for (const { name, engine } of candidates) {
    const alone = await groupBy({ ...question.conditions, by: [engine], metrics: [] });
    if (sumOf(alone.rows) > alone.totals.count) overlapping.push(name);
  }
  return overlapping;
}

function sumOf(rows: readonly GroupRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
