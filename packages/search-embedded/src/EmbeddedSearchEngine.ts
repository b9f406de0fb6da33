import {
  type Clause,
  ConflictError,
  type CoverageAnswer,
  type CoverageQuery,
  type GroupAnswer,
  type GroupQuery,
  type SearchAnswer,
  type SearchChange,
  type SearchDocument,
  type SearchQuery,
  type Suggestion,
  type SuggestionEntry,
  type TaggedClause,
  type TextQuery,
  UnavailableError,
} from '@credatlas/model';
import type { Clock, EngineInfo, Log, SearchEngine, Vocabulary, WantedTerms } from '@credatlas/ports';
import { Searcher } from './search/Searcher.ts';
import type { Disk } from './segment/Disk.ts';
import type { SetChange } from './segment/SegmentData.ts';
import { type Batch, SegmentKeeper } from './segment/SegmentKeeper.ts';
import type { KeeperData } from './threads/keeperThread.ts';
import { here, type Remote } from './threads/Remote.ts';
import { Thread } from './threads/Thread.ts';

export interface EmbeddedSearchEngineOptions {
  /** Where segments are kept; absent: in memory only. */
  folder?: string;
  /** False: nothing is ever written to the folder. */
  writable: boolean;
  clock: Clock;
  log: Log;
  /** Documents in memory that make it seal by itself; a seal of this many takes about a second. */
  sealAt?: number;
  /** Threads that search, beside one that writes; 0: everything in the calling thread, for short commands and tests. */
  searchThreads: number;
  /** Instead of the real one; cannot be handed to a thread, so only without any. */
  disk?: Disk;
}

/** Ids of one page of a scan: enough to read their records in one go. */
const scanPage = 1_000;
/** Documents handed on at once during a rebuild: they fit the processor's cache, and so do the words they share. */
const rebuildBatch = 250;

/** The search port in one process: immutable array segments in memory that threads share, sealed to files, rebuilt from the store whenever in doubt. */
export class EmbeddedSearchEngine implements SearchEngine, Vocabulary {
  readonly #keeper: Remote<SegmentKeeper>;
  readonly #searchers: Remote<Searcher>[];
  readonly #threads: { close(): Promise<void> }[];
  readonly #writable: boolean;
  readonly #sealAt: number;
  /** Documents in memory at which it seals next: more than usual after it could not. */
  #sealNextAt: number;
  readonly #log: Log;
  #state: SetChange['state'];
  /** Writes happen one after the other, and every searcher hears of them in that order. */
  #last: Promise<void>;
  #turn = 0;

  private constructor(options: EmbeddedSearchEngineOptions) {
    const { keeper, searchers, threads } = options.searchThreads > 0 ? inThreads(options) : inThisThread(options);
    this.#keeper = keeper;
    this.#searchers = searchers;
    this.#threads = threads;
    this.#writable = options.writable && options.folder !== undefined;
    this.#sealAt = options.sealAt ?? 20_000;
    this.#sealNextAt = this.#sealAt;
    this.#log = options.log;
    this.#state = { documents: 0, unsealed: 0, seq: 0, durableSeq: 0, generation: '' };
    this.#last = this.#tell(this.#keeper.open());
  }

  /** Answers at once; the first call waits until the files have been read. */
  static open(options: EmbeddedSearchEngineOptions): EmbeddedSearchEngine {
    return new EmbeddedSearchEngine(options);
  }

  async info(): Promise<EngineInfo> {
    await this.#last;
    const { documents, seq, durableSeq, generation } = this.#state;
    return { engine: 'embedded', documents, seq, durableSeq, generation };
  }

