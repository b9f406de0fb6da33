import type { SearchableCurrency } from '@credatlas/model';
import type { Conditions } from '../conditions.ts';
import type { Judgement } from '../judgement.ts';

/** A question whose whole answer is written down. */
export interface ExportQuestion {
  conditions: Conditions;
  currency: SearchableCurrency;
  judgement: Judgement;
  /** Of the summaries only these; all unless given. */
  fields: ReadonlySet<string> | undefined;
}
