import type {
  Clause,
  CoverageAnswer,
  CoverageQuery,
  GroupAnswer,
  GroupQuery,
  SearchAnswer,
  SearchChange,
  SearchDocument,
  SearchQuery,
  Suggestion,
  SuggestionEntry,
  TaggedClause,
  TextQuery,
} from '@credatlas/model';

export interface EngineInfo {
  engine: 'embedded' | 'elasticsearch';
  documents: number;
  /** Change sequence up to which searches see. */
  seq: number;
  /** Change sequence that survives a kill; what lies between is replayed from the store. */
  durableSeq: number;
  generation: string;
}

/** The search port. Answers in exact counts; matches, order and totals are the same in every adapter (`test/contracts/searchEngine`). */
export interface SearchEngine {
  info(): Promise<EngineInfo>;
  /** Applies changes in order; visible to the next search when it resolves. Repeating a change changes nothing; a document's `seq` never falls, and one older than what is held may be left out. `upTo` is the change sequence now covered. */
  apply(changes: SearchChange[], upTo: number): Promise<void>;
  /** Makes everything applied durable. */
  seal(): Promise<void>;
  /**
   * Builds a new generation beside the live one and swaps when the number of documents written equals `expected()`, asked after
   * the last one. Searches see the old one until then. Throws ConflictError when counts disagree; the old one then stays.
   */
  rebuild(
    documents: AsyncIterable<SearchDocument>,
    options: { seq: number; expected(): Promise<number>; signal?: AbortSignal },
  ): Promise<void>;
  /** Throws InvalidInputError `cursor_expired` for a snapshot cursor not used for five minutes or from another life of the engine. */
  search(query: SearchQuery): Promise<SearchAnswer>;
  count(query: { text?: TextQuery; filter: TaggedClause[] }): Promise<number>;
  /** Which of these documents match the clause; for explaining a hit. */
  matching(ids: string[], clause: Clause): Promise<string[]>;
  /** Values with every token of `tokens` in their label, the last one as a prefix; by live documents, then value in UTF-8 bytes. */
  suggest(query: { fields: SuggestionEntry['field'][]; tokens: string[]; size: number }): Promise<Suggestion[]>;
  /** Documents that cover at least `min` of the wanted skills, best first. Paging is keyset. */
  coverage(query: CoverageQuery): Promise<CoverageAnswer>;
  /**
   * A table: how many matching documents fall on each combination of values, with metrics. Exact, but for the metrics that
   * `approximate` names. Throws InvalidInputError `too_many_groups` beyond `maxGroups` rows.
   */
  groupBy(query: GroupQuery): Promise<GroupAnswer>;
  /** Ids of all matching documents in UTF-8 byte order, in pages, as of the call: what is written meanwhile neither adds nor takes. */
  scan(query: { text?: TextQuery; filter: TaggedClause[] }): AsyncIterable<string[]>;
  close(): Promise<void>;
}

/** Which terms are looked for. */
export interface WantedTerms {
  /** Those of this stem. */
  stem?: string;
  /** Those that begin so. */
  prefix?: string;
  /** Those that may be meant by it when it is mistyped (`isTypo`). */
  typo?: string;
}

/** The terms in use, for expansion. */
export interface Vocabulary {
  /** Terms that are like what is wanted in any of its ways, most frequent first, then UTF-8 bytes; at most `limit`. `truncated` when there were more. */
  termsLike(wanted: WantedTerms, limit: number): Promise<{ terms: string[]; truncated: boolean }>;
}
