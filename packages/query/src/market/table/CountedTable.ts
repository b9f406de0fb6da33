import type { MarketDimension } from '../dimensions/MarketDimension.ts';

export interface MeasuredColumn {
  name: string;
  label: string;
  unit: string;
  /** Set when the engine could only estimate it. */
  isApproximate?: boolean;
}

/** What is told of a group of credentials. */
export interface CountedCell {
  n: number;
  /** One per column. */
  values: (number | string | null)[];
  /** Credentials of the n that do not state what the column is about. */
  unknown: number[];
}

export interface CountedRow extends CountedCell {
  /** The engine's values; null: not stated. */
  by: readonly (string | null)[];
}

/** A table as it was counted, before anything is sorted, suppressed or put into words. */
export interface CountedTable {
  dimensions: readonly MarketDimension[];
  columns: readonly MeasuredColumn[];
  rows: readonly CountedRow[];
  totals: CountedCell;
  overlapping: readonly string[];
  /** How it is sorted unless something else is asked for. */
  sort?: string;
}