  apply(changes: SearchChange[], upTo: number): Promise<void> {
    return this.#write(async () => {
      await this.#tell(this.#keeper.apply(this.#handedOn(changes), upTo));
      if (this.#state.unsealed >= this.#sealNextAt) await this.#sealIfPossible();
    });
  }

  seal(): Promise<void> {
    return this.#write(() => this.#seal());
  }

  async rebuild(
    documents: AsyncIterable<SearchDocument>,
    options: { seq: number; expected(): Promise<number>; signal?: AbortSignal },
  ): Promise<void> {
    await this.#keeper.beginRebuild();
    try {
      const count = await this.#gather(documents, options.signal);
      const expected = await options.expected();
      if (count !== expected) {
        throw new ConflictError(
          'counts_disagree',
          `The new index has ${count} documents where ${expected} were expected; the old one stays. Rebuild again.`,
        );
      }
      await this.#write(() => this.#tell(this.#keeper.finishRebuild(options.seq)));
    } catch (error) {
      await this.#keeper.abortRebuild();
      throw error;
    }
  }

  search(query: SearchQuery): Promise<SearchAnswer> {
    const { after } = query;
    return this.#read((searcher) => searcher.search(query), after?.kind === 'snapshot' ? after.snapshot : undefined);
  }

  count(query: { text?: TextQuery; filter: TaggedClause[] }): Promise<number> {
    return this.#read((searcher) => searcher.count(query));
  }

  matching(ids: string[], clause: Clause): Promise<string[]> {
    return this.#read((searcher) => searcher.matching({ ids, clause }));
  }

  suggest(query: { fields: SuggestionEntry['field'][]; tokens: string[]; size: number }): Promise<Suggestion[]> {
    return this.#read((searcher) => searcher.suggest(query));
  }

  coverage(query: CoverageQuery): Promise<CoverageAnswer> {
    return this.#read((searcher) => searcher.coverage(query));
  }

  groupBy(query: GroupQuery): Promise<GroupAnswer> {
    return this.#read((searcher) => searcher.groupBy(query));
  }

  async *scan(query: { text?: TextQuery; filter: TaggedClause[] }): AsyncIterable<string[]> {
    const snapshot = await this.#read((searcher) => searcher.scan(query));
    for (let position = 0; ; position += scanPage) {
      const ids = await this.#read((searcher) => searcher.scanned({ snapshot, position, size: scanPage }), snapshot);
      if (ids.length > 0) yield ids;
      if (ids.length < scanPage) return;
    }
  }

  termsLike(wanted: WantedTerms, limit: number): Promise<{ terms: string[]; truncated: boolean }> {
    return this.#read((searcher) => searcher.termsLike({ wanted, limit }));
  }

  async close(): Promise<void> {
    await this.#write(() => this.#sealIfPossible());
    await Promise.all([this.#keeper, ...this.#searchers].map((each) => each.close()));
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  /** A snapshot lives with the searcher that made it, whose number its name begins with. */
  async #read<T>(ask: (searcher: Remote<Searcher>) => Promise<T>, snapshot?: string): Promise<T> {
    await this.#last.catch(() => undefined);
    const own = Number(snapshot?.split('.')[0]);
    const turn = Number.isInteger(own) && own < this.#searchers.length ? own : this.#turn++ % this.#searchers.length;
    return ask(this.#searchers[turn]!);
  }

  #write(work: () => Promise<void>): Promise<void> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #seal(): Promise<void> {
    const { durableSeq, seq, unsealed } = this.#state;
    if (this.#writable && (durableSeq !== seq || unsealed > 0)) await this.#tell(this.#keeper.seal());
  }

  /** What cannot be written now stays in memory, is told, and tried again once there is as much again. */
  async #sealIfPossible(): Promise<void> {
    this.#sealNextAt = this.#sealAt;
    try {
      await this.#seal();
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      this.#log.warn('index is not durable', { why: error.message, unsealed: this.#state.unsealed });
      this.#sealNextAt += this.#state.unsealed;
    }
  }

  async #tell(changing: Promise<SetChange>): Promise<void> {
    const change = await changing;
    await Promise.all(this.#searchers.map((searcher) => searcher.change(change)));
    this.#state = change.state;
  }

  #handedOn<T>(items: T[]): Batch<T> {
    return this.#threads.length > 0 ? JSON.stringify(items) : items;
  }

  async #gather(documents: AsyncIterable<SearchDocument>, signal: AbortSignal | undefined): Promise<number> {
    let batch: SearchDocument[] = [];
    let count = 0;
    // One batch is being built while the next is gathered.
    let handedOn = Promise.resolve();
    for await (const document of documents) {
      signal?.throwIfAborted();
      batch.push(document);
      count += 1;
      if (batch.length < rebuildBatch) continue;
      await handedOn;
      handedOn = this.#keeper.addToRebuild(this.#handedOn(batch));
      batch = [];
    }
    await handedOn;
    await this.#keeper.addToRebuild(this.#handedOn(batch));
    return count;
  }
}

interface Parties {
  keeper: Remote<SegmentKeeper>;
  searchers: Remote<Searcher>[];
  threads: { close(): Promise<void> }[];
}

function inThisThread({ folder, clock, ...options }: EmbeddedSearchEngineOptions): Parties {
  const searcher = new Searcher({ now: () => clock.now(), name: '0' });
  return { keeper: here(new SegmentKeeper({ ...options, folder })), searchers: [here(searcher)], threads: [] };
}

function inThreads({ folder, log, searchThreads }: EmbeddedSearchEngineOptions): Parties {
  const data: KeeperData = { folder };
  const keeper = new Thread<SegmentKeeper>(new URL('./threads/keeperThread.ts', import.meta.url), data, log);
  const searchers = Array.from(
    { length: searchThreads },
    (_, name) =>
      new Thread<Searcher>(new URL('./threads/searcherThread.ts', import.meta.url), { name: String(name) }, log),
  );
  return { keeper: keeper.remote, searchers: searchers.map(({ remote }) => remote), threads: [keeper, ...searchers] };
}
