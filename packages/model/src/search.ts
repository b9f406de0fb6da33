/** What a search engine holds and is asked: our model, never an engine's dialect. Meanings: `interface.md` §4 in the README's reference. */

/**
 * Text fields and their weights in BM25F (`combined_fields`), k1 1.2, b 0.75, in float32. Over the documents held, each field being all its values
 * one after the other: tf = Σ weight × occurrences in the field; df of a token = the largest of its fields' dfs; N = the largest number of documents
 * that have a token in any one field; length = lossy(round(Σ weight × lossy(tokens of the field))), where lossy(n) is n below 40, else 24 and what is
 * left of n − 24 when all but its four leading binary digits are zero (Lucene's one byte); average = trunc(Σ weight × all tokens of the field) / N;
 * idf = ln(1 + (N − df + 0.5) / (df + 0.5)); a token scores idf − idf / (1 + tf / (k1 × (1 − b + b × length / average))). Two engines agree to 1e-4
 * of a score; an engine may count what it has deleted until it tidies up.
 */
export const textFieldWeights = { name: 3, skills: 2, subjects: 1, provider: 1, description: 1 } as const;
export type WeightedTextField = keyof typeof textFieldWeights;

/** Looked at only by expanded mode, as the weakest evidence; weighs nothing and counts in no length. */
export const inferredTextField = 'inferredSkills';
export type TextField = WeightedTextField | typeof inferredTextField;
export const textFields: readonly TextField[] = [
  ...(Object.keys(textFieldWeights) as WeightedTextField[]),
  inferredTextField,
];

/** Exact values, several per document, each once; compared as they are, byte by byte. At most `maxValueLength` UTF-16 units each. An empty one is a value. */
export const keywordFields = [
  'family',
  'type',
  'status',
  'source',
  'platform',
  'collection',
  'provider',
  'issuer',
  'providerType',
  'providerSector',
  'skill',
  'skill.requires',
  'skill.assesses',
  'skill.teaches',
  'skill.recommends',
  'skill.aligned',
  'skill.linked',
  'skill.broader',
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
  'outcome',
  'outcome.withheld',
  'rigor',
  'tier.scope',
  'fastMoving',
  'stacksInto',
  'acceptsFrom',
  'follower',
  'name',
] as const;
export type KeywordField = (typeof keywordFields)[number];

/**
 * One finite number per document. `cost.*` in whole cents of that currency and dates in whole milliseconds since 1970 UTC, both within
 * ±(2⁵³ − 1); a cost per credit or hour in cents with a fraction.
 */
export const numberFields = [
  'level',
  'credit',
  'days',
  'longestDays',
  'hours',
  'clockHours',
  'completionRate',
  'placementRate',
  'completeness',
  'lot',
  'skillCount',
  'affirmed',
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
  'earnings.USD',
  'earnings.CAD',
  'earnings.EUR',
  'earnings.GBP',
  'earnings.AUD',
  'earningsOverCost.USD',
  'earningsOverCost.CAD',
  'earningsOverCost.EUR',
  'earningsOverCost.GBP',
  'earningsOverCost.AUD',
] as const;
export type NumberField = (typeof numberFields)[number];

/** Recognition, a tier, or a transfer of credit, with the days on which it holds: start and end in milliseconds, both days included; absent: open. */
export interface HeldRecognition {
  agents: string[];
  /** A role; or `tier:high`, `unlisted:high` for the tier without any listing, and `transferRoles`. */
  role: string;
  from?: number;
  to?: number;
}

/** UTF-16 units of a keyword at most (in UTF-8 still below Lucene's limit of 32,766 bytes); whoever makes documents leaves longer ones out, which nobody chooses. */
export const maxValueLength = 10_000;

/** UTF-16 units of a token at most (Lucene's analyzers split longer ones); longer ones are left out, too. */
export const maxTokenLength = 255;

/** A value that can be completed while typing, and the tokens it is found by. `keywords` of a field of that name hold the value too: they count its documents. */
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
  /** Field → values → tokens of at most `maxTokenLength` UTF-16 units, without white space; compared as they are. A phrase must lie within one value. */
  text: Partial<Record<TextField, string[][]>>;
  keywords: Partial<Record<KeywordField, string[]>>;
  numbers: Partial<Record<NumberField, number>>;
  recognitions: HeldRecognition[];
  /** First 128 code points of the folded name: what `sort=name` compares, in UTF-8 bytes. */
  sortName: string;
  suggestions: SuggestionEntry[];
  /** Where it is available; the nearest one counts. Absent: no coordinates are known. */
  points?: Coordinates[];
}

/** Degrees, WGS 84. An engine may keep them to a centimetre. */
export interface Coordinates {
  latitude: number;
  longitude: number;
}

/** Radius in metres of the sphere on which distances are measured (the Earth's mean radius). */
export const earthRadius = 6_371_008.77;

export type SearchChange = { op: 'upsert'; document: SearchDocument } | { op: 'delete'; id: string; seq: number };

