import { InvalidInputError, type Outcome } from '@credatlas/model';
import type { QueryContext } from '../../dependencies.ts';
import type { MarketDimension } from '../dimensions/MarketDimension.ts';
import { rounded } from '../metrics/MarketMetric.ts';
import type { Counting } from '../table/answerTable.ts';
import type { CountedRow, CountedTable } from '../table/CountedTable.ts';
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

/**
 * Outcomes by any dimensions: figures of the same kind, metric, time after and currency only are put together, each credential once
 * with the median of its own. What is withheld is counted apart and never becomes a figure. Throws InvalidInputError
 * `too_many_outcomes`.
 */
export async function countOutcomes(
  context: QueryContext,
  { groupBy, question, dimensions }: Counting,
): Promise<CountedTable> {
  const { conditions } = question;
  const stating = {
    ...conditions,
    filter: [
      ...conditions.filter,
      {
        clause: {
          op: 'or' as const,
          clauses: [
            { op: 'present' as const, field: 'outcome' as const },
            { op: 'present' as const, field: 'outcome.withheld' as const },
          ],
        },
      },
    ],
  };
  const table = await groupBy({ ...stating, by: dimensions.map(({ engine }) => engine), metrics: [] });
  if (table.totals.count > maxRead || table.rows.length > maxRows) throw tooMany(table.totals.count, table.rows.length);
  const all = dimensions.map((_, at) => new Set(table.rows.flatMap(({ by }) => by[at] ?? [])));
  const rows: CountedRow[] = [];
  for (const { by } of table.rows) {
    const clause = rowClause(dimensions, by, all);
    const own = await readMatching(context, { ...stating, filter: [...stating.filter, { clause }] }, maxRead);
    rows.push(
      ...outcomeRows(
        by,
        own.credentials.map(({ outcomes }) => outcomes),
      ),
    );
  }
  const unknown = columns.map(() => 0);
  return {
    dimensions: [...dimensions, ...measureDimensions],
    columns,
    rows,
    totals: { n: table.totals.count, values: columns.map(() => null), unknown },
    overlapping: await overlappingOf(groupBy, {
      question: { ...question, conditions: stating },
      dimensions,
      rows: table.rows,
      total: table.totals.count,
    }),
    sort: [...dimensions.map(({ name }) => name), '-n'].join(),
  };
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
