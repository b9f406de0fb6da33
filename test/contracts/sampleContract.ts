import type { SearchDocument, TextQuery } from '@credatlas/model';
import { ContractMarket, type ContractQuestions } from './ContractMarket.ts';
import { sampleDocuments } from './sampleMarket.ts';

const word = (token: string, ...variants: [token: string, evidence: number][]): TextQuery['units'][number] => ({
  tokens: [token],
  phrase: false,
  variants: variants.map(([other, strength]) => ({ token: other, evidence: strength })),
});
const phrase = (...tokens: string[]): TextQuery['units'][number] => ({ tokens, phrase: true, variants: [] });
const strict = (...units: TextQuery['units']): TextQuery => ({ mode: 'strict', units });
const expanded = (...units: TextQuery['units']): TextQuery => ({ mode: 'expanded', units });

/** Skills of many credentials of the market. The first goes by two labels in it. */
const [python, safety, communication, sql] = [
  'esco:ccd0a1d9-afda-43d9-b901-96344886e14d',
  'label:workshop safety',
  'label:workplace communication',
  'esco:598de5b0-5b58-4ea7-8058-a4bc4d18c742',
];
const licensing = 'sample-market:ce-b01290a5-e863-4fa5-9ab4-172a175a5ab6';
const newark = { latitude: 40.7357, longitude: -74.1724 };

const texts: ContractQuestions['texts'] = {
  'no text': undefined,
  'one word': strict(word('data')),
  'two words': strict(word('certificate'), word('welding')),
  'small words of a whole name': strict(word('certificate'), word('of'), word('completion'), word('in')),
  'a word with a sign': strict(word('pentest+')),
  'a phrase': strict(phrase('nurse', 'aide')),
  'a word and a phrase': strict(word('college'), phrase('data', 'analytics')),
  'a word that nothing has': strict(word('zymurgy')),
  expanded: expanded(word('nurse', ['nurses', 8], ['nursing', 8], ['nursery', 2]), word('home', ['homes', 8])),
  'expanded to inferred skills': expanded(word('microsoft'), word('excel', ['spreadsheet', 4])),
  'expanded by a named skill': expanded({
    tokens: ['computer', 'programming'],
    phrase: false,
    variants: [
      { token: 'computers', evidence: 8 },
      { token: 'program', evidence: 8, at: 1 },
    ],
    skill: { keys: [python, 'unspsc:43232405'], names: [['python'], ['software', 'development']] },
  }),
};

const filters: ContractQuestions['filters'] = {
  'no filter': [],
  'a value': [{ field: 'family', clause: { op: 'any', field: 'family', values: ['certificate'] } }],
  'two fields': [
    { field: 'family', clause: { op: 'any', field: 'family', values: ['certificate', 'badge', 'microCredential'] } },
    { field: 'region', clause: { op: 'any', field: 'region', values: ['NJ', 'NY'] } },
  ],
  'a range': [{ field: 'cost', clause: { op: 'range', field: 'cost.USD', gte: 100_000, lt: 1_000_000 } }],
  'a range of what few have': [{ field: 'credit', clause: { op: 'range', field: 'credit', gt: 3, lte: 60 } }],
  present: [{ field: 'region', clause: { op: 'present', field: 'region' } }],
  missing: [{ field: 'cost', clause: { op: 'missing', field: 'cost.USD' } }],
  'what nothing has': [{ field: 'audience', clause: { op: 'present', field: 'audience' } }],
  'a value that nothing has': [{ field: 'family', clause: { op: 'any', field: 'family', values: ['diploma mill'] } }],
  'a class above': [{ field: 'type', clause: { op: 'any', field: 'type', values: ['ceterms:Degree'] } }],
  'codes of two digits': [
    { field: 'program', clause: { op: 'any', field: 'program.path', values: ['51', '11'] } },
    { field: 'occupation', clause: { op: 'any', field: 'occupation.path', values: ['15', '29'] } },
  ],
  'held today': [{ field: 'tier', clause: { op: 'held', on: Date.UTC(2026, 10, 28), roles: ['tier:high'] } }],
  'regulated by one agent': [
    {
      field: 'recognition',
      clause: { op: 'held', on: Date.UTC(2026, 10, 28), roles: ['regulated', 'approved'], agents: [licensing] },
    },
  ],
  'near a place': [{ field: 'near', clause: { op: 'near', centre: newark, metres: 25_000 } }],
  'neither of two, the missing among it': [
    {
      clause: {
        op: 'not',
        clause: {
          op: 'or',
          clauses: [
            { op: 'any', field: 'skill', values: [python, safety] },
            { op: 'range', field: 'level', gte: 5 },
          ],
        },
      },
    },
  ],
};