/** A condition on one document. Missing values match `missing` and nothing else; under `not` they match, since nothing is known of them. */
export type Clause =
  /** Has at least one of these values; none given: matches nothing. */
  | { op: 'any'; field: KeywordField; values: string[] }
  /** Within all the bounds given; none given: has a value. */
  | { op: 'range'; field: NumberField; gte?: number; gt?: number; lte?: number; lt?: number }
  | { op: 'present'; field: KeywordField | NumberField }
  | { op: 'missing'; field: KeywordField | NumberField }
  /**
   * One recognition holds at that moment (from ≤ on ≤ to), ends no later than `endsBy` when that is given (an open end does not), is by one of the
   * agents and in one of the roles; not given: by whomever, in whatever role; an empty list: nothing.
   */
  | { op: 'held'; on: number; endsBy?: number; agents?: string[]; roles?: string[] }
  /** Its nearest point lies within so many metres of great circle, the edge included. */
  | { op: 'near'; centre: Coordinates; metres: number }
  /** Is one of these documents. */
  | { op: 'ids'; ids: string[] }
  /** Of no clauses: matches everything. */
  | { op: 'and'; clauses: Clause[] }
  /** Of no clauses: matches nothing. */
  | { op: 'or'; clauses: Clause[] }
  | { op: 'not'; clause: Clause };

/** A top-level clause of the filter. `field` is the public field it is about: facets of that field leave it out. */
export interface TaggedClause {
  field?: string;
  clause: Clause;
}

/** A token, a quoted phrase, or the tokens that name a skill. All must match. */
export interface TextUnit {
  /** At least one. */
  tokens: string[];
  /** Quoted: the tokens must follow one another within one value of a weighted field, and are not expanded. */
  phrase: boolean;
  /** For expanded mode: other tokens that stand for the one at this place of `tokens` (the first unless given), with the strength of the evidence. */
  variants: { token: string; evidence: number; at?: number }[];
  /** For expanded mode, when the tokens name a skill. */
  skill?: NamedSkill;
}

/** What else says the same as the name of a skill, as evidence for the whole unit: `alternative`, or `inferred` where said so. */
export interface NamedSkill {
  /** Its keys, one of which the document has in `skill`, or in `skill.broader` (it states a narrower one); in `skill.inferred`: evidence of that kind. */
  keys: string[];
  /** Its other names and those of narrower skills, whose tokens follow one another within one value of a weighted field. */
  names: string[][];
}

/** Evidence of expanded mode: the token itself, and an inferred skill. Variants carry their own. */
export const evidence = { same: 16, stem: 8, alternative: 4, near: 2, inferred: 1 } as const;

/**
 * Strict: every token occurs in some weighted text field, a phrase whole; ranked by the sum of BM25F over all tokens, those of phrases too, each
 * as often as it is asked for. Expanded: also documents with some evidence for every unit; they come after all strict ones, by the sum over the
 * units of the strongest evidence, and count in total and facets like these.
 *
 * Evidence for a token is `same` when a weighted field holds it, a variant's own when one holds that, `inferred` when `inferredTextField` holds
 * the token or any variant. Evidence for a unit is the weakest of its tokens' strongest, or what says all of it at once (`skill`), whichever is
 * stronger; a phrase is `same` or nothing.
 */
export interface TextQuery {
  /** At least one. */
  units: TextUnit[];
  mode: 'strict' | 'expanded';
}

/** Missing comes last in both directions. Names compare in UTF-8 bytes of `sortName`, an empty one is missing. */
export type SortKey =
  | { by: NumberField | 'name'; descending: boolean }
  /** With text only: strict hits by score, then the others by evidence. Equal is what has the same score to the bit. */
  | { by: 'relevance'; descending: true }
  /** By the nearest point. */
  | { by: 'distance'; from: Coordinates; descending: boolean };

export type FacetRequest =
  | {
      name: string;
      kind: 'values';
      tag: string;
      field: KeywordField;
      /** Buckets at most: 1 to 10,000. */
      size: number;
      /** Only values of this many characters: asked of codes, which are ASCII. */
      length?: number;
      /** Only these values. */
      only?: string[];
    }
  /** Half-open bands [from, to), with one below the first edge and one from the last on. Edges ascend. */
  | { name: string; kind: 'bands'; tag: string; field: NumberField; edges: number[] }
  /** Named conditions, in their order; a document counts in each that it satisfies, and what satisfies none is unknown. */
  | { name: string; kind: 'clauses'; tag: string; values: { value: string; clause: Clause }[] };

export interface FacetAnswer {
  /**
   * Documents by value: by count, then value in UTF-8 bytes, none without a document. Named conditions in their own order, none without a document.
   * Bands in theirs as `from..to`, numbers as JavaScript writes them, an open end left empty; of these only the first is left out when it is empty.
   */
  buckets: { value: string; count: number }[];
  /** Matching documents without any value in the field, whatever `length` and `only` say. */
  unknown: number;
  /** There are more values than `size`. */
  truncated: boolean;
}

