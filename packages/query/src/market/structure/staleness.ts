import { judgedClause } from '../../judgement.ts';
import { rounded } from '../metrics/MarketMetric.ts';
import { marketMetrics } from '../metrics/marketMetrics.ts';
import type { Counting } from '../table/answerTable.ts';
import type { CountedCell, CountedTable } from '../table/CountedTable.ts';
import { countsWhere } from '../table/countsWhere.ts';
import { countTable } from '../table/countTable.ts';

const columns = [
  { name: 'stale', label: 'not affirmed for longer than its field moves', unit: 'credentials' },
  { name: 'current', label: 'affirmed since, or in a field that does not move fast', unit: 'credentials' },
  { name: 'staleShare', label: 'stale, of those that can be judged', unit: 'share from 0 to 1' },
];

/** How much of each row is stale on the day of the question, and how old its records are. */
export async function countStaleness(counting: Counting): Promise<CountedTable> {
  const { groupBy, question } = counting;
  const { currency, judgement } = question;
  const metrics = marketMetrics('median:age,p90:age,min:updatedAt', { currency, on: judgement.on });
  const table = await countTable(groupBy, { ...counting, metrics });
  const [stale, current] = [
    await countsWhere(groupBy, counting, judgedClause('stale', 'yes', judgement)),
    await countsWhere(groupBy, counting, judgedClause('stale', 'no', judgement)),
  ];
  const judged = ({ n, values, unknown }: CountedCell, [old, fresh]: [number, number]): CountedCell => ({
    n,
    values: [old, fresh, old + fresh === 0 ? null : rounded(old / (old + fresh), 4), ...values],
    unknown: [...columns.map(() => n - old - fresh), ...unknown],
  });
  return {
    ...table,
    columns: [...columns, ...table.columns],
    rows: table.rows.map((row) => ({ by: row.by, ...judged(row, [stale.at(row.by), current.at(row.by)]) })),
    totals: judged(table.totals, [stale.total, current.total]),
  };
}
