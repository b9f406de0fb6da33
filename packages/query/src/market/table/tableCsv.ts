import { csvText } from '../../csvText.ts';
import type { MarketTable } from './tableSchemas.ts';

/**
 * The rows of a table: each dimension as value and in words, each metric, the number of credentials, how many of them do not state
 * what the metric is about (where some metric can lack that), and whether the row is suppressed. Totals are not among the rows.
 */
export function tableCsv({ columns, rows, meta }: Pick<MarketTable, 'columns' | 'rows' | 'meta'>): string {
  const dimensions = columns.filter(({ kind }) => kind === 'dimension');
  const metrics = columns.filter(({ kind }) => kind === 'metric');
  const stated = metrics.map((_, at) => rows.some(({ unknown }) => (unknown[at] ?? 0) > 0));
  const heads = [
    ...dimensions.flatMap(({ name }) => [name, `${name} (in words)`]),
    ...metrics.map(({ name, unit }) => (unit ? `${name} [${unit}]` : name)),
    'n',
    ...metrics.flatMap(({ name }, at) => (stated[at] ? [`${name} not stated`] : [])),
    ...(meta.suppressed ? ['suppressed'] : []),
  ];
  const cells = rows.map(({ by, labels, values, n, unknown, suppressed }) => [
    ...by.flatMap((value, at) => [value, labels[at]!]),
    ...values,
    n,
    ...unknown.filter((_, at) => stated[at]),
    ...(meta.suppressed ? [suppressed ? 'yes' : 'no'] : []),
  ]);
  return csvText([heads, ...cells]);
}
