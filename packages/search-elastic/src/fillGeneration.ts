import type { SearchDocument } from '@credatlas/model';
import type { BulkWriter } from './BulkWriter.ts';

/** Documents handed to a writer at once; about two megabytes. */
const batchSize = 1_000;

/** Writes a stream of documents; while one batch is on its way the next is gathered, and no more are in memory than these two. */
export async function fillGeneration(
  writer: BulkWriter,
  documents: AsyncIterable<SearchDocument>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let batch: SearchDocument[] = [];
  let onItsWay = Promise.resolve();
  const hand = async (): Promise<void> => {
    const own = batch;
    batch = [];
    await onItsWay;
    onItsWay = writer.write(own.map((document) => ({ op: 'upsert', document })));
    // It is awaited with the next batch; a failure until then must not count as nobody's.
    onItsWay.catch(() => undefined);
  };
  for await (const document of documents) {
    signal?.throwIfAborted();
    batch.push(document);
    if (batch.length >= batchSize) await hand();
  }
  await hand();
  await onItsWay;
}
