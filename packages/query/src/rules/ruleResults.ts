import type { Clause, FacetAnswer, FacetRequest } from '@credatlas/model';
import { type Conditions, conditionsOf } from '../conditions.ts';
import type { QueryContext } from '../dependencies.ts';
import { askedFor, type SearchParameters, searchCredentials } from '../searchCredentials.ts';
import { Warnings } from '../Warnings.ts';
import { missingClauses } from './judgeRecords.ts';
import { publishedAs } from './publishedAs.ts';
import { judgedCredentials, ruleNamed } from './ruleAnswers.ts';
import type { CompiledRule } from './Screens.ts';
import type { RuleResults, VerdictTotals } from './schemas.ts';
import { type Truth, type Verdict, verdictClause, verdictClauses } from './verdicts.ts';

export type ResultParameters = Omit<SearchParameters, 'facets'> & { verdict?: Verdict | undefined };

/**
 * A screen over any question: how many pass, fail and cannot be judged, by clause too, what is missing most, and the credentials with
 * theirs. Throws NotFoundError `unknown_rule`, and what a search throws.
 */
export async function ruleResults(
  context: QueryContext,
  name: string,
  { verdict, ...parameters }: ResultParameters,
): Promise<RuleResults> {
  const rule = ruleNamed(context, name);
  const filter = [parameters.filter?.trim(), verdict && `rule:${rule.id}=${verdict}`].filter(Boolean).join();
  const list = await searchCredentials(context, { ...parameters, filter: filter === '' ? undefined : filter });
  const asked = await askedFor(context, parameters, new Warnings(0));
  const compiled = await context.rules.compiled(rule, asked.judgement);
  const counts = await countsOf(
    context,
    compiled,
    await conditionsOf(context, { ...asked, warnings: new Warnings(0) }),
  );
  const credentials = await context.credentials.credentials(list.results.map(({ id }) => id!));
  const judged = await judgedCredentials(context, compiled, credentials);
  const { id, version, title, notJudged, clauses } = rule;
  return {
    meta: { ...list.meta, rule: { id, version, title }, verdicts: totalsOf(counts.facets.rule), notJudged },
    clauses: clauses.map(({ id: own, label, source }) => {
      const verdicts = totalsOf(counts.facets[`clause ${own}`]);
      const share = counts.total === 0 ? null : (verdicts.pass + verdicts.fail) / counts.total;
      return { id: own, label, source, verdicts, share };
    }),
    missing: (counts.facets.missing?.buckets ?? [])
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)
      .map(({ value: field, count }) => ({ field, credentials: count, publish: publishedAs(field) })),
    results: list.results.flatMap((summary) => {
      const own = judged.get(summary.id!);
      return own ? [{ ...summary, ...own }] : [];
    }),
    next: list.next,
    prev: list.prev,
  };
}

/** Verdicts of the rule and of its clauses over all that is asked about, and what is missing where it cannot be judged. */
async function countsOf({ engine }: QueryContext, compiled: CompiledRule, conditions: Conditions) {
  const facet = (name: string, values: { value: string; clause: Clause }[]): FacetRequest => ({
    ...{ name, kind: 'clauses', tag: '' },
    values,
  });
  return engine.search({
    ...conditions,
    facets: [
      facet('rule', verdictClauses(compiled)),
      ...compiled.clauses.map(({ clause, node }) => facet(`clause ${clause.id}`, verdictClauses(node))),
      facet('missing', missingValues(compiled)),
    ],
    sort: [{ by: 'name', descending: false }],
    size: 0,
  });
}

/** A field is missing where each test around it, and the rule as a whole, cannot be judged. */
function missingValues(compiled: CompiledRule): { value: string; clause: Clause }[] {
  const all = (path: readonly Truth[]): Clause => ({
    op: 'and',
    clauses: path.map((truth) => verdictClause(truth, 'cannot-judge')),
  });
  return [...missingClauses(compiled)].map(([value, paths]) => ({
    value,
    clause: { op: 'or', clauses: paths.map((path) => all([compiled, ...path])) },
  }));
}

function totalsOf(facet: FacetAnswer | undefined): VerdictTotals {
  const counts = new Map(facet?.buckets.map(({ value, count }) => [value, count]));
  return {
    pass: counts.get('pass') ?? 0,
    fail: counts.get('fail') ?? 0,
    cannotJudge: counts.get('cannot-judge') ?? 0,
  };
}
