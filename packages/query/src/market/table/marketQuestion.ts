import type { SearchableCurrency, TaggedClause, TextQuery } from '@credatlas/model';
import { compileFilter, type FilterContext } from '../../compileFilter.ts';
import { leadsOnly } from '../../conditions.ts';
import type { QueryContext } from '../../dependencies.ts';
import { wordsIn } from '../../identified.ts';
import { judgementOf, vettedJudgement } from '../../judgement.ts';
import { textQuery } from '../../textQuery.ts';
import { Warnings } from '../../Warnings.ts';

/** What every question about the market may be narrowed and judged by. */
export interface QuestionParameters {
  q?: string | undefined;
  mode: TextQuery['mode'];
  filter?: string | undefined;
  currency: SearchableCurrency;
  on?: string | undefined;
  context?: string | undefined;
  issuerList?: string | undefined;
  unit: 'credential' | 'cluster';
}

/** The credentials that are asked about, and how filters and dimensions are to be read. */
export interface MarketQuestion extends FilterContext {
  conditions: { text?: TextQuery; filter: TaggedClause[] };
  unit: QuestionParameters['unit'];
  /** The market as a whole, counted in the same unit. */
  everything: TaggedClause[];
}

/** Reads what a question is about. Throws InvalidInputError naming the parameter. */
export async function marketQuestion(context: QueryContext, parameters: QuestionParameters): Promise<MarketQuestion> {
  const { q, mode, filter, currency, issuerList, unit } = parameters;
  const { labels, credentials, known, lists, skillsIn, rules, vocabulary } = context;
  const warnings = new Warnings();
  const plain = judgementOf(parameters, { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths });
  const judgement = await vettedJudgement(plain, { lists, name: issuerList });
  const filtering = { labels, credentials, known, lists, skillsIn, rules };
  const reading: FilterContext = { ...filtering, currency, judgement, mode, warnings };
  const { units, identified } = await wordsIn(context, q, warnings);
  const text = units && (await textQuery(units, { mode, vocabulary, labels, skillsIn, warnings }));
  const everything = unit === 'cluster' ? [leadsOnly] : [];
  const own = identified ? [{ clause: identified.clause }] : [];
  const clauses = [...(await compileFilter(filter, reading)), ...own, ...everything];
  return { ...reading, unit, everything, conditions: { ...(text ? { text } : {}), filter: clauses } };
}
