import {
  type Clause,
  earthRadius,
  type KeywordField,
  keywordFields,
  type NumberField,
  unreachable,
} from '@credatlas/model';
import type { estypes } from '@elastic/elasticsearch';
import { always, keywordOf } from './documentBody.ts';
import { keywordPath, numberPath } from './indexDefinition.ts';

export type Query = estypes.QueryDslQueryContainer;

/** Values of one terms query at most (`index.max_terms_count`). */
const maxTerms = 65_536;
/** The sphere Elasticsearch measures on (Lucene's haversine), in metres; a distance on ours is stretched onto it. */
const elasticRadius = 6_371_008.7714;
/** Elasticsearch refuses a distance of nothing, and keeps coordinates to about a centimetre. */
const leastMetres = 0.02;
const isKeywordField = new Set<string>(keywordFields);

/** The condition as a query that scores nothing. */
export function clauseQuery(clause: Clause): Query {
  switch (clause.op) {
    case 'any':
      return anyOf(keywordPath(clause.field), clause.values);
    case 'range': {
      const { op: _op, field, gt, lt, ...closed } = clause;
      const within = (bounds: object): Query => ({ range: { [numberPath(field)]: bounds } });
      // Of two lower or two upper bounds in one range Elasticsearch would take the last.
      return all([
        within(closed),
        within({ ...(gt === undefined ? {} : { gt }), ...(lt === undefined ? {} : { lt }) }),
      ]);
    }
    case 'present':
      return { exists: { field: pathOf(clause.field) } };
    case 'missing':
      return not({ exists: { field: pathOf(clause.field) } });
    case 'held':
      return heldQuery(clause);
    case 'near': {
      const distance = `${(Math.max(clause.metres, leastMetres) * elasticRadius) / earthRadius}m`;
      const { latitude, longitude } = clause.centre;
      return { geo_distance: { distance, points: { lat: latitude, lon: longitude } } };
    }
    case 'ids':
      return anyOf('id', clause.ids);
    case 'and':
      return all(clause.clauses.map(clauseQuery));
    case 'or':
      return either(clause.clauses.map(clauseQuery));
    case 'not':
      return not(clauseQuery(clause.clause));
    default:
      return unreachable(clause);
  }
}

function pathOf(field: KeywordField | NumberField): string {
  return isKeywordField.has(field) ? keywordPath(field) : numberPath(field);
}

function heldQuery({ on, endsBy, agents, roles }: Extract<Clause, { op: 'held' }>): Query {
  // An open end ends at no time, however late.
  const ends = endsBy === undefined ? {} : { lte: Math.min(endsBy, always.to - 1) };
  return {
    nested: {
      path: 'recognitions',
      query: all([
        { range: { 'recognitions.from': { lte: on } } },
        { range: { 'recognitions.to': { gte: on, ...ends } } },
        ...(roles ? [anyOf('recognitions.role', roles)] : []),
        ...(agents ? [anyOf('recognitions.agents', agents)] : []),
      ]),
    },
  };
}

/** Has one of the values in the keyword field at `path`. */
export function anyOf(path: string, values: readonly string[]): Query {
  const own = [...new Set(values.map(keywordOf))];
  const parts: Query[] = [];
  for (let start = 0; start < own.length; start += maxTerms)
    parts.push({ terms: { [path]: own.slice(start, start + maxTerms) } });
  return parts.length === 1 ? parts[0]! : either(parts);
}

export function all(filter: Query[]): Query {
  return { bool: { filter } };
}

/** At least one of them; none given: nothing matches. */
export function either(should: Query[]): Query {
  return should.length === 0 ? { match_none: {} } : { bool: { should, minimum_should_match: 1 } };
}

export function not(query: Query): Query {
  return { bool: { must_not: [query] } };
}