const facets: ContractQuestions['facets'] = [
  { name: 'family', kind: 'values', tag: 'family', field: 'family', size: 20 },
  { name: 'region', kind: 'values', tag: 'region', field: 'region', size: 5 },
  { name: 'skill', kind: 'values', tag: 'skill', field: 'skill', size: 20 },
  { name: 'provider', kind: 'values', tag: 'provider', field: 'provider', size: 30 },
  { name: 'program.2', kind: 'values', tag: 'program', field: 'program.path', size: 20, length: 2 },
  { name: 'cost', kind: 'bands', tag: 'cost', field: 'cost.USD', edges: [0, 50_000, 100_000, 500_000] },
  {
    name: 'named',
    kind: 'clauses',
    tag: 'tier',
    values: [
      { value: 'short', clause: { op: 'range', field: 'days', lte: 90 } },
      { value: 'near', clause: filters['near a place']![0]!.clause },
      { value: 'assessed', clause: { op: 'any', field: 'rigor', values: ['assessed'] } },
    ],
  },
];

const tables: ContractQuestions['tables'] = {
  'family by region': {
    by: [
      { kind: 'values', field: 'family' },
      { kind: 'values', field: 'region' },
    ],
    metrics: [
      { kind: 'percentile', field: 'cost.USD', p: 0.5 },
      { kind: 'distinct', field: 'provider' },
      { kind: 'mean', field: 'days' },
    ],
  },
  'field of study by level, every metric': {
    by: [
      { kind: 'values', field: 'program.path', length: 2 },
      { kind: 'bands', field: 'level', edges: [1, 2, 3, 4, 5, 6, 7, 8] },
    ],
    metrics: [
      ...(['present', 'sum', 'min', 'max', 'mean'] as const).map((kind) => ({
        kind,
        field: 'costPerHour.USD' as const,
      })),
      { kind: 'percentile', field: 'hours', p: 0.25 },
      { kind: 'percentile', field: 'hours', p: 0.9 },
      { kind: 'hhi', field: 'provider' },
      { kind: 'top', field: 'provider', n: 3 },
    ],
  },
  'some skills by sector and named conditions': {
    by: [
      { kind: 'values', field: 'skill', only: [python, safety, sql, 'nobody'] },
      { kind: 'values', field: 'providerSector' },
      {
        kind: 'clauses',
        values: [
          { value: 'short', clause: { op: 'range', field: 'days', lte: 90 } },
          { value: 'online', clause: { op: 'any', field: 'delivery', values: ['OnlineOnly'] } },
        ],
      },
    ],
    metrics: [{ kind: 'distinct', field: 'skill' }],
  },
};

export const sampleQuestions: ContractQuestions = {
  texts,
  filters,
  facets,
  sorts: {
    'its own order': [],
    cost: [{ by: 'cost.USD', descending: false }],
    'the same for all, then level, falling': [
      { by: 'affirmed', descending: true },
      { by: 'level', descending: true },
    ],
    distance: [{ by: 'distance', from: newark, descending: false }],
  },
  tables,
  tooMany: [
    { kind: 'values', field: 'name' },
    { kind: 'values', field: 'skill.inferred' },
    { kind: 'values', field: 'occupation.path' },
  ],
  coverage: {
    skills: [[python, 'label:python'], [safety], [communication], [sql], ['label:spreadsheet modelling'], ['nobody']],
    fields: ['skill.requires', 'skill.assesses', 'skill.teaches'],
  },
  beginnings: [
    { fields: ['name', 'skill', 'provider', 'occupation', 'program', 'subject'], tokens: ['data'] },
    { fields: ['name', 'skill', 'provider', 'occupation', 'program', 'subject'], tokens: ['a'] },
    { fields: ['skill'], tokens: ['computer'] },
    { fields: ['skill'], tokens: ['python'] },
    { fields: ['provider'], tokens: ['college', 'new', 'j'] },
    { fields: ['name', 'program'], tokens: ['nursing', 'a'] },
  ],
};

/**
 * The market of `npm start`. Every seventh document is first written as another, with the words and values of its neighbour, and every
 * thirteenth once more under an id that is deleted: what is left is the market as it is.
 */
export const sampleContract = new ContractMarket(sampleQuestions, async () => {
  const documents = await sampleDocuments();
  const mistaken = documents.flatMap((document, position): SearchDocument[] =>
    position % 7 === 0 ? [{ ...documents.at(position - 1)!, id: document.id, seq: document.seq }] : [],
  );
  const passing = documents
    .filter((_, position) => position % 13 === 0)
    .map((document) => ({ ...document, id: `${document.id} twice` }));
  return { written: [...mistaken, ...passing, ...documents], gone: passing.map(({ id }) => id) };
});
