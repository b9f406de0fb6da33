import type { SearchableCurrency, SearchCursor, SearchHit, TextQuery } from '@credatlas/model';
import { centreOf } from './circle.ts';
import { conditionsOf, type Unit } from './conditions.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { QueryContext } from './dependencies.ts';
import { didYouMean } from './didYouMean.ts';
import { drawSample, refuseOrder } from './drawSample.ts';
import { facetPlans } from './facetPlans.ts';
import { hitSummaries } from './hitSummaries.ts';
import { wordsIn } from './identified.ts';
import { judgementOf, vettedJudgement } from './judgement.ts';
import { labelledFacets } from './labelledFacets.ts';
import { notedQuestion } from './notedQuestion.ts';
import type { CredentialList } from './schemas.ts';
import { sortKeys } from './sortKeys.ts';
import { selected, selectedFields } from './summaryOf.ts';
import { bothTotals, bothUnits } from './totals.ts';
import { Warnings } from './Warnings.ts';

export interface SearchParameters {
  q?: string | undefined;
  mode: TextQuery['mode'];
  filter?: string | undefined;
  facets?: string | undefined;
  sort?: string | undefined;
  size: number;
  after?: string | undefined;
  select?: string | undefined;
  currency: SearchableCurrency;
  on?: string | undefined;
  context?: string | undefined;
  issuerList?: string | undefined;
  unit?: Unit;
  sample?: number | undefined;
  seed?: number;
}

/**
 * Search with exact totals for both modes, facets, and a cursor over everything. Throws InvalidInputError for what cannot be read,
 * naming the parameter, the position and the nearest valid name.
 */
export async function searchCredentials(context: QueryContext, parameters: SearchParameters): Promise<CredentialList> {
  const { q, filter, size, after, currency } = parameters;
  const warnings = new Warnings();
  const fields = selectedFields(parameters.select);
  if (parameters.sample !== undefined) refuseOrder(parameters);
  const asked = await askedFor(context, parameters, warnings);
  const { judgement, units, identified } = asked;
  const plans = await facetPlans(parameters.facets, { ...context, currency, judgement });
  const centre = centreOf(filter);
  const page = pageOf(asked, parameters);
  const keys = sortKeys(parameters.sort, { currency, hasText: (units ?? identified) !== undefined, centre });
  const point = after ? readCursor(after, page) : undefined;
  const conditions = await conditionsOf(context, { ...asked, warnings });
  const answer = await context.engine.search({
    ...conditions,
    facets: plans.map(({ request }) => request),
    // Of what is found by its identifier, none is more relevant than another.
    sort: identified ? keys.filter(({ by }) => by !== 'relevance') : keys,
    size: parameters.sample === undefined ? size : 0,
    ...(point ? { after: point } : {}),
  });
  const { total } = answer;
  const hits: SearchHit[] =
    parameters.sample === undefined
      ? answer.hits
      : await drawSample(context, conditions, { size: parameters.sample, seed: parameters.seed ?? 1 });
  const results = await hitSummaries(context, hits, { ...asked, text: conditions.text, centre, warnings });
  const facets = await labelledFacets(answer.facets, plans, context);
  // A page of nothing has no end to go on from, and a sample no order.
  const pageAt = (cursor: SearchCursor | undefined): string | null =>
    cursor && size > 0 && parameters.sample === undefined ? writeCursor(cursor, page) : null;
  // Further pages are the same question.
  if (!after && (q || filter)) context.questionNotes?.note(notedQuestion(parameters));
  return {
    meta: {
      total,
      totals: await bothTotals(context, { ...asked, conditions, total }),
      unit: asked.unit,
      units: await bothUnits(context, conditions, { unit: asked.unit, total }),
      didYouMean: await didYouMean(context, units, { filter: conditions.filter, total }),
      mode: asked.mode,
      size,
      on: judgement.day,
      snapshot: answer.seq,
      truncated: Object.values(facets).some(({ truncated }) => truncated),
      warnings: warnings.list(),
    },
    results: results.map((summary) => selected(summary, fields)),
    facets,
    next: pageAt(answer.next),
    prev: pageAt(answer.prev),
  };
}

/** What is asked, read as far as it is the same in either mode. */
export async function askedFor(context: QueryContext, parameters: Omit<SearchParameters, 'size'>, warnings: Warnings) {
  const { q, mode, filter, currency, unit = 'credential' } = parameters;
  const plain = judgementOf(parameters, { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths });
  const judgement = await vettedJudgement(plain, { lists: context.lists, name: parameters.issuerList });
  return { ...(await wordsIn(context, q, warnings)), filter, currency, mode, judgement, unit };
}

/** What must be the same on every page. */
function pageOf(
  { judgement, unit }: Awaited<ReturnType<typeof askedFor>>,
  { q, mode, filter, sort, currency, context, issuerList }: SearchParameters,
): unknown {
  return { q, mode, filter, sort, currency, on: judgement.day, context, issuerList, unit };
}
