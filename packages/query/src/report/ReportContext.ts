import type { Organization, SearchableCurrency, TaggedClause } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import type { Judgement } from '../judgement.ts';
import type { Warnings } from '../Warnings.ts';

/** What every part of a provider's report is made from. */
export interface ReportContext extends QueryContext {
  organization: Organization;
  peers: Organization[];
  /** Credentials that it owns or offers, at the source of its own record. */
  own: TaggedClause[];
  /** Those of its peers that are not its own too. */
  ofPeers: TaggedClause[];
  judgement: Judgement;
  currency: SearchableCurrency;
  warnings: Warnings;
}
