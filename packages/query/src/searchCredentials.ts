import type {
  SearchableCurrency,
  SearchHit,
  SearchQuery,
  Summary,
  TaggedClause,
  TextQuery,
  TextUnit,
} from '@credatlas/model';
import { compileFilter } from './compileFilter.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { QueryContext } from './dependencies.ts';
import { facetPlans } from './facetPlans.ts';
import { type Judgement, judgementOf, vettedJudgement } from './judgement.ts';
import { labelledFacets } from './labelledFacets.ts';
import { matchOf } from './matchOf.ts';
import { notedQuestion } from './notedQuestion.ts';
import type { CredentialList } from './schemas.ts';
import { sortKeys } from './sortKeys.ts';
import { selected, selectedFields, summaryOf } from './summaryOf.ts';
import { textQuery, textUnits } from './textQuery.ts';
import { Warnings } from './Warnings.ts';

type Mode = TextQuery['mode'];

export interface SearchParameters {
  q?: string | undefined;
  mode: Mode;
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
}

type Unit = CredentialList['meta']['unit'];

/** Text and filter as engines take them. */
export interface Conditions {
  text?: TextQuery;
  filter: TaggedClause[];
}

/**
 * Search with exact totals for both modes, facets, and a cursor over everything. Throws InvalidInputError for what cannot be read,
 * naming the parameter, the position and the nearest valid name.
 */
export async function searchCredentials(context: QueryContext, parameters: SearchParameters): Promise<CredentialList> {
  const { q, mode, filter, sort, size, after, currency, unit = 'credential' } = parameters;
  const warnings = new Warnings();
  const fields = selectedFields(parameters.select);
  const plain = judgementOf(parameters, { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths });
  const judgement = await vettedJudgement(plain, { lists: context.lists, name: parameters.issuerList });
  const plans = await facetPlans(parameters.facets, { currency, judgement, lists: context.lists });
  const units = textUnits(q, warnings);
  const keys = sortKeys(sort, { currency, hasText: units !== undefined });
  const pageOf = {
    q,
    mode,
    filter,
    sort,
    currency,
    on: judgement.day,
    context: parameters.context,
    issuerList: parameters.issuerList,
    unit,
  };
  const point = after ? readCursor(after, pageOf) : undefined;
  const conditions = await conditionsOf(context, { units, filter, currency, mode, judgement, unit, warnings });
  const query: SearchQuery = {
    ...conditions,
    facets: plans.map(({ request }) => request),
    sort: keys,
    size,
    ...(point ? { after: point } : {}),
  };
  const answer = await context.engine.search(query);
  const results = await summaries(context, answer.hits, { currency, judgement, text: conditions.text, warnings });
  const totals = await bothTotals(context, {
    units,
    filter,
    currency,
    mode,
    judgement,
    unit,
    conditions,
    total: answer.total,
  });
  const facets = await labelledFacets(answer.facets, plans, context);
  // Further pages are the same question.
  if (!after && (q || filter)) context.questionNotes?.note(notedQuestion(parameters));
  return {
    meta: {
      total: answer.total,
      totals,
      unit,
      units: await bothUnits(context, conditions, { unit, total: answer.total }),
      mode,
      size,
      on: judgement.day,
      snapshot: answer.seq,
      truncated: Object.values(facets).some(({ truncated }) => truncated),
      warnings: warnings.list(),
    },
    results: results.map((summary) => selected(summary, fields)),
    facets,
    // A page of nothing has no end to go on from.
    next: answer.next && size > 0 ? writeCursor(answer.next, pageOf) : null,
  };
}

interface Asked {
  units: TextUnit[] | undefined;
  filter: string | undefined;
  currency: SearchableCurrency;
  mode: Mode;
  judgement: Judgement;
  unit: Unit;
}

/** Of several records about one credential, the one that stands for them. */
export const leadsOnly: TaggedClause = { clause: { op: 'missing', field: 'follower' } };

/** Throws InvalidInputError naming the clause that cannot be read. */
export async function conditionsOf(context: QueryContext, given: Asked & { warnings: Warnings }): Promise<Conditions> {
  const { units, filter, currency, mode, judgement, unit, warnings } = given;
  const clauses = await compileFilter(filter, { ...context, currency, mode, judgement, warnings });
  return {
    ...(units ? { text: await textQuery(units, { mode, vocabulary: context.vocabulary, warnings }) } : {}),
    filter: unit === 'cluster' ? [...clauses, leadsOnly] : clauses,
  };
}

/** The total of the mode that was asked for, and a count of the other where it can differ. */
async function bothTotals(
  context: QueryContext,
  given: Asked & { conditions: Conditions; total: number },
): Promise<CredentialList['meta']['totals']> {
  const { mode, conditions, total } = given;
  const otherMode: Mode = mode === 'strict' ? 'expanded' : 'strict';
  // Its warnings would say the same twice.
  const other = await conditionsOf(context, { ...given, mode: otherMode, warnings: new Warnings(0) });
  const isSame = !other.text && JSON.stringify(other) === JSON.stringify(conditions);
  const count = isSame ? total : await context.engine.count(other);
  return mode === 'strict' ? { strict: total, expanded: count } : { strict: count, expanded: total };
}

/** The total in the unit that was asked for, and a count in the other where any cluster makes a difference. */
async function bothUnits(
  context: QueryContext,
  { text, filter }: Conditions,
  { unit, total }: { unit: Unit; total: number },
): Promise<CredentialList['meta']['units']> {
  const hasFollowers = (await context.known.all('follower')).length > 0;
  const others = unit === 'cluster' ? filter.filter((clause) => clause !== leadsOnly) : [...filter, leadsOnly];
  const count = hasFollowers ? await context.engine.count({ ...(text ? { text } : {}), filter: others }) : total;
  return unit === 'cluster' ? { credentials: count, clusters: total } : { credentials: total, clusters: count };
}

async function summaries(
  context: QueryContext,
  hits: SearchHit[],
  given: { currency: SearchableCurrency; judgement: Judgement; text: TextQuery | undefined; warnings: Warnings },
): Promise<Summary[]> {
  const { currency, judgement, text, warnings } = given;
  const ids = hits.map(({ id }) => id);
  const credentials = await context.credentials.credentials(ids);
  const clusters = await sizesOfClusters(context, ids);
  return hits.flatMap(({ id, strict }) => {
    const credential = credentials.get(id);
    if (!credential) {
      warnings.add('Some hits were withdrawn a moment ago and are left out of the page; the totals still count them.');
      return [];
    }
    return [
      {
        ...summaryOf(credential, { currency, judgement }),
        ...(text ? { match: matchOf(credential, text, strict) } : {}),
        ...(clusters.has(id) ? { cluster: clusters.get(id)! } : {}),
      },
    ];
  });
}

/** Of those that are not alone: who stands for their cluster, and how large it is. */
export async function sizesOfClusters(
  { identities }: QueryContext,
  ids: string[],
): Promise<Map<string, NonNullable<Summary['cluster']>>> {
  const leads = await identities.leads(ids);
  const members = await identities.members([...new Set(leads.values())]);
  return new Map([...leads].map(([id, lead]) => [id, { lead, size: members.get(lead)?.length ?? 1 }]));
}
