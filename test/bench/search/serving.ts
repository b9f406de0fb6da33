import { execFile } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SearchEngine } from '@credatlas/ports';
import { EmbeddedSearchEngine, heldBytes } from '@credatlas/search-embedded';
import { percentile } from '../percentile.ts';
import { askEngine } from './contender.ts';
import { marketDocument, marketDocuments } from './market.ts';
import type { Asked, Measured } from './measure.ts';
import type { Opened } from './openProcess.ts';
import { type Kind, type Question, questionMix } from './questions.ts';

/** What is measured of the embedded engine alone, beside its answers. */
export interface ServingLine {
  name: string;
  value: number;
  unit: 'ms' | 's' | 'MB' | 'a second';
  atMost?: number;
  atLeast?: number;
}

const quiet = () => undefined;
export const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
export const clock = { now: () => Date.now(), sleep: async () => undefined };

/** The first upserts compile the code: it is one of many small pieces, each of which has to be met often. */
const uncounted = 500;

/** Upserts one by one and in batches, before anything is flushed to the disk: the store is what keeps them. */
export async function upsertLines(engine: SearchEngine, size: number): Promise<ServingLine[]> {
  const took: number[] = [];
  const changed = (number: number, seq: number) => ({
    op: 'upsert' as const,
    document: marketDocument(number % size, seq),
  });
  for (let number = 0; number < uncounted + 1_000; number++) {
    const seq = size + number + 1;
    const change = changed(number * 37, seq);
    const start = performance.now();
    await engine.apply([change], seq);
    if (number >= uncounted) took.push(performance.now() - start);
  }
  const batches = Array.from({ length: 10 }, (_, batch) =>
    Array.from({ length: 1_000 }, (_, at) => changed(batch * 1_000 + at, size + 1_000 + batch)),
  );
  const start = performance.now();
  for (const batch of batches) await engine.apply(batch, batch[0]!.document.seq);
  return [
    { name: 'upsert until searches see it, p50', value: percentile(took, 0.5), unit: 'ms' },
    { name: 'upsert until searches see it, p95', value: percentile(took, 0.95), unit: 'ms', atMost: 1 },
    { name: 'upserts in batches of 1,000', value: (10_000 * 1_000) / (performance.now() - start), unit: 'a second' },
  ];
}

/** How soon an export has its first page of ids, and how fast the rest follows. */
export async function scanLines(engine: SearchEngine): Promise<ServingLine[]> {
  const start = performance.now();
  let [first, ids] = [0, 0];
  for await (const page of engine.scan({ filter: [] })) {
    first ||= performance.now() - start;
    ids += page.length;
  }
  return [
    { name: 'scan of everything: first page', value: first, unit: 'ms', atMost: 100 },
    {
      name: 'scan of everything',
      value: (ids * 1_000) / (performance.now() - start),
      unit: 'a second',
      atLeast: 100_000,
    },
  ];
}

/** What a program of this folder reports of an index, in a process of its own with the options of this one. */
async function reportOf(program: URL, ...given: (string | number)[]): Promise<unknown> {
  const args = [...process.execArgv, fileURLToPath(program), ...given.map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 30 });
  return JSON.parse(stdout);
}

/** The mix of that size, asked of the index as it lies in the folder. */
export async function askedAlone(
  folder: string,
  mix: readonly Kind[],
  { size, limitMs }: { size: number; limitMs: number },
): Promise<Measured[]> {
  const asked = (await reportOf(new URL('askProcess.ts', import.meta.url), folder, size, limitMs)) as Asked[];
  return mix.map((kind, at) => ({ kind, ...asked[at]! }));
}

/** What a process has that opens the index as it lies in the folder. */
export async function openLines(folder: string, size: number): Promise<ServingLine[]> {
  const { openMs, firstFacetsMs, residentMb } = (await reportOf(
    new URL('openProcess.ts', import.meta.url),
    folder,
    size,
  )) as Opened;
  return [
    { name: 'cold open, every byte checked', value: openMs / 1_000, unit: 's', atMost: 5 },
    { name: 'everything, 6 facets, first time after opening', value: firstFacetsMs, unit: 'ms' },
    { name: 'resident with the index open', value: residentMb.opened, unit: 'MB', atMost: 1_200 },
    { name: 'resident after the whole mix', value: residentMb.asked, unit: 'MB', atMost: 1_200 },
    ...Object.entries(heldBytes(folder)).map(
      ([group, bytes]): ServingLine => ({ name: `of that ${group}`, value: bytes / 1_000_000, unit: 'MB' }),
    ),
  ];
}

/** A server's threads: how long its event loop waits while one thread searches without a pause, and searches while the index is built anew. */
export async function loadLines(
  folder: string,
  { size, seconds }: { size: number; seconds: number },
): Promise<ServingLine[]> {
  const engine = EmbeddedSearchEngine.open({ folder, writable: true, searchThreads: 1, clock, log });
  try {
    const mix = questionMix(size).filter(({ name }) => !name.startsWith('HHI'));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    await askFor(engine, mix, { until: () => false, atMost: 50 });
    delay.enable();
    const end = performance.now() + seconds * 1_000;
    await Promise.all(Array.from({ length: 4 }, () => askFor(engine, mix, { until: () => performance.now() > end })));
    delay.disable();
    const start = performance.now();
    let isBuilt = false;
    const building = engine
      .rebuild(marketDocuments(size), { seq: 2 * size, expected: async () => size })
      .finally(() => {
        isBuilt = true;
      });
    const took = await askFor(engine, mix.slice(0, 1), { until: () => isBuilt });
    await building;
    return [
      { name: 'event loop delay under load, p99.9', value: delay.percentile(99.9) / 1e6, unit: 'ms', atMost: 20 },
      { name: 'rebuild while searches go on', value: (performance.now() - start) / 1_000, unit: 's' },
      { name: 'text, every word, meanwhile, p95', value: percentile(took, 0.95), unit: 'ms' },
    ];
  } finally {
    await engine.close();
  }
}

/** Asks the questions of all kinds in turn, again and again; answers how long each took. */
async function askFor(
  engine: SearchEngine,
  mix: readonly Kind[],
  { until, atMost = Number.POSITIVE_INFINITY }: { until: () => boolean; atMost?: number },
): Promise<number[]> {
  const questions: Question[] = mix.flatMap(({ questions: own }) => own.slice(0, 20));
  const took: number[] = [];
  for (let at = 0; took.length < atMost && !until(); at = (at + 1) % questions.length) {
    const start = performance.now();
    await askEngine(engine, questions[at]!);
    took.push(performance.now() - start);
  }
  return took;
}
