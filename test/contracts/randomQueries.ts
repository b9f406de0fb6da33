import type {
  Clause,
  CoverageQuery,
  FacetRequest,
  GroupQuery,
  SearchQuery,
  SortKey,
  TaggedClause,
  TextQuery,
} from '@credatlas/model';
import fc from 'fast-check';
import { everySort, facets, tables } from './contractQuestions.ts';

const tokens = fc.constantFrom('data', 'nurse', 'nurses', 'nursing', 'care', 'c++', 'école', '日本', 'a', 'zzz');
const unit: fc.Arbitrary<TextQuery['units'][number]> = fc.oneof(
  fc.record({
    tokens: tokens.map((token) => [token]),
    phrase: fc.constant(false),
    variants: fc.array(fc.record({ token: tokens, evidence: fc.constantFrom(8, 4, 2) }), { maxLength: 3 }),
  }),
  fc.record({
    tokens: fc.array(tokens, { minLength: 1, maxLength: 3 }),
    phrase: fc.constant(true),
    variants: fc.constant<TextQuery['units'][number]['variants']>([]),
  }),
);
const text: fc.Arbitrary<TextQuery> = fc.record({
  units: fc.array(unit, { minLength: 1, maxLength: 3 }),
  mode: fc.constantFrom('strict', 'expanded'),
});

const keyword = fc.constantFrom('family', 'region', 'provider', 'skill', 'skill.assesses', 'keyword', 'subject');
const number = fc.constantFrom('cost.USD', 'days', 'level', 'updatedAt', 'credit');
const bound = fc.option(fc.constantFrom(-1, 0, 1, 4, 4999, 5000, 1e12), { nil: undefined });
const { clause } = fc.letrec<{ clause: Clause; leaf: Clause }>((tie) => ({
  leaf: fc.oneof(
    fc.record({
      op: fc.constant('any'),
      field: keyword,
      values: fc.array(
        fc.constantFrom('badge', 'degree', 'NJ', 'é', '\u{1F600}', 'p1', 'p2', 's1', 's2', '', 'nothing'),
        {
          maxLength: 3,
        },
      ),
    }),
    fc.record({ gte: bound, gt: bound, lte: bound, lt: bound }).chain((bounds) =>
      number.map((field) => {
        const given = Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
        return { op: 'range', field, ...given } as const;
      }),
    ),
    fc.record({ op: fc.constantFrom('present', 'missing'), field: fc.oneof(keyword, number) }),
    fc.record({
      op: fc.constant('held'),
      on: fc.integer({ min: 0, max: 150 }),
      agents: fc.constantFrom(['a1'], ['a2', 'a3'], []),
      roles: fc.constantFrom(['accredited'], ['approved', 'accredited']),
    }),
    fc.record({
      op: fc.constant('near'),
      centre: fc.record({ latitude: fc.constantFrom(40.75, 0, 89.9), longitude: fc.constantFrom(-74, 179.9) }),
      metres: fc.constantFrom(0, 20_000, 9_000_000),
    }),
    fc.record({ op: fc.constant('ids'), ids: fc.array(fc.constantFrom('0', '1', 'z3', 'é4', 'A5'), { maxLength: 4 }) }),
  ) as fc.Arbitrary<Clause>,
  clause: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'clause' },
    { arbitrary: tie('leaf'), weight: 4 },
    {
      arbitrary: fc.record({
        op: fc.constantFrom('and', 'or'),
        clauses: fc.array(tie('clause'), { maxLength: 3, depthIdentifier: 'clause' }),
      }) as fc.Arbitrary<Clause>,
      weight: 1,
    },
    {
      arbitrary: fc.record({ op: fc.constant('not'), clause: tie('clause') }) as fc.Arbitrary<Clause>,
      weight: 1,
    },
  ),
}));
const filter: fc.Arbitrary<TaggedClause[]> = fc.array(
  fc.record({ clause, field: fc.constantFrom('family', 'region', 'skill', 'cost', 'elsewhere') }),
  { maxLength: 3 },
);
const maybeText = fc.option(text, { nil: undefined }).map((given) => (given ? { text: given } : {}));
const sort: fc.Arbitrary<SortKey[]> = fc.array(fc.constantFrom(...everySort), { maxLength: 3 });
const someFacets: fc.Arbitrary<FacetRequest[]> = fc.shuffledSubarray(facets);

export const anySearch: fc.Arbitrary<SearchQuery> = fc
  .tuple(maybeText, fc.record({ filter, facets: someFacets, sort, size: fc.constant(1_000) }))
  .map(([given, rest]) => ({ ...rest, ...given }));

export const anyTable: fc.Arbitrary<GroupQuery> = fc
  .tuple(
    maybeText,
    fc.record({
      filter,
      by: fc.shuffledSubarray(
        Object.values(tables).flatMap(({ by }) => by),
        { maxLength: 2 },
      ),
      metrics: fc.shuffledSubarray(
        Object.values(tables).flatMap(({ metrics }) => metrics),
        { maxLength: 3 },
      ),
    }),
  )
  .map(([given, rest]) => ({ ...rest, ...given }));

export const anyCoverage: fc.Arbitrary<CoverageQuery> = fc
  .tuple(
    maybeText,
    fc.record({
      skills: fc.array(fc.subarray(['s1', 's2', 's3', 's6', 's7', 'nothing'], { minLength: 1, maxLength: 2 }), {
        minLength: 1,
        maxLength: 5,
      }),
      fields: fc.subarray(['skill', 'skill.assesses', 'skill.inferred'] as const, { minLength: 1 }),
      min: fc.integer({ min: 1, max: 3 }),
      filter,
      size: fc.constant(1_000),
    }),
  )
  .map(([given, rest]) => ({ ...rest, fields: [...rest.fields], ...given }));
