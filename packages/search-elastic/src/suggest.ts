import type { Suggestion, SuggestionEntry } from '@credatlas/model';
import type { WantedTerms } from '@credatlas/ports';
import { compareUtf8, hasTypos, isTypo, stem as stemOf } from '@credatlas/skills';
import type { estypes } from '@elastic/elasticsearch';
import { all, anyOf, either, type Query } from './clauses.ts';
import { suggestionOf, tokenOf } from './documentBody.ts';
import type { Aggregations, Ask } from './groups/enumerate.ts';
import { keywordPath } from './indexDefinition.ts';

interface SuggestQuery {
  fields: SuggestionEntry['field'][];
  tokens: string[];
  size: number;
}

interface Candidate {
  field: SuggestionEntry['field'];
  value: string;
}

/**
 * Labels are looked for twice at most: first the most frequent values of documents that hold the tokens, nearly all of which fit; when
 * too few do, because documents have many values, those that match the tokens as a pattern. Then the values found are counted.
 */
export async function suggestionsOf(ask: Ask, query: SuggestQuery): Promise<Suggestion[]> {
  if (query.tokens.length === 0 || query.size === 0) return [];
  const candidates = (await Promise.all(query.fields.map((field) => candidatesOf(ask, field, query)))).flat();
  if (candidates.length === 0) return [];
  const counted = await countsOf(ask, candidates);
  return counted
    .filter(({ documents }) => documents > 0)
    .sort((a, b) => b.documents - a.documents || compareUtf8(a.value, b.value))
    .slice(0, query.size);
}

async function candidatesOf(ask: Ask, field: Candidate['field'], query: SuggestQuery): Promise<Candidate[]> {
  const size = query.size * 4;
  const values = (keywords: string[]): Candidate[] =>
    [
      ...new Set(
        keywords
          .map(suggestionOf)
          .filter(({ tokens }) => fits(tokens, query.tokens))
          .map(({ value }) => value),
      ),
    ].map((value) => ({ field, value }));
  const frequent = await labelsOf(ask, { field, tokens: query.tokens, terms: { size } });
  const found = values(frequent);
  if (found.length >= query.size || frequent.length < size) return found;
  return values(
    await labelsOf(ask, { field, tokens: query.tokens, terms: { size, include: patternOf(query.tokens) } }),
  );
}

async function labelsOf(
  ask: Ask,
  { field, tokens, terms }: { field: Candidate['field']; tokens: string[]; terms: { size: number; include?: string } },
): Promise<string[]> {
  const path = `suggestTokens.${field}`;
  const holds = tokens
    .map(tokenOf)
    .map(
      (token, index): Query =>
        index === tokens.length - 1 ? { prefix: { [path]: token } } : { term: { [path]: token } },
    );
  const { labels } = await ask(holds, { labels: { terms: { field: `suggest.${field}`, ...terms } } });
  return (labels as { buckets: { key: string }[] }).buckets.map(({ key }) => key);
}

/** Every token occurs, the last one as a beginning. */
function fits(own: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((token, index) =>
    index === wanted.length - 1 ? own.some((each) => each.startsWith(token)) : own.includes(token),
  );
}

/** The same as a pattern of Lucene over `value NUL token NUL token`. */
function patternOf(tokens: readonly string[]): string {
  const escaped = tokens.map((token) => token.replace(/[^\p{L}\p{N}]/gu, '\\$&'));
  return escaped
    .map((token, index) => (index === tokens.length - 1 ? `.*\u0000${token}.*` : `.*\u0000${token}(\u0000.*)?`))
    .join('&');
}

/** How many documents have each value, and the lowest id among them. */
async function countsOf(ask: Ask, candidates: readonly Candidate[]): Promise<Suggestion[]> {
  const having = candidates.map(({ field, value }) => anyOf(keywordPath(field), [value]));
  const first: Aggregations = { first: { top_hits: { size: 1, sort: [{ id: 'asc' }], _source: false } } };
  const answer = await ask([either(having)], { values: { filters: { filters: having }, aggs: first } });
  const { buckets } = answer.values as {
    buckets: { doc_count: number; first: { hits: estypes.SearchHitsMetadata } }[];
  };
  return buckets.map(({ doc_count, first: { hits } }, index) => ({
    ...candidates[index]!,
    documents: doc_count,
    example: String(hits.hits[0]?.sort?.[0] ?? ''),
  }));
}

/** Terms that are like what is wanted, and a few that are only nearly so (`isTypo`). */
export function termsLike({ stem, prefix, typo }: WantedTerms, most: number): estypes.SearchRequest {
  const fuzzy = (value: string): Query => ({
    fuzzy: {
      term: {
        value,
        fuzziness: 1,
        prefix_length: 1,
        transpositions: true,
        max_expansions: most,
        rewrite: 'constant_score',
      },
    },
  });
  const ways: Query[] = [
    ...(stem === undefined ? [] : [{ term: { stem: tokenOf(stem) } }]),
    ...(prefix === undefined ? [] : [{ prefix: { term: tokenOf(prefix) } }]),
    ...(typo === undefined || !hasTypos(typo) ? [] : [fuzzy(tokenOf(typo))]),
  ];
  return { query: all([{ term: { kind: 'term' } }, either(ways)]), sort: [{ term: 'asc' }], size: most };
}

/** Whether a term was wanted. */
export function isLike(term: string, { stem, prefix, typo }: WantedTerms): boolean {
  return (
    (stem !== undefined && stemOf(term) === stem) ||
    (prefix !== undefined && term.startsWith(prefix)) ||
    (typo !== undefined && isTypo(typo, term))
  );
}
