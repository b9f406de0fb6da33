import type { CoverageQuery, FacetRequest, GroupQuery, SearchQuery, TextQuery } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';

const facets: FacetRequest[] = [
  { name: 'family', kind: 'values', tag: 'family', field: 'family', size: 20 },
  { name: 'skill', kind: 'values', tag: 'skill', field: 'skill', size: 20 },
  { name: 'cost', kind: 'bands', tag: 'cost', field: 'cost.USD', edges: [0, 5_000] },
];
const word = (...tokens: string[]) => ({ tokens, phrase: tokens.length > 1, variants: [] });
const texts: TextQuery[] = [
  { mode: 'strict', units: [word('data')] },
  { mode: 'strict', units: [word('cloud', 'care')] },
  { mode: 'expanded', units: [{ ...word('nurse'), variants: [{ token: 'nurses', evidence: 8 }] }, word('basic')] },
];
const questions: SearchQuery[] = [
  { filter: [], facets, sort: [{ by: 'cost.USD', descending: true }], size: 5_000 },
  { filter: [], facets: [], sort: [{ by: 'name', descending: false }], size: 5_000 },
  ...texts.map((text): SearchQuery => ({ text, filter: [], facets, sort: [], size: 5_000 })),
];
const table: GroupQuery = {
  filter: [],
  by: [{ kind: 'values', field: 'region' }],
  metrics: [
    { kind: 'percentile', field: 'days', p: 0.5 },
    { kind: 'distinct', field: 'provider' },
  ],
};
const coverage: CoverageQuery = {
  skills: [['s1'], ['s2'], ['s3']],
  fields: ['skill'],
  min: 1,
  filter: [],
  size: 5_000,
};

/** What an engine says of everything it holds, in every kind of question; as text, without the sequence number. */
export async function answersOf(engine: SearchEngine): Promise<string> {
  const answers: unknown[] = [];
  for (const question of questions) answers.push(await engine.search(question));
  answers.push(await engine.groupBy(table), await engine.coverage(coverage));
  answers.push(await engine.suggest({ fields: ['name'], tokens: ['data'], size: 50 }));
  answers.push(await Array.fromAsync(engine.scan({ filter: [] })));
  return JSON.stringify(answers, (name, value: unknown) => (name === 'seq' ? undefined : value), 1);
}
