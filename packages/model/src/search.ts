/** What a search engine holds and is asked: our model, never an engine's dialect. Meanings: `interface.md` §4 in the README's reference. */

/** Text fields and their weights in BM25F. Every query token must occur in one of them. */
export const textFieldWeights = { name: 3, skills: 2, subjects: 1, provider: 1, description: 1 } as const;
export type WeightedTextField = keyof typeof textFieldWeights;

/** Looked at only by expanded mode, as the weakest evidence. */
export const inferredTextField = 'inferredSkills';
export type TextField = WeightedTextField | typeof inferredTextField;
export const textFields: readonly TextField[] = [
  ...(Object.keys(textFieldWeights) as WeightedTextField[]),
  inferredTextField,
];

/** Exact values, several per document. */
export const keywordFields = [
  'family',
  'type',
  'status',
  'source',
  'platform',
  'collection',
  'provider',
  'providerType',
  'providerSector',
  'skill',
  'skill.requires',
  'skill.assesses',
  'skill.teaches',
  'skill.inferred',
  'occupation',
  'occupation.path',
  'program',
  'program.path',
  'industry',
  'industry.path',
  'subject',
  'keyword',
  'language',
  'delivery',
  'audience',
  'learningMethod',
  'country',
  'region',
  'city',
  'recognizedBy',
  'recognition',
  'stacksInto',
  'acceptsFrom',
  'name',
] as const;
export type KeywordField = (typeof keywordFields)[number];

/** One number per document. Money in cents of that currency, dates in milliseconds since 1970 UTC. */
export const numberFields = [
  'level',
  'credit',
  'days',
  'hours',
  'completeness',
  'effective',
  'expires',
  'updatedAt',
  'firstSeen',
  'cost.USD',
  'cost.CAD',
  'cost.EUR',
  'cost.GBP',
  'cost.AUD',
  'costPerCredit.USD',
  'costPerCredit.CAD',
  'costPerCredit.EUR',
  'costPerCredit.GBP',
  'costPerCredit.AUD',
  'costPerHour.USD',
  'costPerHour.CAD',
  'costPerHour.EUR',
  'costPerHour.GBP',
  'costPerHour.AUD',
] as const;
export type NumberField = (typeof numberFields)[number];

/** Recognition with the days on which it holds: start and end in milliseconds, both days included; absent: open. */
export interface HeldRecognition {
  agents: string[];
  role: string;
  from?: number;
  to?: number;
}

/** A value that can be completed while typing, and the tokens it is found by. */
export interface SuggestionEntry {
  field: 'name' | 'skill' | 'provider' | 'occupation' | 'program' | 'subject';
  value: string;
  tokens: string[];
}

/** A credential as engines hold it: flat, analysed, without anything they would have to interpret. */
export interface SearchDocument {
  id: string;
  /** Change sequence of the credential it was made from. */
  seq: number;
  /** Field → values → tokens. A phrase must lie within one value. */
  text: Partial<Record<TextField, string[][]>>;
  keywords: Partial<Record<KeywordField, string[]>>;
  numbers: Partial<Record<NumberField, number>>;
  recognitions: HeldRecognition[];
  /** First 128 code points of the folded name: what `sort=name` compares, in UTF-8 bytes. */
  sortName: string;
  suggestions: SuggestionEntry[];
}

export type SearchChange = { op: 'upsert'; document: SearchDocument } | { op: 'delete'; id: string; seq: number };

/** A condition on one document. Missing values match `missing` and nothing else. */
export type Clause =
  | { op: 'any'; field: KeywordField; values: string[] }
  | { op: 'range'; field: NumberField; gte?: number; gt?: number; lte?: number; lt?: number }
  | { op: 'present'; field: KeywordField | NumberField }
  | { op: 'missing'; field: KeywordField | NumberField }
  | { op: 'held'; on: number; agents?: string[]; roles?: string[] }
  | { op: 'and'; clauses: Clause[] }
  | { op: 'or'; clauses: Clause[] }
  | { op: 'not'; clause: Clause };

/** A top-level clause of the filter. `field` is the public field it is about: facets of that field leave it out. */
export interface TaggedClause {
  field?: string;
  clause: Clause;
}

/** A token or quoted phrase of the query. All must match. */
export interface TextUnit {
  tokens: string[];
  /** Quoted: the tokens must follow one another within one value, and are not expanded. */
  phrase: boolean;
  /** For expanded mode: other tokens that stand for it, with the strength of the evidence. */
  variants: { token: string; evidence: number }[];
}

/** Evidence of expanded mode: the token itself, and an inferred skill. Variants carry their own. */
export const evidence = { same: 16, stem: 8, alternative: 4, near: 2, inferred: 1 } as const;

export interface TextQuery {
  units: TextUnit[];
  mode: 'strict' | 'expanded';
}

export interface SortKey {
  by: NumberField | 'name' | 'relevance';
  descending: boolean;
}

export type FacetRequest =
  | {
      name: string;
      kind: 'values';
      tag: string;
      field: KeywordField;
      size: number /** Only values of this many characters. */;
      length?: number /** Only these values. */;
      only?: string[];
    }
  | { name: string; kind: 'bands'; tag: string; field: NumberField; edges: number[] };

export interface FacetAnswer {
  /** By count, then value in UTF-8 bytes; bands in their own order, as `from..to` with an open end left empty. */
  buckets: { value: string; count: number }[];
  /** Matching documents without a value. */
  unknown: number;
  truncated: boolean;
}

/** Where a page ended. Opaque to everyone but the engine that made it; plain JSON. */
export type SearchCursor =
  | { kind: 'keyset'; values: (number | string | null)[]; id: string }
  | { kind: 'snapshot'; snapshot: string; position: number };

export interface SearchQuery {
  text?: TextQuery;
  filter: TaggedClause[];
  facets: FacetRequest[];
  /** Empty: relevance when there is text, else name. Ties always by id in UTF-8 bytes. */
  sort: SortKey[];
  size: number;
  after?: SearchCursor;
}

export interface SearchHit {
  id: string;
  /** Of strict matching; absent for hits found only by expansion and without text. */
  score?: number;
  strict: boolean;
}

export interface SearchAnswer {
  total: number;
  hits: SearchHit[];
  facets: Record<string, FacetAnswer>;
  next?: SearchCursor;
  /** Change sequence the answer reflects. */
  seq: number;
}

export interface Suggestion {
  field: SuggestionEntry['field'];
  value: string;
  /** Live documents that have it. */
  documents: number;
  /** One of them: the lowest id. */
  example: string;
}
