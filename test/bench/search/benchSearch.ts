import { join } from 'node:path';
import { ElasticSearchEngine } from '@credatlas/search-elastic';
import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { type Contender, engineContender } from './contender.ts';
import { marketDocuments } from './market.ts';
import { disagreements, type Measured, measured } from './measure.ts';
import { questionMix } from './questions.ts';
import { askedAlone, clock, loadLines, log, openLines, type ServingLine, scanLines, upsertLines } from './serving.ts';
import { bytesIn, duckdbContender, sqliteContender } from './yardsticks.ts';

export interface BenchOptions {
  size: number;
  /** An empty folder of its own. */
  folder: string;
  elasticsearchUrl?: string;
  yardsticks: boolean;
  /** Seconds of load. */
  seconds: number;
  /** Longest time for the questions of one kind to one contender. */
  limitMs: number;
  say(text: string): void;
}

export interface Build {
  contender: string;
  seconds: number;
  diskMb: number;
}

export interface SearchReport {
  size: number;
  builds: Build[];
  /** Of each build: what it takes to make the documents, whoever takes them. */
  makingSeconds: number;
  /** By kind, the embedded engine first. */
  measures: Measured[][];
  serving: ServingLine[];
  /** Where contenders do not come to the same. */
  disagreements: string[];
}

/** Builds the market in every contender, asks all of them the same, and looks at the embedded engine as a server has it. */
export async function benchSearch(options: BenchOptions): Promise<SearchReport> {
  const { size, folder, say } = options;
  const index = join(folder, 'index');
  const openEmbedded = () => EmbeddedSearchEngine.open({ folder: index, writable: true, searchThreads: 0, clock, log });
  const mix = questionMix(size);
  say(`making ${size} documents, for nobody`);
  const start = performance.now();
  for await (const _ of marketDocuments(size));
  const makingSeconds = (performance.now() - start) / 1_000;
  // One after the other, each with the machine to itself.
  const engine = openEmbedded();
  const builds = [
    await built(engineContender({ name: 'embedded', engine, diskBytes: async () => bytesIn(index) }), options),
  ];
  await engine.close();
  say('embedded: opened again and asked');
  const measures = (await askedAlone(index, mix, options)).map((asked) => [asked]);
  const opened = openEmbedded();
  const serving = [...(await scanLines(opened)), ...(await upsertLines(opened, size))];
  await opened.close();
  say('embedded: opened again, and under load');
  serving.push(...(await openLines(index, size)), ...(await loadLines(index, options)));
  for (const open of others(options)) {
    const contender = await open();
    try {
      builds.push(await built(contender, options));
      for (const [at, kind] of mix.entries()) {
        say(`${contender.name}: ${kind.name}`);
        const found = await measured(contender, kind, options);
        if (found) measures[at]!.push(found);
      }
    } finally {
      await contender.close();
    }
  }
  return { size, builds, makingSeconds, measures, serving, disagreements: measures.flatMap(disagreements) };
}

function others({ folder, elasticsearchUrl, yardsticks }: BenchOptions): (() => Promise<Contender>)[] {
  return [
    ...(elasticsearchUrl ? [async () => elasticContender(elasticsearchUrl)] : []),
    ...(yardsticks
      ? [async () => sqliteContender(join(folder, 'sqlite')), () => duckdbContender(join(folder, 'duckdb'))]
      : []),
  ];
}

async function built(contender: Contender, { size, say }: BenchOptions): Promise<Build> {
  say(`${contender.name}: loading ${size} documents`);
  const start = performance.now();
  await contender.load(marketDocuments(size), size);
  const seconds = (performance.now() - start) / 1_000;
  return { contender: contender.name, seconds, diskMb: (await contender.diskBytes()) / 1_000_000 };
}

/** Our adapter on a real node, one segment, as scores are compared. */
function elasticContender(url: string): Contender {
  const engine = new ElasticSearchEngine({ connection: { nodes: [url] }, index: `bench-${process.pid}`, clock, log });
  const ask = async (path: string, method: string): Promise<unknown> => {
    const { generation } = await engine.info();
    return (await fetch(`${url}/${generation}/${path}`, { method })).json();
  };
  const contender = engineContender({
    name: 'Elasticsearch',
    engine,
    diskBytes: async () => {
      const { _all } = (await ask('_stats/store', 'GET')) as {
        _all: { primaries: { store: { size_in_bytes: number } } };
      };
      return _all.primaries.store.size_in_bytes;
    },
  });
  return {
    ...contender,
    async load(documents, size) {
      await contender.load(documents, size);
      await ask('_forcemerge?max_num_segments=1', 'POST');
    },
  };
}
