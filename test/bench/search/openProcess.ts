import { EmbeddedSearchEngine } from '@credatlas/search-embedded';

// node openProcess.ts FOLDER SIZE: opens an index in a process of its own, as a server does after a restart, and reports on one line of
// JSON how long that took and what it holds in memory.
export interface Opened {
  openMs: number;
  /** Six facets over everything, before anything is remembered of them. */
  firstFacetsMs: number;
  /** Resident megabytes: at the start, with the index, and after the whole mix. */
  residentMb: { before: number; opened: number; asked: number };
}

const [folder = '', size = '0'] = process.argv.slice(2);
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => Date.now(), sleep: async () => undefined };
const resident = (): number => Math.round(process.memoryUsage.rss() / 1_000_000);

const before = resident();
const start = performance.now();
const engine = EmbeddedSearchEngine.open({ folder, writable: false, searchThreads: 0, clock, log });
await engine.info();
const openMs = performance.now() - start;
const opened = resident();
// Not before: the market's vocabulary, that questions are made of, is nothing that a server holds.
const { askEngine } = await import('./contender.ts');
const { questionMix } = await import('./questions.ts');
const mix = questionMix(Number(size));
const facets = mix.find(({ name }) => name === 'everything, 6 facets')!.questions[0]!;
const first = performance.now();
await askEngine(engine, facets);
const firstFacetsMs = performance.now() - first;
for (const { questions } of mix) for (const question of questions) await askEngine(engine, question);
const report: Opened = { openMs, firstFacetsMs, residentMb: { before, opened, asked: resident() } };
await engine.close();
process.stdout.write(`${JSON.stringify(report)}\n`);
