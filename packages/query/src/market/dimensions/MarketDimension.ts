import type { Dimension, NumberField } from '@credatlas/model';
import type { FilterContext } from '../../compileFilter.ts';
import type { QueryContext } from '../../dependencies.ts';

/** What dimensions are read with. */
export interface DimensionContext extends QueryContext, Omit<FilterContext, 'warnings'> {
  /** First and last value of a date among the matching credentials, in milliseconds. */
  spanOf(field: NumberField): Promise<{ first: number; last: number } | undefined>;
}

/** One axis of a table: as it is asked for, as the engine takes it, and as its values are read. */
export interface MarketDimension {
  name: string;
  label: string;
  /** Whether a credential can have several of its values. */
  isMultiple: boolean;
  engine: Dimension;
  /** What each of the engine's values is shown as. */
  shown(values: string[]): Promise<ReadonlyMap<string, ShownValue>>;
  /** The engine's values in their own order; without it they are ordered by UTF-8 bytes. */
  order?: readonly string[];
  /** The classification scheme it sorts by. */
  scheme?: string;
}

export interface ShownValue {
  value: string;
  label: string;
}
