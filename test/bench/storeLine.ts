import { createHash } from 'node:crypto';
import type { SourceRecord } from '@credatlas/model';
import { normalizeChanges } from '@credatlas/normalize';
import { openStore, type Store } from '@credatlas/store-sqlite';
import type { Line } from './Line.ts';
import type { RawDocument } from './pipeline.ts';

const at = '2026-01-01T00:00:00Z';
const clock = { now: () => Date.parse(at), sleep: async () => undefined };
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The same with the store: what one record costs from its text in the store to its joined records in the store. */
export async function storeLine(documents: readonly RawDocument[], path: string): Promise<Line> {
  const store = openStore({ path, clock, log });
  try {
    await write(store, documents);
    const before = process.cpuUsage();
    await normalizeChanges({
      records: store.records,
      graphs: store.graphs,
      graphWriter: store.graphWriter,
      clock,
      log,
      progress: { report: () => undefined },
    });
    const { user, system } = process.cpuUsage(before);
    return { name: 'with the store, µs a record', value: (user + system) / documents.length };
  } finally {
    store.close();
  }
}

async function write(store: Store, documents: readonly RawDocument[]): Promise<void> {
  await store.recordWriter.openSource({ id: 'bench', kind: 'files', uri: 'bench', name: 'Benchmark' });
  const { run } = await store.recordWriter.openRun('bench', 'full', at);
  const records = documents.map(({ uri, bytes }): SourceRecord => {
    const text = bytes.toString();
    const contentHash = createHash('sha256').update(text).digest('hex');
    return { source: 'bench', key: uri, uri, mediaType: 'application/ld+json', text, contentHash, run, fetchedAt: at };
  });
  await store.recordWriter.write({ run, records, refusals: [] });
}
