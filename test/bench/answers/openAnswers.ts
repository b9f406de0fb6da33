import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { rebuildIndex } from '@credatlas/index';
import type { Route } from '@credatlas/ports';
import { queryRoutes } from '@credatlas/query';
import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { openStore, type Store } from '@credatlas/store-sqlite';
import { at, marketCredential } from './marketCredential.ts';
import type { Ties } from './Ties.ts';

export const clock = { now: () => Date.parse(at), sleep: async () => undefined };
export const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
export const publicUrl = 'http://credatlas.example';

/** Large, because what a batch changes in the counts of labels is written once for all of it. */
const batchSize = 20_000;

export interface Answers {
  routes: Route[];
  close(): Promise<void>;
}

/** The query stage over a store and an index in the folder, filled with so many credentials unless they are there. */
export async function openAnswers(given: {
  folder: string;
  size: number;
  ties: Ties;
  say(text: string): void;
}): Promise<Answers> {
  const { folder, size, ties, say } = given;
  const path = join(folder, `${size}.sqlite`);
  const isThere = existsSync(path);
  const store = openStore({ path, clock, log });
  const index = { folder: join(folder, `${size}.index`), writable: true, searchThreads: 0 };
  const engine = EmbeddedSearchEngine.open({ ...index, clock, log });
  const { credentials } = store;
  if (!isThere) await fill(store, { size, ties, say });
  if ((await engine.info()).documents !== size) {
    say('indexing');
    await rebuildIndex({ credentials, engine, log, progress: { report: () => {} } });
  }
  say('reading the store once, as a server that has answered for a while has');
  for await (const _ of createReadStream(path, { highWaterMark: 4 * 1024 * 1024 }));
  say('asking');
  const unused = () => Promise.reject(new TypeError('not asked for here'));
  const routes = queryRoutes({
    ...store,
    engineOver: unused,
    settle: unused,
    engine,
    vocabulary: engine,
    clock,
    publicUrl,
    staleAfterMonths: 18,
  });
  const close = async (): Promise<void> => {
    await engine.close();
    store.close();
  };
  return { routes, close };
}

async function fill(store: Store, { size, ties, say }: { size: number; ties: Ties; say(text: string): void }) {
  await store.recordWriter.openSource({ id: 'bench', kind: 'files', uri: 'bench', name: 'Benchmark' });
  for (let from = 0; from < size; from += batchSize) {
    say(`storing ${from} of ${size}`);
    await store.graphWriter.commit(
      Array.from({ length: Math.min(batchSize, size - from) }, (_, index) => {
        const credential = marketCredential(from + index, ties);
        return { source: 'bench', key: `ctid:${credential.ctid}`, joined: { kind: 'credential', credential } };
      }),
    );
  }
}
