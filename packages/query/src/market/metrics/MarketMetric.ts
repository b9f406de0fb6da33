import type { KeywordField, Metric } from '@credatlas/model';

/** What is told of each row: as it is asked for, as the engine is asked for it, and how its answer is read. */
export interface MarketMetric {
  name: string;
  label: string;
  unit: string;
  needs: readonly Metric[];
  /** Counts the credentials that state what it is about; absent, and without a keyword: every credential does. */
  presence?: Metric;
  /** Field that a credential must have a value of to say anything here. */
  keyword?: KeywordField;
  read(cell: Cell): number | string | null;
}

/** What is known of the credentials of one row. */
export interface Cell {
  n: number;
  /** Those that state what the metric is about. */
  stated: number;
  /** The engine's answer to a metric that was needed. */
  told(metric: Metric): number | null;
  /** Credentials of the same row, column, or of the whole table. */
  among(part: TablePart): number;
}

/**
 * Parts of a table that a row lies in, as in a pivot table: the last dimension makes the columns, those before it the rows; a single
 * dimension makes rows, and all of them are one column.
 */
export const tableParts = ['row', 'column', 'total'] as const;
export type TablePart = (typeof tableParts)[number];

/** Half up, as interface §4 says of what is written. */
export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.floor(value * scale + 0.5) / scale;
}
