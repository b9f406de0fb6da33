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
  /** Change sequence up to which searches see; 0: follow the store from its beginning. */
  seq: number;
  /** Change sequence that survives a kill; what lies between is replayed from the store. Never above `seq`. */
  durableSeq: number;
  /** Another one after every rebuild that swapped. */
  generation: string;
}

/**
 * The search port. The store is the truth and an engine a view of it: whatever it loses or cannot read it forgets, answers a lower `seq`
 * from `info`, and is told again from there. Answers are exact counts over one state of what was applied; matches, order, totals, facets
 * and tables are the same in every adapter (`test/contracts/searchEngine` holds each to a naive reference). What documents, clauses,
 * queries and answers mean is said with their types (`model/search`); how text is analysed is the caller's matter: engines compare tokens.
 *
 * Callers owe what the model's types say of sizes; engines trust it. Every method may reject with UnavailableError when a neighbour (a
 * cluster, a disk) is away for longer than the engine waits by itself; asking again is safe. A reader never waits for a writer.
 */
export interface SearchEngine {
  /** What it holds. Also waits until it has read what is there, and asks it when other processes write too. */
  info(): Promise<EngineInfo>;
  /**
   * Applies changes as if one after the other; visible to the next search when it resolves, all of them or none. Repeating a change
   * changes nothing; a document's `seq` never falls, and one older than what is held may be left out. `upTo` is the change sequence now
   * covered: `info` answers it, or a higher one that was covered before. No changes and a higher `upTo` is a plain note. Calls are
   * served in their order. A full disk does not refuse a change: it is held in memory, logged, and sealed when there is room.
   */
  apply(changes: SearchChange[], upTo: number): Promise<void>;
  /** Makes everything applied durable: `durableSeq` is `seq` then. Throws UnavailableError when it cannot be written; nothing is lost and searches go on. */
  seal(): Promise<void>;
  /**
   * Builds a new generation beside the live one and swaps when the number of documents written equals `expected()`, asked after
   * the last one. Searches see the old one until then, all of the new one after, whose `seq` is `options.seq` and which is durable;
   * what was applied meanwhile is to be applied again. Throws ConflictError `counts_disagree` when counts disagree, and what the
   * stream or the signal throws; the old one then stays, and so it does when the process is killed. `documents` is read at the pace of writing.
   */
  rebuild(
    documents: AsyncIterable<SearchDocument>,
    options: { seq: number; expected(): Promise<number>; signal?: AbortSignal },
  ): Promise<void>;
  /**
   * One page. `next` is absent on the last one, and absent too when `size` is 0. A cursor of fields (`keyset`) holds for ever: what has
   * not changed throughout comes exactly once, whatever is written between pages. A cursor of a ranking (`snapshot`) pages through the
   * ranking as it was on the first page: the same hits with the same scores, each once. Total and facets of a later page may be of the present
   * state. A page may be asked for again with the same cursor, and with another `size`. `prev` leads to the hits right before the page, in
   * the same order: going back page by page gives the pages that were gone through, and an empty one where they are gone since.
   * Throws InvalidInputError `cursor_expired` for a ranking not asked for in five minutes, one that many others have pushed out, or one from another
   * life of the engine, and `malformed_cursor` for a cursor that was made for another kind of sort.
   */
  search(query: SearchQuery): Promise<SearchAnswer>;
  /** The total that a search would answer. */
  count(query: { text?: TextQuery; filter: TaggedClause[] }): Promise<number>;
  /** Which of these documents match the clause, in the order given; for explaining a hit. Ids it does not hold match nothing. */
  matching(ids: string[], clause: Clause): Promise<string[]>;
  /**
   * Values with every token of `tokens` among theirs, the last one as a prefix; by live documents, then value in UTF-8 bytes, then the order of
   * `fields`; at most `size` (1,000 or fewer) over all fields together. No tokens: none. Where documents give a value different tokens, those of
   * one of them suffice; whether they all stem from one is not looked at, nor whether that one has been deleted lately. All live documents that
   * have the value count.
   */
  suggest(query: { fields: SuggestionEntry['field'][]; tokens: string[]; size: number }): Promise<Suggestion[]>;
  /** Documents that cover at least `min` (1 or more) of the wanted skills, best first. No skills: none. Paging is keyset. */
  coverage(query: CoverageQuery): Promise<CoverageAnswer>;
  /**
   * A table: how many matching documents fall on each combination of values, with metrics. Exact, but for the metrics that
   * `approximate` names, whose percentiles lie within 1 % of rank, and whose counts of different values within 1 %. Throws InvalidInputError `too_many_groups` beyond `maxGroups` rows.
   */
  groupBy(query: GroupQuery): Promise<GroupAnswer>;
  /**
   * Ids of all matching documents in UTF-8 byte order, in pages, as of the call: what is written meanwhile neither adds nor takes.
   * A reader that rests for longer than five minutes between pages is refused as a cursor is.
   */
  scan(query: { text?: TextQuery; filter: TaggedClause[] }): AsyncIterable<string[]>;
  /** Seals if it can, and lets go of everything it opened. Not to be asked afterwards. */
  close(): Promise<void>;
}

/** Which terms are looked for: in any of the ways given. */
export interface WantedTerms {
  /** Those whose stem it is, by our own stemmer (`stem`), which an engine runs over its terms. */
  stem?: string;
  /** Those that begin so. */
  prefix?: string;
  /** Those that may be meant by it when it is mistyped (`isTypo`): not itself, and none where it is too short or has digits. */
  typo?: string;
}

/** The terms in use, those of inferred skills too: for expansion, and for what may have been meant where nothing is found. */
export interface Vocabulary {
  /**
   * Terms that are like what is wanted, each once, by the number of live documents that hold them in any text field, then UTF-8 bytes; at most
   * `limit`. `truncated` when there were more. What no live document holds is no term.
   */
  termsLike(wanted: WantedTerms, limit: number): Promise<{ terms: string[]; truncated: boolean }>;
}
