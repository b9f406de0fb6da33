import type { Clause, SavedQuery, SearchableCurrency, TaggedClause, TextQuery } from '@credatlas/model';
import { compileFilter } from '../compileFilter.ts';
import type { QueryContext } from '../dependencies.ts';
import { parseFilter } from '../filterSyntax.ts';
import { wordsIn } from '../identified.ts';
import { type Judgement, judgementOf, vettedJudgement } from '../judgement.ts';
import { textQuery } from '../textQuery.ts';
import type { Warnings } from '../Warnings.ts';
import type { Since } from './since.ts';

/** A kept query as engines take it, on a day. */
export interface Conditions {
  text?: TextQuery;
  filter: TaggedClause[];
  /** Each clause of the filter as it was written, in their order. */
  written: string[];
  judgement: Judgement;
}

/** A kept query on both sides. */
export interface Compared {
  context: QueryContext;
  saved: SavedQuery;
  before: Conditions;
  now: Conditions;
  since: Since;
}

/** Throws InvalidInputError for what cannot be read, naming the parameter. */
export async function conditionsOn(
  context: QueryContext,
  query: SavedQuery['query'],
  { day, warnings }: { day?: string; warnings: Warnings },
): Promise<Conditions> {
  const { q, mode, filter } = query;
  const currency = query.currency as SearchableCurrency;
  const given = { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths };
  const plain = judgementOf({ context: query.context, on: day }, given);
  const judgement = await vettedJudgement(plain, { lists: context.lists, name: query.issuerList });
  const { units, identified } = await wordsIn(context, q, warnings);
  const clauses = await compileFilter(filter, { ...context, currency, mode, judgement, warnings });
  return {
    ...(units ? { text: await textQuery(units, { ...context, mode, warnings }) } : {}),
    filter: [...clauses, ...(identified ? [{ clause: identified.clause }] : [])],
    written: [...(filter === undefined ? [] : writtenClauses(filter)), ...(identified ? ['q'] : [])],
    judgement,
  };
}

/** The clauses of a filter as they stand, in the order in which they are compiled: `validOn` narrows others and comes last. */
function writtenClauses(filter: string): string[] {
  const nodes = parseFilter(filter);
  const texts = nodes.map(({ position }, index) =>
    filter
      .slice(position, nodes[index + 1]?.position)
      .trim()
      .replace(/,\s*$/, ''),
  );
  const isDay = (index: number): boolean => {
    const node = nodes[index];
    return node?.kind === 'field' && node.field === 'validOn';
  };
  return [...texts.filter((_, index) => !isDay(index)), ...texts.filter((_, index) => isDay(index))];
}

/** One clause for all of the filter. */
export function wholeClause({ filter }: Conditions): Clause {
  return { op: 'and', clauses: filter.map(({ clause }) => clause) };
}
