import { type CoverageAnswer, type CoverageQuery, InvalidInputError } from '@credatlas/model';
import type { estypes } from '@elastic/elasticsearch';
import { all, anyOf, clauseQuery, either, type Query } from './clauses.ts';
import { keywordPath } from './indexDefinition.ts';
import { credentialQuery } from './textQueries.ts';

/** Three counts are one score as digits of a number: whole numbers of a 32-bit float are exact to 2^24, and 255 cubed is below. */
const maxSkills = 254;

/**
 * The request for one page. The score is covered · base² + assessed · base + linked, so that it ranks by the three in turn; the
 * covered skills of a hit come back as names of matched queries.
 */
export function coverageRequest(query: CoverageQuery): estypes.SearchRequest {
  const { skills, min, size, after } = query;
  if (skills.length > maxSkills)
    throw new InvalidInputError(
      'too_many_skills',
      `Coverage was asked for ${skills.length} skills; Elasticsearch answers for at most ${maxSkills}. Ask for fewer.`,
    );
  const base = baseOf(query);
  const covers = skills.map((keys): Query => either(query.fields.map((field) => anyOf(keywordPath(field), keys))));
  const digits = covers.flatMap((covered, index) => {
    const has = (field: string): Query => all([covered, anyOf(keywordPath(field), skills[index]!)]);
    return [
      { constant_score: { filter: covered, boost: base * base, _name: String(index) } },
      { constant_score: { filter: has('skill.assesses'), boost: base } },
      { constant_score: { filter: has('skill.linked'), boost: 1 } },
    ];
  });
  const filter = query.filter.map(({ clause }) => clauseQuery(clause));
  const matching = credentialQuery(query.text, filter);
  const isEnough: Query = { bool: { should: covers, minimum_should_match: Math.max(min, 1) } };
  return {
    query: { bool: { filter: [matching, isEnough], should: digits } },
    sort: [{ _score: { order: 'desc' } }, { id: { order: 'asc' } }],
    ...(after ? { search_after: [scoreOf(after.counts, base), after.id] } : {}),
    size: size + 1,
  };
}

export function readCoverage(
  query: CoverageQuery,
  { hits }: Pick<estypes.SearchResponse, 'hits'>,
): Omit<CoverageAnswer, 'seq'> {
  const base = baseOf(query);
  const page = hits.hits.slice(0, query.size).map(({ sort, matched_queries }) => {
    const score = Number(sort?.[0]);
    const covered = (matched_queries as string[]).map(Number).sort((a, b) => a - b);
    return { id: String(sort?.[1]), covered, assessed: Math.floor(score / base) % base, linked: score % base };
  });
  const last = page.at(-1);
  const hasMore = last !== undefined && hits.hits.length > query.size;
  return {
    total: (hits.total as estypes.SearchTotalHits).value,
    hits: page,
    ...(hasMore ? { next: { counts: [last.covered.length, last.assessed, last.linked], id: last.id } } : {}),
  };
}

function baseOf({ skills }: CoverageQuery): number {
  return skills.length + 1;
}

function scoreOf([covered, assessed, linked]: [number, number, number], base: number): number {
  return (covered * base + assessed) * base + linked;
}
