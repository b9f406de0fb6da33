import type { SearchableCurrency, TaggedClause, TextQuery, TextUnit } from '@credatlas/model';
import { compileFilter } from './compileFilter.ts';
import type { QueryContext } from './dependencies.ts';
import type { Identified } from './identified.ts';
import type { Judgement } from './judgement.ts';
import type { CredentialList } from './schemas.ts';
import { textQuery } from './textQuery.ts';
import type { Warnings } from './Warnings.ts';

export type Unit = CredentialList['meta']['unit'];

/** Text and filter as engines take them. */
export interface Conditions {
  text?: TextQuery;
  filter: TaggedClause[];
}

/** What is asked, before it is read for a mode. */
export interface Asked {
  units: TextUnit[] | undefined;
  /** When the words are one identifier. */
  identified?: Identified | undefined;
  filter: string | undefined;
  currency: SearchableCurrency;
  mode: TextQuery['mode'];
  judgement: Judgement;
  unit: Unit;
}

/** Of several records about one credential, the one that stands for them. */
export const leadsOnly: TaggedClause = { clause: { op: 'missing', field: 'follower' } };

/** Throws InvalidInputError naming the clause that cannot be read. */
export async function conditionsOf(context: QueryContext, given: Asked & { warnings: Warnings }): Promise<Conditions> {
  const { units, identified, filter, currency, mode, judgement, unit, warnings } = given;
  const clauses = await compileFilter(filter, { ...context, currency, mode, judgement, warnings });
  return {
    ...(units ? { text: await textQuery(units, { ...context, mode, warnings }) } : {}),
    filter: [
      ...clauses,
      ...(identified ? [{ clause: identified.clause }] : []),
      ...(unit === 'cluster' ? [leadsOnly] : []),
    ],
  };
}