/** Where a page ended; `isBackwards`: where it began, for the page before it. Opaque to everyone but the engine that made it; plain JSON. */
export type SearchCursor =
  | { kind: 'keyset'; values: (number | string | null)[]; id: string; isBackwards?: true }
  | { kind: 'snapshot'; snapshot: string; position: number; isBackwards?: true };

export interface SearchQuery {
  text?: TextQuery;
  /** All of them. */
  filter: TaggedClause[];
  /** Each counts what matches text and filter without the clauses whose `field` is its `tag`. */
  facets: FacetRequest[];
  /** Empty: relevance when there is text, else name. Ties always by id in UTF-8 bytes. With relevance among the keys it is paged as a ranking. */
  sort: SortKey[];
  /** 0 to 9,999. */
  size: number;
  after?: SearchCursor;
}

export interface SearchHit {
  id: string;
  /** BM25F of strict matching, also when sorted otherwise; absent for hits found only by expansion and without text. */
  score?: number;
  /** False for what only expansion found; true without text. */
  strict: boolean;
}

export interface SearchAnswer {
  total: number;
  hits: SearchHit[];
  facets: Record<string, FacetAnswer>;
  next?: SearchCursor;
  /** To the page before, of as many hits as are asked for there; absent on the first. */
  prev?: SearchCursor;
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

/** Credentials that cover at least `min` of the wanted skills, within a text and a filter (neither ranks). */
export interface CoverageQuery {
  /** The keys that each wanted skill goes by. At most 254 skills. */
  skills: string[][];
  /** A document covers a skill by one of its keys in one of these fields. */
  fields: KeywordField[];
  min: number;
  text?: TextQuery;
  filter: TaggedClause[];
  /** 0 to 9,999. */
  size: number;
  after?: CoverageCursor;
}

/** The last hit of a page: counts of covered, assessed and linked skills, and its id. */
export interface CoverageCursor {
  counts: [covered: number, assessed: number, linked: number];
  id: string;
}

export interface CoverageHit {
  id: string;
  /** Positions in `skills`, ascending. */
  covered: number[];
  /** How many of the covered skills have one of their keys in `skill.assesses`, and how many in `skill.linked`, whatever `fields` covers them by. */
  assessed: number;
  linked: number;
}

export interface CoverageAnswer {
  total: number;
  /** Most skills covered first, then most assessed, then most linked, then id in UTF-8 bytes. */
  hits: CoverageHit[];
  next?: CoverageCursor;
  seq: number;
}

/** One axis of a table. A document counts once in each of its values; without one it counts under null. */
export type Dimension =
  /** Values of this many characters (`length`, as in facets), or of these (`only`), when given; a document with no such value counts under null. */
  | { kind: 'values'; field: KeywordField; length?: number; only?: string[] }
  /** Half-open bands [from, to), named `from..to`, below the first edge and above the last too. */
  | { kind: 'bands'; field: NumberField; edges: number[] }
  /** Named conditions; a document counts in each that it satisfies. */
  | { kind: 'clauses'; values: { value: string; clause: Clause }[] };

/** What is told of each group beside its count. Only documents that have the field are looked at; a value counts once for each that has it. */
export type Metric =
  | { kind: 'present' | 'sum' | 'min' | 'max' | 'mean'; field: NumberField }
  /** `p` from 0 to 1: h = (n − 1)p over the sorted values, linear between floor and ceiling; 0.5 is the median. */
  | { kind: 'percentile'; field: NumberField; p: number }
  /** Different values of the field. */
  | { kind: 'distinct'; field: KeywordField; merged?: MergedValues }
  /** How concentrated the field's values are: the Herfindahl-Hirschman index of their shares, from 0 to 1 (`hhiOf`). */
  | { kind: 'hhi'; field: KeywordField; merged?: MergedValues }
  /** Share of the `n` most frequent values, from 0 to 1 (`topShareOf`). */
  | { kind: 'top'; field: KeywordField; n: number; merged?: MergedValues };

/** Values that count as another one: a document that has both has two values of it. */
export type MergedValues = readonly (readonly [value: string, as: string])[];

/** Rows that one table may have; more is InvalidInputError `too_many_groups`. */
export const maxGroups = 100_000;

export interface GroupQuery {
  text?: TextQuery;
  filter: TaggedClause[];
  by: Dimension[];
  metrics: Metric[];
}

export interface GroupRow {
  /** One value per dimension; null: missing. */
  by: (string | null)[];
  count: number;
  /** One per metric; null where no document of the group has the field (0 for present, sum and distinct). */
  values: (number | null)[];
}

export interface GroupAnswer {
  /** By count, then values in UTF-8 bytes, null last; bands in their written form too. */
  rows: GroupRow[];
  /** The same over all matching documents, each once. */
  totals: Omit<GroupRow, 'by'>;
  /** Positions of metrics that are not exact. */
  approximate: number[];
  seq: number;
}
