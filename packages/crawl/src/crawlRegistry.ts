import type { RunSummary } from '@credatlas/model';
import type { CrawlDependencies, CrawlOptions } from './CrawlDependencies.ts';
import { CrawlRun } from './CrawlRun.ts';
import { type ListedEnvelope, RegistryClient, type RegistryDocument, type RegistryEvent } from './RegistryClient.ts';
import type { SourceDescription } from './sourceOf.ts';

/** Events may be written a little after their own time stamp; this much is read again. */
const overlapMs = 5 * 60 * 1000;
/** Graphs asked for at once. */
const graphBatch = 50;
/** Records asked for one by one between two transactions. */
const confirmBatch = 200;

type RegistryCrawl = CrawlDependencies & { source: Extract<SourceDescription, { kind: 'registry' }> };

/** Everything at first, then what the events feed names; everything again where there is no feed. */
export async function crawlRegistry(given: RegistryCrawl, options: CrawlOptions): Promise<RunSummary> {
  const { source, fetcher, cursors } = given;
  const client = new RegistryClient({
    fetcher,
    origin: source.origin,
    community: source.community,
    signal: options.signal,
  });
  const highWater = options.full ? undefined : await cursors.cursor(`events ${source.id}`);
  const events =
    highWater === undefined
      ? undefined
      : await client.events(new Date(Date.parse(highWater) - overlapMs).toISOString());
  return events
    ? crawlEvents(given, { client, events, highWater: highWater ?? '' }, options)
    : crawlPages(given, client, options);
}

async function crawlPages(given: RegistryCrawl, client: RegistryClient, { signal }: CrawlOptions): Promise<RunSummary> {
  const run = await CrawlRun.open(given, 'full');
  return run.close(async () => {
    const total = await client.total();
    const first = Number(run.checkpoint ?? 0) + 1;
    for (let number = first; ; number++) {
      signal?.throwIfAborted();
      const { envelopes, isLast } = await client.page(number);
      await addPage({ run, client, envelopes });
      await run.flush(String(number));
      given.progress.report('crawl', run.counts.seen, total);
      if (isLast) break;
    }
    // Newest come first: what was published meanwhile has moved the pages, and stands on the first one now.
    await addPage({ run, client, envelopes: (await client.page(1)).envelopes });
    await run.flush();
    await confirmGone(given, run, { client, signal });
    await run.sweep();
    // A resumed run may have read its first pages long ago: events count from when it began.
    const [own] = await given.records.runs(given.source.id, 1);
    await given.cursors.setCursor(`events ${given.source.id}`, own?.startedAt ?? run.now());
  }, signal);
}

async function addPage({
  run,
  client,
  envelopes,
}: {
  run: CrawlRun;
  client: RegistryClient;
  envelopes: ListedEnvelope[];
}): Promise<void> {
  const bare = envelopes.flatMap(({ ctid, document }) => (ctid && !document ? [ctid] : []));
  for (const { document } of envelopes) if (document) await run.add(document);
  for (let start = 0; start < bare.length; start += graphBatch) {
    const wanted = bare.slice(start, start + graphBatch);
    const graphs = await client.graphs(wanted);
    for (const ctid of wanted) {
      const document = graphs.get(ctid) ?? (await documentOf(client, ctid));
      if (document) await run.add(document);
      else
        await run.refuse({
          key: ctid,
          uri: ctid,
          code: 'no_content',
          reason: `The registry lists ${ctid} but gives no document for it. Tell its owner.`,
        });
    }
  }
}

async function documentOf(client: RegistryClient, ctid: string): Promise<RegistryDocument | undefined> {
  const answer = await client.document(ctid);
  return answer === 'unchanged' ? undefined : answer?.document;
}

/**
 * What the listing did not hold is asked for by itself before it counts as gone: a record deleted meanwhile moves the pages, so
 * that a living one can slip through between two of them, and a listing may break off.
 */
async function confirmGone(
  given: RegistryCrawl,
  run: CrawlRun,
  work: { client: RegistryClient; signal?: AbortSignal | undefined },
): Promise<void> {
  let [gone, slipped] = [0, 0];
  for (;;) {
    const unseen = await given.records.unseen({ source: given.source.id, run: run.number, limit: confirmBatch });
    if (unseen.length === 0) break;
    const missing: string[] = [];
    for (const key of unseen) {
      work.signal?.throwIfAborted();
      if (!(await addCurrent(given, run, { client: work.client, key }))) missing.push(key);
    }
    await run.tombstone(missing, 'no longer at the source');
    gone += missing.length;
    slipped += unseen.length - missing.length;
  }
  if (gone + slipped > 0)
    given.log.info('records that the listing left out', { source: given.source.id, gone, slipped });
}

/** Fetches one record, conditionally when we hold it; false when the registry has it no more. */
async function addCurrent(
  given: RegistryCrawl,
  run: CrawlRun,
  { client, key }: { client: RegistryClient; key: string },
): Promise<boolean> {
  const known = await given.records.record(given.source.id, key);
  const address = client.addressOf(key);
  const validators = known && !known.deletedAt ? await given.cursors.validators(address) : undefined;
  const answer = await client.document(key, validators);
  if (answer === 'unchanged') await run.addUnchanged(key);
  else if (answer) {
    run.remember(address, answer.validators);
    await run.add({ ...answer.document, key });
  }
  return answer !== undefined;
}

async function crawlEvents(
  given: RegistryCrawl,
  work: { client: RegistryClient; events: RegistryEvent[]; highWater: string },
  { signal }: CrawlOptions,
): Promise<RunSummary> {
  const run = await CrawlRun.open(given, 'incremental');
  const newest = new Map<string, RegistryEvent>();
  for (const event of work.events) {
    const known = newest.get(event.ctid);
    if (!known || Date.parse(event.at) > Date.parse(known.at)) newest.set(event.ctid, event);
  }
  return run.close(async () => {
    const gone: string[] = [];
    for (const { ctid, event } of newest.values()) {
      signal?.throwIfAborted();
      const isThere = event !== 'destroy' && (await addCurrent(given, run, { client: work.client, key: ctid }));
      if (!isThere) gone.push(ctid);
    }
    await run.tombstone(gone, 'deleted at the source');
    const latest = [...newest.values()].reduce(
      (max, { at }) => Math.max(max, Date.parse(at)),
      Date.parse(work.highWater),
    );
    await given.cursors.setCursor(`events ${given.source.id}`, new Date(latest).toISOString());
  }, signal);
}
