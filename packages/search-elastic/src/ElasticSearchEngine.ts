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
import type { Client } from '@elastic/elasticsearch';
import { BulkWriter } from './BulkWriter.ts';
import { ElasticReader } from './ElasticReader.ts';
import { refusalOf } from './faults.ts';
import { fillGeneration } from './fillGeneration.ts';
import { Generations } from './Generations.ts';
import { type ElasticConnection, openClient } from './openClient.ts';
import { Patience } from './Patience.ts';
import { PointInTime } from './PointInTime.ts';
import { credentialQuery } from './textQueries.ts';

export interface ElasticSearchEngineOptions {
  connection: ElasticConnection;
  /** Name of the alias everyone reads by; indexes are called after it. */
  index: string;
  clock: Clock;
  log: Log;
  /** How long one piece of work waits for a cluster that is away or busy before it fails. */
  patienceMs?: number;
  /** Different values of a field in all groups of a table up to which percentiles and distinct counts are exact (interface §4). */
  maxExactValues?: number;
}

/** Without a word: a short outage of one node, or a full queue, is over by then; callers that follow the store try again later. */
const defaultPatienceMs = 60_000;
/** Composite pages of one table: 5 s for 182,000 values (measured). */
const defaultMaxExactValues = 200_000;

/** The search port on an Elasticsearch cluster, 8.19 or 9.x. The store is the truth: what the cluster loses is followed or built again. */
export class ElasticSearchEngine implements SearchEngine, Vocabulary {
  readonly #client: Client;
  readonly #patience: Patience;
  readonly #generations: Generations;
  readonly #pointInTime: PointInTime;
  readonly #reader: ElasticReader;
  readonly #alias: string;
  readonly #log: Log;
  /** Writes into the live generation; forgotten when that may have changed. */
  #writer: BulkWriter | undefined;
  /** Known to be shown by the index. */
  #seq: number | undefined;
  /** Something was written that searches do not see yet. */
  #isStale = false;
  #refreshing: Promise<void> = Promise.resolve();
  /** Writes happen one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ElasticSearchEngineOptions) {
    const { connection, index, clock, log } = options;
    const { patienceMs = defaultPatienceMs, maxExactValues = defaultMaxExactValues } = options;
    const client = openClient(connection);
    const patience = new Patience({ clock, log, limitMs: patienceMs });
    this.#client = client;
    this.#patience = patience;
    this.#alias = index;
    this.#log = log;
    this.#generations = new Generations({ client, patience, name: index });
    this.#pointInTime = new PointInTime({ client, patience, clock, alias: index });
    const pointInTime = this.#pointInTime;
    this.#reader = new ElasticReader({ client, patience, pointInTime, alias: index, maxExactValues });
  }

  /** Asks the cluster, since another process may have written: everything acknowledged is durable. */
  info(): Promise<EngineInfo> {
    return this.#read(async () => {
      const generation = await this.#generations.live();
      if (this.#writer?.generation !== generation) this.#writer = undefined;
      const { documents, seq } = await this.#reader.state();
      this.#seq = seq;
      return { engine: 'elasticsearch', documents, seq, durableSeq: seq, generation };
    });
  }

  /** Acknowledged and durable when it resolves; the next search of this engine makes it visible first, others see it within a second. */
  apply(changes: SearchChange[], upTo: number): Promise<void> {
    return this.#write(async () => {
      const writer = await this.#liveWriter();
      try {
        await writer.write(changes);
        await writer.follow(upTo);
        this.#seq = Math.max(this.#seq ?? 0, upTo);
      } finally {
        this.#isStale = true;
      }
    });
  }

  /** Every acknowledged change already is durable. */
  async seal(): Promise<void> {
    await this.#last.catch(() => undefined);
  }

  rebuild(
    documents: AsyncIterable<SearchDocument>,
    options: { seq: number; expected(): Promise<number>; signal?: AbortSignal },
  ): Promise<void> {
    return this.#write(async () => {
      const generation = await this.#generations.begin();
      try {
        await this.#fill(generation, documents, options);
        await this.#generations.swap(generation);
      } catch (error) {
        await this.#abandon(generation);
        throw error;
      }
      this.#writer = undefined;
      this.#seq = options.seq;
      this.#pointInTime.forget();
    });
  }

  search(query: SearchQuery): Promise<SearchAnswer> {
    return this.#read(async () => this.#reader.search(query, await this.#shown()));
  }

  count(query: { text?: TextQuery; filter: TaggedClause[] }): Promise<number> {
    return this.#read(() => this.#reader.count(query));
  }

  matching(ids: string[], clause: Clause): Promise<string[]> {
    return this.#read(() => this.#reader.matching(ids, clause));
  }

  suggest(query: { fields: SuggestionEntry['field'][]; tokens: string[]; size: number }): Promise<Suggestion[]> {
    return this.#read(() => this.#reader.suggest(query));
  }

  coverage(query: CoverageQuery): Promise<CoverageAnswer> {
    return this.#read(async () => this.#reader.coverage(query, await this.#shown()));
  }

  groupBy(query: GroupQuery): Promise<GroupAnswer> {
    return this.#read(async () => this.#reader.groupBy(query, await this.#shown()));
  }

  async *scan(query: { text?: TextQuery; filter: TaggedClause[] }): AsyncIterable<string[]> {
    await this.#read(async () => undefined);
    yield* this.#reader.scan(query);
  }

  termsLike(wanted: WantedTerms, limit: number): Promise<{ terms: string[]; truncated: boolean }> {
    return this.#read(() => this.#reader.termsLike(wanted, limit));
  }

  async close(): Promise<void> {
    await this.seal();
    await this.#client.close();
  }

  #write(work: () => Promise<void>): Promise<void> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** Shows what was written before, then asks; once more when the generation that was asked has been replaced meanwhile. */
  async #read<T>(ask: () => Promise<T>): Promise<T> {
    await this.#show();
    try {
      return await ask();
    } catch (error) {
      if (!isGone(error)) throw error;
      await this.#generations.live();
      this.#pointInTime.forget();
      this.#seq = undefined;
      return ask();
    }
  }

  /** Change sequence that the index surely shows. */
  async #shown(): Promise<number> {
    this.#seq ??= (await this.#reader.state()).seq;
    return this.#seq;
  }

  /** One refresh for all that was written since the last; nothing when nothing was. */
  async #show(): Promise<void> {
    if (this.#isStale) {
      this.#isStale = false;
      this.#refreshing = this.#patience
        .ask(() => this.#client.indices.refresh({ index: this.#alias }))
        .then(() => this.#pointInTime.forget())
        .catch((error: unknown) => {
          this.#isStale = true;
          throw error;
        });
    }
    await this.#refreshing;
  }

  async #liveWriter(): Promise<BulkWriter> {
    if (this.#writer) return this.#writer;
    const generation = await this.#generations.live();
    await this.#generations.adapt(generation);
    this.#writer = new BulkWriter({ client: this.#client, patience: this.#patience, generation });
    return this.#writer;
  }

  async #fill(
    generation: string,
    documents: AsyncIterable<SearchDocument>,
    options: { seq: number; expected(): Promise<number>; signal?: AbortSignal },
  ): Promise<void> {
    const writer = new BulkWriter({ client: this.#client, patience: this.#patience, generation });
    await fillGeneration(writer, documents, options.signal);
    await writer.follow(options.seq);
    await this.#generations.finish(generation);
    const query = credentialQuery(undefined, []);
    const { count } = await this.#patience.ask(() => this.#client.count({ index: generation, query }));
    const expected = await options.expected();
    if (count === expected) return;
    throw new ConflictError(
      'counts_disagree',
      `The new index has ${count} documents where ${expected} were expected; the old one stays. Rebuild again.`,
    );
  }

  /** Removes what a failed rebuild left, unless it is read after all. When that fails too, the next rebuild does it. */
  async #abandon(generation: string): Promise<void> {
    try {
      if ((await this.#generations.live()) !== generation) await this.#generations.remove(generation);
    } catch (error) {
      this.#log.warn('unfinished index could not be removed', { generation, error });
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof UnavailableError && refusalOf(error.cause)?.status === 404;
}
