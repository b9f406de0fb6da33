import type {
  Clause,
  Coordinates,
  FacetRequest,
  GroupQuery,
  MergedValues,
  SearchQuery,
  SortKey,
  TextQuery,
} from '@credatlas/model';
import { numberFields } from '@credatlas/model';
import type { ContractQuestions } from './ContractMarket.ts';
import { generatedMarket } from './generatedMarket.ts';

/** Of the market that the contract is held over. */
export const contractSeed = 7;

/** A query that asks for nothing yet. */
export const none = { filter: [], facets: [], sort: [] } satisfies Partial<SearchQuery>;
const word = (token: string, ...variants: string[]): TextQuery['units'][number] => ({
  tokens: [token],
  phrase: false,
  variants: variants.map((variant) => ({ token: variant, evidence: 8 })),
});
const phrase = (...tokens: string[]): TextQuery['units'][number] => ({ tokens, phrase: true, variants: [] });

export const texts: Record<string, TextQuery | undefined> = {
  'no text': undefined,
  'one word': { mode: 'strict', units: [word('data')] },
  'two words': { mode: 'strict', units: [word('data'), word('care')] },
  'a word in other scripts': { mode: 'strict', units: [word('日本')] },
  'a phrase': { mode: 'strict', units: [phrase('data', 'care')] },
  'a word that nothing has': { mode: 'strict', units: [word('zzz')] },
  expanded: { mode: 'expanded', units: [word('nurse', 'nurses', 'nursing'), word('basic')] },
  'expanded by a named skill': {
    mode: 'expanded',
    units: [
      {
        tokens: ['data', 'care'],
        phrase: false,
        variants: [
          { token: 'cloud', evidence: 8 },
          { token: 'basic', evidence: 2, at: 1 },
        ],
        skill: { keys: ['s1', 's8'], names: [['nurse', 'nursing'], ['ωμέγα']] },
      },
      word('python', 'a'),
    ],
  },
  'a word and a phrase': { mode: 'strict', units: [word('care'), phrase('advanced', 'data')] },
  'a phrase of one word twice': { mode: 'strict', units: [phrase('data', 'data')] },
  'the same word twice': { mode: 'strict', units: [word('data'), word('data')] },
  'an enormous word': { mode: 'strict', units: [word('w'.repeat(255))] },
  'expanded, evidence of every strength': {
    mode: 'expanded',
    units: [
      {
        ...word('cloud'),
        variants: [
          { token: 'nurse', evidence: 8 },
          { token: 'école', evidence: 4 },
          { token: '日本', evidence: 2 },
        ],
      },
    ],
  },
  'expanded with a phrase': { mode: 'expanded', units: [phrase('cloud', 'care'), word('nurses', 'nurse')] },
};
export const badge: Clause = { op: 'any', field: 'family', values: ['badge'] };
export const filters: Record<string, SearchQuery['filter']> = {
  'no filter': [],
  'a value': [{ field: 'family', clause: badge }],
  'several values': [{ field: 'region', clause: { op: 'any', field: 'region', values: ['NJ', 'é', 'nowhere'] } }],
  'a range': [{ field: 'cost', clause: { op: 'range', field: 'cost.USD', gte: 1, lt: 5001 } }],
  'an open range': [{ field: 'days', clause: { op: 'range', field: 'days', gt: 50 } }],
  'a range below zero': [
    { field: 'earnings', clause: { op: 'range', field: 'earningsOverCost.USD', gte: -400, lt: 0.5 } },
  ],
  'a closed range': [{ field: 'cost', clause: { op: 'range', field: 'cost.USD', gt: 0, lte: 5000 } }],
  'a range below': [{ field: 'level', clause: { op: 'range', field: 'level', lt: 3 } }],
  'one number': [{ field: 'cost', clause: { op: 'range', field: 'cost.USD', gte: 5000, lte: 5000 } }],
  'no number': [{ field: 'cost', clause: { op: 'range', field: 'cost.USD', gt: 5000, lt: 5000 } }],
  'a number present': [{ field: 'days', clause: { op: 'present', field: 'days' } }],
  'a value missing': [{ field: 'family', clause: { op: 'missing', field: 'family' } }],
  'values of any script': [
    { field: 'region', clause: { op: 'any', field: 'region', values: ['é', '\u{1F600}', 'a,b|"c"\n*'] } },
  ],
  'an empty value': [{ field: 'keyword', clause: { op: 'any', field: 'keyword', values: [''] } }],
  'an enormous value': [{ field: 'subject', clause: { op: 'any', field: 'subject', values: ['v'.repeat(10_000)] } }],
  missing: [{ field: 'cost', clause: { op: 'missing', field: 'cost.USD' } }],
  present: [{ field: 'region', clause: { op: 'present', field: 'region' } }],
  not: [
    {
      field: 'family',
      clause: {
        op: 'and',
        clauses: [
          { op: 'present', field: 'family' },
          { op: 'not', clause: badge },
        ],
      },
    },
  ],
  'not a range, the missing among it': [
    { field: 'cost', clause: { op: 'not', clause: { op: 'range', field: 'cost.USD', lt: 5000 } } },
  ],
  'neither of two, three deep': [
    {
      clause: {
        op: 'not',
        clause: {
          op: 'or',
          clauses: [
            badge,
            {
              op: 'and',
              clauses: [
                { op: 'missing', field: 'days' },
                { op: 'present', field: 'region' },
              ],
            },
          ],
        },
      },
    },
  ],
  'or across fields': [{ clause: { op: 'or', clauses: [badge, { op: 'range', field: 'level', gte: 7 }] } }],
  'held on a day': [
    { field: 'recognition', clause: { op: 'held', on: 60, roles: ['accredited'], agents: ['a1', 'a3'] } },
  ],
  'held by anybody': [{ clause: { op: 'held', on: 0 } }],
  'held and ending soon': [{ clause: { op: 'held', on: 60, endsBy: 90, roles: ['accredited', 'approved'] } }],
  'held with whatever end is stated': [{ clause: { op: 'held', on: 60, endsBy: Number.MAX_SAFE_INTEGER } }],
  'near a place': [
    { field: 'near', clause: { op: 'near', centre: { latitude: 40.75, longitude: -73.9 }, metres: 20_000 } },
  ],
  'near the date line': [
    { field: 'near', clause: { op: 'near', centre: { latitude: 0.05, longitude: -179.9 }, metres: 60_000 } },
  ],
  // The contract's market numbers its documents; the seventh was replaced, the thirteenth is gone.
  ids: [{ clause: { op: 'ids', ids: generatedMarket(contractSeed, 40).flatMap(({ id }) => [id, `no ${id}`]) } }],
  'an alternative of nothing': [{ clause: { op: 'or', clauses: [] } }],
  'no ids': [{ clause: { op: 'ids', ids: [] } }],
  'a value that nothing has': [{ field: 'family', clause: { op: 'any', field: 'family', values: ['none'] } }],
  'two fields': [
    { field: 'family', clause: badge },
    { field: 'region', clause: { op: 'any', field: 'region', values: ['NJ'] } },
  ],
};
const somewhere: Coordinates = { latitude: 40.7, longitude: -74 };
export const sorts: Record<string, SortKey[]> = {
  'its own order': [],
  cost: [{ by: 'cost.USD', descending: false }],
  'cost, falling': [{ by: 'cost.USD', descending: true }],
  'name, falling': [{ by: 'name', descending: true }],
  distance: [{ by: 'distance', from: somewhere, descending: false }],
  'distance, falling': [{ by: 'distance', from: somewhere, descending: true }],
  'level then days': [
    { by: 'level', descending: true },
    { by: 'days', descending: false },
  ],
};
const merged: MergedValues = [
  ['p1', 'p2'],
  ['p3', 'p2'],
  ['p4', 'one that nothing has'],
  ['p5', 'one that nothing has'],
  ['nobody', 'p6'],
];
export const tables: Record<string, Pick<GroupQuery, 'by' | 'metrics'>> = {
  'one value': {
    by: [{ kind: 'values', field: 'family' }],
    metrics: [{ kind: 'percentile', field: 'cost.USD', p: 0.5 }],
  },
  'several values by band, every metric': {
    by: [
      { kind: 'values', field: 'region' },
      { kind: 'bands', field: 'cost.USD', edges: [0, 5000, 6000] },
    ],
    metrics: [
      ...(['present', 'sum', 'min', 'max', 'mean'] as const).map((kind) => ({ kind, field: 'days' as const })),
      { kind: 'percentile', field: 'days', p: 0.25 },
      { kind: 'percentile', field: 'level', p: 0.9 },
      { kind: 'distinct', field: 'provider' },
    ],
  },
  'digits, some values and named conditions': {
    by: [
      { kind: 'values', field: 'occupation.path', length: 3 },
      { kind: 'values', field: 'skill', only: ['s1', 's3'] },
      {
        kind: 'clauses',
        values: [
          { value: 'cheap', clause: { op: 'range', field: 'cost.USD', lt: 5000 } },
          { value: 'badge', clause: badge },
        ],
      },
    ],
    metrics: [{ kind: 'distinct', field: 'skill' }],
  },
  'no dimension': { by: [], metrics: [{ kind: 'mean', field: 'level' }] },
  'concentration, some values counted as another': {
    by: [{ kind: 'values', field: 'skill' }],
    metrics: [
      { kind: 'hhi', field: 'provider' },
      { kind: 'top', field: 'provider', n: 2 },
      { kind: 'hhi', field: 'provider', merged },
      { kind: 'top', field: 'provider', n: 1, merged },
      { kind: 'distinct', field: 'provider', merged },
      { kind: 'hhi', field: 'region' },
    ],
  },
};
export const facets: FacetRequest[] = [
  { name: 'family', kind: 'values', tag: 'family', field: 'family', size: 20 },
  { name: 'region', kind: 'values', tag: 'region', field: 'region', size: 2 },
  { name: 'skill', kind: 'values', tag: 'skill', field: 'skill', size: 20 },
  { name: 'occupation.3', kind: 'values', tag: 'occupation', field: 'occupation.path', size: 20, length: 3 },
  {
    name: 'named',
    kind: 'clauses',
    tag: 'family',
    values: [
      { value: 'long', clause: { op: 'range', field: 'days', gte: 90 } },
      { value: 'badge', clause: badge },
      { value: 'never', clause: { op: 'any', field: 'family', values: ['none'] } },
    ],
  },
  { name: 'no condition', kind: 'clauses', tag: 'family', values: [] },
  { name: 'cost', kind: 'bands', tag: 'cost', field: 'cost.USD', edges: [0, 5000, 6000] },
];

/** Every field that can be sorted by, both ways. */
export const everySort: SortKey[] = [
  ...numberFields.flatMap((by) => [true, false].map((descending): SortKey => ({ by, descending }))),
  ...[true, false].map((descending): SortKey => ({ by: 'name', descending })),
  ...[true, false].map((descending): SortKey => ({ by: 'distance', from: somewhere, descending })),
];

export const generatedQuestions: ContractQuestions = {
  texts,
  filters,
  facets,
  sorts,
  tables,
  tooMany: [
    { kind: 'values', field: 'skill' },
    { kind: 'values', field: 'keyword' },
  ],
  coverage: { skills: [['s1'], ['s2', 's6'], ['s3'], ['s9'], ['s7']], fields: ['skill', 'skill.inferred'] },
  beginnings: [
    { fields: ['name'], tokens: ['data', 'c'] },
    { fields: ['name'], tokens: ['日'] },
    { fields: ['name', 'skill'], tokens: ['n'] },
    { fields: ['name'], tokens: ['zzz'] },
    { fields: ['name'], tokens: [] },
  ],
};
