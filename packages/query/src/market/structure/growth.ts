import type { GroupRow, Metric } from '@credatlas/model';
import type { MarketDimension } from '../dimensions/MarketDimension.ts';
import { type Period, periodBands, periodsBack } from '../dimensions/periods.ts';
import { rounded } from '../metrics/MarketMetric.ts';
import type { Counting } from '../table/answerTable.ts';
import type { CountedRow, CountedTable } from '../table/CountedTable.ts';
import { overlappingOf } from '../table/countTable.ts';

const columns = [
  { name: 'newToMarket', label: 'took effect in the period', unit: 'credentials' },
  { name: 'newToRegistry', label: 'first seen here in the period', unit: 'credentials' },
  { name: 'stock', label: 'in effect by the end of the period, of those dated', unit: 'credentials' },
  { name: 'growth', label: 'newToMarket in percent of the stock before', unit: '%' },
  { name: 'providers', label: 'providers of what took effect', unit: 'different values' },
];

const distinctProviders: Metric = { kind: 'distinct', field: 'provider' };
const dated: Metric = { kind: 'present', field: 'effective' };

/**
 * How a market grows by period: what took effect, apart from what was first seen here, and both as far as dates are stated. Every
 * period has a row, also one without anything new; what is older, yet to come or undated has a row where there is any.
 */
export async function countGrowth(
  { groupBy, question, dimensions }: Counting,
  { period, periods }: { period: Period; periods: number },
): Promise<CountedTable> {
  const { conditions, judgement } = question;
  const first = periodsBack(judgement.on, periods - 1, period);
  const { edges, names } = periodBands({ first, last: judgement.on, on: judgement.on }, period);
  const own = dimensions.map(({ engine }) => engine);
  const byDate = (field: 'effective' | 'firstSeen') => [...own, { kind: 'bands' as const, field, edges }];
  const market = await groupBy({ ...conditions, by: byDate('effective'), metrics: [distinctProviders, dated] });
  const registry = await groupBy({ ...conditions, by: byDate('firstSeen'), metrics: [] });
  const groups = new Map(
    [...market.rows, ...registry.rows].map(({ by }) => [JSON.stringify(by.slice(0, -1)), by.slice(0, -1)]),
  );
  const time: MarketDimension = {
    name: period,
    label: period,
    isMultiple: false,
    engine: { kind: 'bands', field: 'effective', edges },
    order: [...names.keys()],
    shown: async () => new Map([...names].map(([band, name]) => [band, { value: name, label: name }])),
  };
  const series = { bands: [...names.keys()], market: keyed(market.rows), registry: keyed(registry.rows) };
  const {
    count: n,
    values: [providers, inEffect],
  } = market.totals;
  const undated = n - inEffect!;
  return {
    dimensions: [...dimensions, time],
    columns,
    rows: [...groups.values()].flatMap((group) => seriesOf(group, series)),
    totals: { n, values: [inEffect!, n, null, null, providers || null], unknown: [undated, 0, undated, undated, 0] },
    overlapping: await overlappingOf(groupBy, { question, dimensions, ...registry, total: registry.totals.count }),
    sort: [...dimensions.map(({ name }) => name), period].join(),
  };
}

type Keyed = ReadonlyMap<string, GroupRow>;

function keyed(rows: readonly GroupRow[]): Keyed {
  return new Map(rows.map((row) => [JSON.stringify(row.by), row]));
}

/** The rows of one group, period by period. */
function seriesOf(group: GroupRow['by'], series: { bands: string[]; market: Keyed; registry: Keyed }): CountedRow[] {
  const rows: CountedRow[] = [];
  let stock = 0;
  for (const [at, band] of [...series.bands, null].entries()) {
    const by = [...group, band];
    const key = JSON.stringify(by);
    const [market, registry] = [series.market.get(key), series.registry.get(key)];
    const [isOpen, n, seen] = [at === 0 || at >= series.bands.length - 1, market?.count ?? 0, registry?.count ?? 0];
    if (isOpen && n + seen === 0) continue;
    const before = stock;
    stock += n;
    const isDated = at < series.bands.length - 1;
    const growth = isDated && at > 0 && before > 0 ? rounded((100 * n) / before, 2) : null;
    const values = [
      band === null ? null : n,
      band === null ? null : seen,
      isDated ? stock : null,
      growth,
      market?.values[0] || null,
    ];
    rows.push({ by, n, values, unknown: columns.map(() => 0) });
  }
  return rows;
}
