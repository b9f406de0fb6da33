import { join } from 'node:path';
import { crawlSource, type SourceDescription } from '@credatlas/crawl';
import { UndiciFetcher } from '@credatlas/fetch-undici';
import { clusterChanges } from '@credatlas/identity';
import { documentForm, followChanges, rebuildIndex, searchDocument } from '@credatlas/index';
import { type Credential, type RunSummary, storedForm } from '@credatlas/model';
import { Knowledge, type NormalizeSummary, normalizeChanges, tierRules } from '@credatlas/normalize';
import type { Clock, Log, Progress, SearchEngine, Vocabulary } from '@credatlas/ports';
import { ElasticSearchEngine } from '@credatlas/search-elastic';
import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { openStore, type Store } from '@credatlas/store-sqlite';
import { breathing } from './breathing.ts';
import type { Config } from './config.ts';
import { elasticConnection } from './elasticConnection.ts';
import { ifUnlocked } from './withLock.ts';

export const version = '0.1.0';

export interface Surroundings {
  config: Config;
  clock: Clock;
  log: Log;
  progress: Progress;
  /** One per process: it is dear to make. */
  knowledge: Knowledge;
}

/** Where the store and the index stand. */
export function placesOf({ dataDir }: Pick<Config, 'dataDir'>): {
  store: string;
  index: string;
  exports: string;
  adminToken: string;
} {
  return {
    store: join(dataDir, 'credatlas.sqlite'),
    index: join(dataDir, 'index'),
    exports: join(dataDir, 'exports'),
    adminToken: join(dataDir, 'admin-token.sha256'),
  };
}

/** The store of the data folder, made when absent. The caller closes it. */
export function openData({ config, clock, log }: Surroundings): Store {
  return openStore({ path: placesOf(config).store, clock, log });
}

/**
 * The search engine: the cluster that is configured, or the one over the data folder. Only the holder of the index lock opens that
 * `writable`; a server searches it in threads of their own.
 */
export function openEngine(
  given: Surroundings,
  { writable, searchThreads = 0 }: { writable: boolean; searchThreads?: number },
): SearchEngine & Vocabulary {
  const { config, clock, log } = given;
  const connection = elasticConnection(config);
  if (connection) return new ElasticSearchEngine({ connection, index: config.elasticsearchIndex, clock, log });
  return EmbeddedSearchEngine.open({ folder: placesOf(config).index, writable, searchThreads, clock, log });
}

/** A small engine in memory over just these credentials; the caller closes it. */
export async function engineOver(
  { clock, log }: Pick<Surroundings, 'clock' | 'log'>,
  credentials: Credential[],
): Promise<SearchEngine> {
  const engine = EmbeddedSearchEngine.open({ writable: false, searchThreads: 0, clock, log });
  await engine.apply(
    credentials.map((credential) => ({ op: 'upsert', document: searchDocument(credential, 0) })),
    0,
  );
  return engine;
}

/** Where the API is meant to be reached when nothing else is said. */
export function publicUrlOf({ publicUrl, host, port }: Config): string {
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export interface CrawlChoice {
  source: SourceDescription;
  /** The one origin that may be private, when this process started it itself. */
  allowedOrigin?: string;
  full?: boolean;
  signal?: AbortSignal;
}

/** Crawls one source into the store. The caller holds the records lock. */
export async function crawl(given: Surroundings, store: Store, choice: CrawlChoice): Promise<RunSummary> {
  const { config, clock, log, progress } = given;
  const fetcher = new UndiciFetcher({
    userAgent: `Credatlas/${version}${config.crawlContact ? ` (+${config.crawlContact})` : ''}`,
    clock,
    log,
    allowPrivate: config.crawlAllowPrivate,
    allowedOrigins: choice.allowedOrigin ? [choice.allowedOrigin] : [],
  });
  try {
    const { records, recordWriter, cursors } = store;
    const { source, full, signal } = choice;
    return await crawlSource(
      { source, records, recordWriter, cursors, fetcher, clock, log, progress },
      { ...(full ? { full } : {}), ...(signal ? { signal } : {}) },
    );
  } finally {
    await fetcher.close();
  }
}

/** What normalization knows: with the tier policy and recognition list that the configuration names, or those that ship. */
export function knowledgeOf(config: Config): Knowledge {
  return new Knowledge(tierRules({ policy: config.tierPolicy, list: config.recognitionList }));
}

/** Brings the credentials up to the records, and the clusters up to the credentials. The caller holds the records lock. */
export async function normalize(given: Surroundings, store: Store, signal?: AbortSignal): Promise<NormalizeSummary> {
  const { clock, log, progress, knowledge } = given;
  const records = breathing(store.records);
  const graphs = breathing(store.graphs);
  const graphWriter = breathing(store.graphWriter);
  // What this program writes is in its own form: the next command is not to read it all again.
  await store.graphWriter.formedBy(storedForm);
  const summary = await normalizeChanges(
    { records, graphs, graphWriter, clock, log, progress, knowledge },
    signal ? { signal } : {},
  );
  await identify(given, store, signal);
  return summary;
}

/** Reads and joins everything again where the store was written in another form, unless somebody else is about to. */
export async function renew(given: Surroundings, store: Store, signal?: AbortSignal): Promise<void> {
  if (!(await store.graphWriter.formedBy(storedForm))) return;
  given.log.info('store was written in another form and is read again');
  const request = { lock: store.lock, name: 'records', purpose: 'reading all records again' } as const;
  await ifUnlocked(request, () => normalize(given, store, signal));
}

/** Brings the clusters up to the credentials and to what people have decided. The caller holds the records lock. */
export async function identify(given: Surroundings, store: Store, signal?: AbortSignal): Promise<void> {
  const { log, progress } = given;
  const identities = breathing(store.identities);
  await clusterChanges({ identities, log, progress }, signal ? { signal } : {});
}

/**
 * Brings the engine up to the credentials. An index that is ahead of the store, or holds another number of credentials, belongs to
 * another store (a restored one, say) and is built anew.
 */
export async function index(
  given: Surroundings,
  store: Store,
  { engine, signal }: { engine: SearchEngine; signal?: AbortSignal },
): Promise<void> {
  const { log, progress } = given;
  const dependencies = { credentials: breathing(store.credentials), engine: breathing(engine), log, progress };
  const options = signal ? { signal } : {};
  const lastSeq = await store.credentials.lastSeq();
  const { seq } = await engine.info();
  if (seq <= lastSeq) {
    await followChanges(dependencies, options);
    if (seq === 0) await rememberForm(store);
    return;
  }
  log.warn('index is ahead of the store and will be built again', { lastSeq });
  await rebuildIndex(dependencies, options);
  await rememberForm(store);
}

/** Whether the index was built by the rules of this program. */
export async function isOfThisForm({ cursors }: Store): Promise<boolean> {
  return (await cursors.cursor(formName)) === documentForm;
}

const formName = 'index form';

async function rememberForm({ cursors }: Store): Promise<void> {
  await cursors.setCursor(formName, documentForm);
}

/** Builds the index anew. The caller holds the index lock. */
export async function rebuild(
  given: Surroundings,
  store: Store,
  { engine, signal }: { engine: SearchEngine; signal?: AbortSignal },
): Promise<{ documents: number }> {
  const { log, progress } = given;
  const { credentials } = store;
  const built = await rebuildIndex({ credentials, engine, log, progress }, signal ? { signal } : {});
  await rememberForm(store);
  return built;
}
