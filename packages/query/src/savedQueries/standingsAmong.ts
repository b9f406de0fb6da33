import type { QueryContext } from '../dependencies.ts';
import { judgeRecords, verdictOfAll } from '../rules/judgeRecords.ts';
import type { Verdict } from '../rules/verdicts.ts';
import type { Conditions } from './conditionsOn.ts';
import { truthsAmong } from './truths.ts';

/** How a record fares by a rule: its verdict, the clauses it fails, and what would have to be stated. */
export interface Screened {
  verdict: Verdict;
  fails: string[];
  missing: string[];
}

/** How a record stands to a query on one side. */
export interface Standing {
  /** Which clauses hold, the words last. */
  truths: boolean[];
  /** By the rules that the query screens by, under the clause's field (`rule:NAME`). */
  screened: Record<string, Screened>;
}

/** The standing of each of these documents in the state that the context's engine shows. */
export async function standingsAmong(
  { engine, rules }: Pick<QueryContext, 'engine' | 'rules'>,
  ids: string[],
  conditions: Conditions,
): Promise<{ of(id: string): Standing }> {
  const truths = await truthsAmong(engine, ids, conditions);
  const standings = new Map<string, Standing>([...truths].map(([id, own]) => [id, { truths: own, screened: {} }]));
  const fields = new Set(conditions.filter.map(({ field }) => field));
  for (const rule of rules.all.filter(({ id }) => fields.has(`rule:${id}`))) {
    const compiled = await rules.compiled(rule, conditions.judgement);
    for (const [id, clauses] of await judgeRecords(engine, compiled, ids))
      standings.get(id)!.screened[`rule:${rule.id}`] = {
        verdict: verdictOfAll(clauses),
        fails: rule.clauses.filter((_, at) => clauses[at]?.verdict === 'fail').map((clause) => clause.id),
        missing: [...new Set(clauses.flatMap(({ missing }) => missing))],
      };
  }
  return { of: (id) => standings.get(id) ?? { truths: [], screened: {} } };
}
