import { type Clause, InvalidInputError, type Outcome } from '@credatlas/model';
import type { QueryContext } from '../../dependencies.ts';
import type { MarketDimension } from '../dimensions/MarketDimension.ts';
import { rounded } from '../metrics/MarketMetric.ts';
import type { Counting } from '../table/answerTable.ts';
import type { CountedRow, CountedTable } from '../table/CountedTable.ts';
import { countsWhere } from '../table/countsWhere.ts';
import { overlappingOf } from '../table/countTable.ts';
import { readMatching } from './readMatching.ts';
import { rowClause } from './rowClause.ts';

/** Records that are read for one table: four seconds of reading. */
const maxRead = 20_000;
/** Groups whose records are read one after the other. */
const maxRows = 500;

/** Figures that a statement of outcomes gives; each is only compared with its like. */
const figures = ['low', 'median', 'high', 'amount', 'rate', 'count', 'value'] as const;

const columns = [
  { name: 'figures', label: 'credentials that state a figure', unit: 'credentials' },
  { name: 'withheld', label: 'credentials of which it is withheld', unit: 'credentials' },
  ...figures.map((name) => ({ name, label: `median of what is stated as ${name}`, unit: 'as stated' })),
];

const statesFigure: Clause = { op: 'present', field: 'outcome' };
const statesAny: Clause = { op: 'or', clauses: [statesFigure, { op: 'present', field: 'outcome.withheld' }] };

/**
 * Outcomes by any dimensions: figures of the same kind, metric, time after and currency only are put together, each credential once
 * with the median of its own. What is withheld is counted apart and never becomes a figure; what states nothing has a row of its own.
 * Throws InvalidInputError `too_many_outcomes`.
 */
export async function countOutcomes(context: QueryContext, counting: Counting): Promise<CountedTable> {
  const { groupBy, question, dimensions } = counting;
  const { conditions, warnings } = question;
  const all = await groupBy({ ...conditions, by: dimensions.map(({ engine }) => engine), metrics: [] });
  const stating = await countsWhere(groupBy, counting, statesAny);
  const open = await countsWhere(groupBy, counting, statesFigure);
  const told = all.rows.filter(({ by }) => stating.at(by) > 0);
  if (stating.total > maxRead || told.length > maxRows) throw tooMany(stating.total, told.length);
  if (stating.total === 0 && all.totals.count > 0) warnings.add(nothingStated(all.totals.count));
  const values = dimensions.map((_, at) => new Set(all.rows.flatMap(({ by }) => by[at] ?? [])));
  const rows: CountedRow[] = all.rows.flatMap(({ by, count }) => silentRow(by, count - stating.at(by)));
  let isRepeated = false;
  for (const { by } of told) {
    const filter = [...conditions.filter, { clause: statesAny }, { clause: rowClause(dimensions, by, values) }];
    const own = await readMatching(context, { ...conditions, filter }, maxRead);
    const records = own.credentials.map(({ outcomes }) => outcomes);
    const measured = outcomeRows(by, records);
    isRepeated ||= measured.reduce((sum, { n }) => sum + n, 0) > records.length;
    rows.push(...measured);
  }
  const silent = all.totals.count - stating.total;
  return {
    dimensions: [...dimensions, ...measureDimensions],
    columns,
    rows,
    totals: {
      n: all.totals.count,
      values: [open.total, stating.total - open.total, ...figures.map(() => null)],
      unknown: [silent, silent, ...figures.map(() => all.totals.count)],
    },
    overlapping: [
      ...(await overlappingOf(groupBy, { question, dimensions, rows: all.rows, total: all.totals.count })),
      ...(isRepeated ? [measureDimensions[0]!.name] : []),
    ],
    sort: [...dimensions.map(({ name }) => name), '-n'].join(),
  };
}

/** Credentials of a row that state no outcome, beside those that do. */
function silentRow(by: CountedRow['by'], n: number): CountedRow[] {
  const nothing = { values: [0, 0, ...figures.map(() => null)], unknown: columns.map(() => n) };
  return n === 0 ? [] : [{ by: [...by, ...measureDimensions.map(() => null)], n, ...nothing }];
}

function nothingStated(credentials: number): string {
  const who =
    credentials === 1
      ? 'The one credential asked about states no outcome'
      : `None of the ${credentials.toLocaleString('en')} credentials asked about states an outcome`;
  return `${who}: no earnings, jobs or awards in ceterms:aggregateData and the like, nor in a data set (qdata:DataSetProfile) about it.`;
}

/** What makes figures comparable. */
const measures = {
  kind: ({ kind }: Outcome) => kind,
  metric: ({ name }: Outcome) => name,
  months: ({ months }: Outcome) => months?.toString(),
  currency: ({ currency }: Outcome) => currency,
};

/** Never asked of an engine: their values are read from the records. */
const measureDimensions: MarketDimension[] = Object.keys(measures).map((name) => ({
  name,
  label: name,
  isMultiple: false,
  engine: { kind: 'clauses', values: [] },
  shown: async (values) => new Map(values.map((value) => [value, { value, label: value }])),
}));

function outcomeRows(by: readonly (string | null)[], records: readonly (readonly Outcome[])[]): CountedRow[] {
  const groups = new Map<string, Outcome[][]>();
  for (const outcomes of records)
    for (const [key, own] of Map.groupBy(outcomes, measureOf)) groups.set(key, [...(groups.get(key) ?? []), own]);
  return [...groups].map(([key, credentials]) => {
    const open = credentials
      .map((own) => own.filter(({ suppressed }) => !suppressed))
      .filter(({ length }) => length > 0);
    const medians = figures.map((figure) =>
      open.flatMap((own) => medianOf(own.flatMap((each) => each[figure] ?? [])) ?? []),
    );
    return {
      by: [...by, ...(JSON.parse(key) as (string | null)[])],
      n: credentials.length,
      values: [open.length, credentials.length - open.length, ...medians.map((own) => roundedOf(medianOf(own)))],
      unknown: [0, 0, ...medians.map((own) => credentials.length - own.length)],
    };
  });
}

function measureOf(outcome: Outcome): string {
  return JSON.stringify(Object.values(measures).map((read) => read(outcome) ?? null));
}

function medianOf(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

function roundedOf(value: number | undefined): number | null {
  return value === undefined ? null : rounded(value, 4);
}

function tooMany(credentials: number, rows: number): InvalidInputError {
  const detail = `${credentials} credentials in ${rows} rows state outcomes; at most ${maxRead} in ${maxRows} are read at once. Narrow the filter, or take fewer dimensions.`;
  return new InvalidInputError('too_many_outcomes', detail, {
    faults: [{ code: 'too_many_outcomes', parameter: 'filter', detail }],
  });
}
