import type { SearchableCurrency, SearchQuery, TaggedClause, TextQuery } from '@credatlas/model';
import { compileFilter } from './compileFilter.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { QueryDependencies } from './dependencies.ts';
import { labelledFacets } from './facetLabels.ts';
import { facetRequests } from './facetRequests.ts';
import type { CredentialList } from './schemas.ts';
import { sortKeys } from './sortKeys.ts';
import { matchOf, selected, selectedFields, summaryOf } from './summaryOf.ts';
import { textQuery, textUnits } from './textQuery.ts';

export interface SearchParameters {
  q?: string | undefined;
  mode: 'strict' | 'expanded';
  filter?: string | undefined;
  facets?: string | undefined;
  sort?: string | undefined;
  size: number;
  after?: string | undefined;
  select?: string | undefined;
  currency: SearchableCurrency;
}

type Mode = SearchParameters['mode'];

/** Search with exact totals for both modes, facets, and a cursor over everything. Throws InvalidInputError for what cannot be read. */
export async function searchCredentials(
  given: QueryDependencies,
  parameters: SearchParameters,
): Promise<CredentialList> {
  const warnings = new Set<string>();
  const warn = (message: string): void => void warnings.add(message);
  const { mode, currency, size } = parameters;
  const fields = selectedFields(parameters.select);
  const words = textUnits(parameters.q);
  if (words?.isCut) warn('The text has more than 64 words; the first 64 count.');
  const { size: _size, after, select: _select, ...fixed } = parameters;
  const conditions = async (ofMode: Mode): Promise<{ text?: TextQuery; filter: TaggedClause[] }> => ({
    ...(words
      ? {
          text: await textQuery(words.units, {
            mode: ofMode,
            vocabulary: given.vocabulary,
            warn: ofMode === mode ? warn : ignore,
          }),
        }
      : {}),
    filter: await compileFilter(parameters.filter, {
      ...given,
      currency,
      mode: ofMode,
      warn: ofMode === mode ? warn : ignore,
    }),
  });
  const facets = facetRequests(parameters.facets, currency);
  const query: SearchQuery = {
    ...(await conditions(mode)),
    facets,
    sort: sortKeys(parameters.sort, { currency, hasText: words !== undefined }),
    size,
    ...(after ? { after: readCursor(after, fixed) } : {}),
  };
  const answer = await given.engine.search(query);
  const other = await given.engine.count(await conditions(mode === 'strict' ? 'expanded' : 'strict'));
  const credentials = await given.credentials.credentials(answer.hits.map(({ id }) => id));
  const results = answer.hits.flatMap(({ id, strict }) => {
    const credential = credentials.get(id);
    if (!credential) return [];
    const match = query.text ? { match: matchOf(credential, query.text, strict) } : {};
    return [selected({ ...summaryOf(credential, currency), ...match }, fields)];
  });
  const labelled = await labelledFacets(answer.facets, facets, given.labels);
  return {
    meta: {
      total: answer.total,
      totals: mode === 'strict' ? { strict: answer.total, expanded: other } : { strict: other, expanded: answer.total },
      mode,
      size,
      snapshot: answer.seq,
      truncated: Object.values(labelled).some(({ truncated }) => truncated),
      warnings: [...warnings],
    },
    results,
    facets: labelled,
    next: answer.next ? writeCursor(answer.next, fixed) : null,
  };
}

function ignore(): void {
  // The other mode is only counted; its warnings would say the same twice.
}
