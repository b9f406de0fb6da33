import { type SourceDescription, sourceOf } from '@credatlas/crawl';
import { CredatlasError, counted, type Refusal, type RunSummary } from '@credatlas/model';
import type { Store } from '@credatlas/store-sqlite';
import type { CommandContext } from '../commandContext.ts';
import { crawl, index, normalize, openData, openEngine } from '../compose.ts';
import { exitCodeOf } from '../exitCodeOf.ts';
import { exitCodes } from '../exitCodes.ts';

import { ifUnlocked, withLock } from '../withLock.ts';

/** What a crawl has done; seen = written + unchanged + refused. */
interface CrawlSummary {
  seen: number;
  written: number;
  unchanged: number;
  refused: number;
  tombstoned: number;
  /** In the store now. */
  credentials: number;
  issues: number;
  seconds: number;
  sources: RunSummary[];
  refusals: Refusal[];
}

/** Refusals shown to a person; the rest is counted, and `--json` has them all. */
const maxShown = 50;
/** A crawl may take hours, but whoever waits this long wants to know. */
const patienceMs = 30 * 60_000;
/** Codes of what was read but could not be normalized begin so. */
const normalizePrefix = 'normalize_';

/**
 * `credatlas crawl SOURCE…`: crawls each source, normalizes, and brings the index up unless a server does that. One that fails does
 * not keep the others from being crawled.
 */
export async function crawlCommand(
  context: CommandContext,
  sources: string[],
  options: { full?: boolean },
): Promise<number> {
  const descriptions = sources.map((text) => sourceOf(text, { cwd: context.cwd }));
  const startedAt = context.clock.now();
  const store = openData(context);
  try {
    const { signal, terminal } = context;
    const patience = { waitMs: patienceMs, tell: (message: string) => terminal.say(message) };
    const purpose = `crawling ${sources.join(', ')}`;
    const { runs, codes } = await withLock(
      { lock: store.lock, name: 'records', purpose, signal, patience },
      async () => {
        const crawled = await crawlAll(context, store, { descriptions, full: options.full ?? false });
        await normalize(context, store, signal);
        return crawled;
      },
    );
    await bringIndexUp(context, store);
    const summary = await summarize(store, runs);
    terminal.endProgress();
    report(context, { ...summary, seconds: Math.round((context.clock.now() - startedAt) / 10) / 100 });
    return Math.max(summary.refused > 0 ? exitCodes.problems : exitCodes.done, ...codes);
  } finally {
    store.close();
  }
}

async function crawlAll(
  context: CommandContext,
  store: Store,
  { descriptions, full }: { descriptions: SourceDescription[]; full: boolean },
): Promise<{ runs: RunSummary[]; codes: number[] }> {
  const runs: RunSummary[] = [];
  const codes: number[] = [];
  for (const source of descriptions) {
    try {
      runs.push(await crawl(context, store, { source, full, signal: context.signal }));
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof CredatlasError)) throw error;
      context.terminal.say(`${source.name}: ${error.message}`);
      codes.push(exitCodeOf(error));
    }
  }
  return { runs, codes };
}

/** A server that runs follows by itself and is the only one to write the index. */
async function bringIndexUp(context: CommandContext, store: Store): Promise<void> {
  await ifUnlocked({ lock: store.lock, name: 'index', purpose: 'indexing after a crawl' }, async () => {
    const engine = openEngine(context, { writable: true });
    await index(context, store, { engine, signal: context.signal });
    await engine.close();
  });
}

async function summarize(store: Store, crawled: RunSummary[]): Promise<Omit<CrawlSummary, 'seconds'>> {
  const refusals: Refusal[] = [];
  const sources: RunSummary[] = [];
  for (const run of crawled) {
    const refused = await Array.fromAsync(store.records.refusals({ source: run.source, run: run.run }));
    refusals.push(...refused);
    sources.push(withNormalizerRefusals(run, refused));
  }
  const total = (name: 'seen' | 'written' | 'unchanged' | 'refused' | 'tombstoned'): number =>
    sources.reduce((sum, run) => sum + run[name], 0);
  const { credentials, issues } = await store.credentials.counts();
  return {
    seen: total('seen'),
    written: total('written'),
    unchanged: total('unchanged'),
    refused: total('refused'),
    tombstoned: total('tombstoned'),
    credentials,
    issues,
    sources,
    refusals,
  };
}

/** A record that was stored and then could not be normalized is a refused one, not a written one. */
function withNormalizerRefusals(run: RunSummary, refusals: Refusal[]): RunSummary {
  const refused = refusals.filter(({ code }) => code.startsWith(normalizePrefix)).length;
  const fromWritten = Math.min(refused, run.written);
  const fromUnchanged = Math.min(refused - fromWritten, run.unchanged);
  return {
    ...run,
    written: run.written - fromWritten,
    unchanged: run.unchanged - fromUnchanged,
    refused: run.refused + fromWritten + fromUnchanged,
  };
}

function report({ terminal, json }: CommandContext, summary: CrawlSummary): void {
  if (json) {
    terminal.print(JSON.stringify(summary));
    return;
  }
  for (const refusal of summary.refusals.slice(0, maxShown))
    terminal.print(`refused  ${placeOf(refusal)}: ${refusal.reason}`);
  if (summary.refusals.length > maxShown)
    terminal.print(`… and ${summary.refusals.length - maxShown} more; --json lists them all`);
  const { seen, written, unchanged, refused, tombstoned, credentials, issues, seconds } = summary;
  terminal.print(
    `seen ${seen} = written ${written} + unchanged ${unchanged} + refused ${refused}; tombstoned ${tombstoned}; ${seconds} s`,
  );
  terminal.print(`in the store now: ${counted(credentials, 'credential')}, ${counted(issues, 'issue')}`);
}

function placeOf({ uri, line, column }: Refusal): string {
  return [uri, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}
