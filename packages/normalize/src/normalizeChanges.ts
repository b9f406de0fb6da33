import { createHash } from 'node:crypto';
import type { StoredRecord } from '@credatlas/model';
import type { Clock, GraphReader, GraphWriter, Log, Progress, RecordReader } from '@credatlas/ports';
import { Dependants, type Place } from './Dependants.ts';
import { RecordExtractor } from './extractRecord.ts';
import { Joiner } from './Joiner.ts';
import { Knowledge } from './Knowledge.ts';
import type { TierRules } from './tier/TierPolicy.ts';

/** Records extracted per transaction: their documents are held together, and each may be many megabytes. */
const extractBatch = 200;
/** Changed keys and joined resources per transaction: large enough to amortize a commit, small enough to resume cheaply. */
const joinBatch = 1_000;
/** Places queued per transaction. */
const queuePage = 5_000;

export interface NormalizeDependencies {
  records: RecordReader;
  graphs: GraphReader;
  graphWriter: GraphWriter;
  clock: Clock;
  log: Log;
  progress: Progress;
  /** Unless given, what ships, read anew. */
  knowledge?: Knowledge;
}

export interface NormalizeSummary {
  extracted: number;
  joined: number;
  /** Records that were read but refused, with the reason kept in the store. */
  refused: number;
}

/**
 * Brings resources and joined records up to the last change of the records: extracts what changed, queues what can see it, joins
 * the queue. Every step is one transaction, so a kill loses nothing and the next call goes on; the outcome does not depend on order.
 */
export async function normalizeChanges(
  given: NormalizeDependencies,
  { signal }: { signal?: AbortSignal } = {},
): Promise<NormalizeSummary> {
  const { extracted, refused } = await extractChanges(given, signal);
  await queueDependants(given, signal);
  const knowledge = given.knowledge ?? new Knowledge();
  await given.graphWriter.judgedBy(digestOf(knowledge.rules));
  const joined = await joinQueue(given, { knowledge, ...(signal ? { signal } : {}) });
  if (extracted > 0 || joined > 0) given.log.info('normalized', { extracted, joined, refused });
  return { extracted, joined, refused };
}

async function extractChanges(
  given: NormalizeDependencies,
  signal?: AbortSignal,
): Promise<{ extracted: number; refused: number }> {
  const extractor = new RecordExtractor();
  let [extracted, refused] = [0, 0];
  let batch: StoredRecord[] = [];
  const flush = async (): Promise<void> => {
    const last = batch.at(-1);
    if (!last) return;
    const graphs = [];
    for (const record of batch) graphs.push(await extractor.extract(record));
    await given.graphWriter.replaceGraphs({ graphs, extractedUpTo: last.seq });
    extracted += graphs.length;
    refused += graphs.filter((graph) => graph.refused).length;
    given.progress.report('extract', extracted);
    batch = [];
    signal?.throwIfAborted();
  };
  for await (const record of given.records.changedRecords(await given.graphs.extractedUpTo())) {
    batch.push(record);
    if (batch.length >= extractBatch) await flush();
  }
  await flush();
  return { extracted, refused };
}

/** Queues whoever sees a changed resource, page by page: a hub is seen by hundreds of thousands, and a kill repeats pages at worst. */
async function queueDependants({ graphs, graphWriter }: NormalizeDependencies, signal?: AbortSignal): Promise<void> {
  const dependants = new Dependants(graphs);
  for (;;) {
    const settled = await graphs.changedKeys(joinBatch);
    if (settled.length === 0) return;
    let page = new Map<string, Place>();
    for await (const place of dependants.of(settled)) {
      page.set(`${place.source} ${place.key}`, place);
      if (page.size < queuePage) continue;
      await graphWriter.enqueue({ settled: [], queue: [...page.values()] });
      page = new Map();
      signal?.throwIfAborted();
    }
    await graphWriter.enqueue({ settled, queue: [...page.values()] });
    signal?.throwIfAborted();
  }
}

async function joinQueue(
  { graphs, graphWriter, progress }: NormalizeDependencies,
  { knowledge, signal }: { knowledge: Knowledge; signal?: AbortSignal },
): Promise<number> {
  const joiner = new Joiner(graphs, knowledge);
  const total = await graphs.queueLength();
  let joined = 0;
  for (;;) {
    const batch = await graphs.queued(joinBatch);
    if (batch.length === 0) return joined;
    await graphWriter.commit(await joiner.join(batch));
    joined += batch.length;
    progress.report('join', joined, total);
    signal?.throwIfAborted();
  }
}

function digestOf(rules: TierRules): string {
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex');
}
