import type { Metric } from '@credatlas/model';
import { type Cell, type MarketMetric, rounded } from './MarketMetric.ts';
import type { MeasuredField } from './measuredFields.ts';

type Statistic = Pick<MarketMetric, 'label' | 'unit' | 'needs' | 'read'>;

/** What is told of a measured field by one of the words sum, min, max, mean, median or p0 to p100; undefined for another word. */
export function statistic(word: string, field: MeasuredField): Statistic | undefined {
  const { column, until } = field;
  // An age is counted back from a day: its lowest is told by the highest date.
  const isBackwards = until !== undefined;
  switch (word) {
    case 'sum':
      return sum(field);
    case 'mean':
      return single({ kind: 'mean', field: column }, field, 'mean');
    case 'min':
      return single({ kind: isBackwards ? 'max' : 'min', field: column }, field, 'lowest');
    case 'max':
      return single({ kind: isBackwards ? 'min' : 'max', field: column }, field, 'highest');
    default: {
      const percent = word === 'median' ? 50 : Number(/^p(\d{1,3}(?:\.\d{1,4})?)$/.exec(word)?.[1] ?? Number.NaN);
      if (!(percent >= 0 && percent <= 100)) return undefined;
      const p = isBackwards ? 1 - percent / 100 : percent / 100;
      return single(
        { kind: 'percentile', field: column, p },
        field,
        word === 'median' ? word : `percentile ${percent}`,
      );
    }
  }
}

function single(metric: Metric, { name, unit, until, written }: MeasuredField, words: string): Statistic {
  const read = ({ told }: Cell): number | string | null => {
    const value = told(metric);
    return value === null ? null : written(until === undefined ? value : until - value);
  };
  return { label: `${words} of ${name}`, unit, needs: [metric], read };
}

function sum({ name, column, unit, until, written }: MeasuredField): Statistic {
  const total: Metric = { kind: 'sum', field: column };
  const read = ({ told, stated }: Cell): number | string | null => {
    const value = told(total) ?? 0;
    // Of nothing stated the sum is unknown, not zero.
    return stated === 0 ? null : written(until === undefined ? value : stated * until - value);
  };
  return { label: `sum of ${name}`, unit, needs: [total], read };
}

export const shareUnit = 'share from 0 to 1';

/** Part of the credentials that state something. */
export function shareOf({ n, stated }: Pick<Cell, 'n' | 'stated'>): number | null {
  return n === 0 ? null : rounded(stated / n, 4);
}
