import { Pipeline, type RawDocument } from './pipeline.ts';
import { cellSize, registryDocument } from './registryCorpus.ts';

/** What one partition did and what it took. */
export interface PartitionReport {
  /** That were measured. */
  documents: number;
  /** Of the normalizer alone: making a document takes about as long as normalizing it. */
  cpuSeconds: number;
  /** Megabytes in use after a collection, at even steps from the beginning to the end. */
  heap: number[];
  /** Megabytes of the whole process at the same steps. */
  resident: number[];
}

/** Documents before the measurement starts, so that start-up and compilation are nobody's share. */
const warmUp = 40 * cellSize;
const samples = 30;

/** Normalizes the documents of a range, cell by cell, as a process with a share of a registry does; nothing is kept. */
export async function normalizePartition(from: number, to: number): Promise<PartitionReport> {
  const pipeline = new Pipeline();
  const run = async (start: number, end: number): Promise<number> => {
    let taken = 0;
    for (let first = start; first < end; first += cellSize) {
      const documents = rawDocuments(first, Math.min(end, first + cellSize));
      const before = process.cpuUsage();
      await pipeline.run(documents, () => undefined);
      const { user, system } = process.cpuUsage(before);
      taken += (user + system) / 1e6;
    }
    return taken;
  };
  await run(from, Math.min(to, from + warmUp));
  const report: PartitionReport = { documents: 0, cpuSeconds: 0, heap: [], resident: [] };
  const step = Math.ceil((to - from) / samples / cellSize) * cellSize;
  for (let first = from; first < to; first += step) {
    const end = Math.min(to, first + step);
    // A forced collection throws away what was compiled for objects of which none is held just then: the first half of a step makes
    // that anew, as no program has to.
    const settled = first + Math.floor((end - first) / 2 / cellSize) * cellSize;
    await run(first, settled);
    report.cpuSeconds += await run(settled, end);
    report.documents += end - settled;
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    report.heap.push(heapUsed / 1e6);
    report.resident.push(rss / 1e6);
  }
  return report;
}

function rawDocuments(from: number, to: number): RawDocument[] {
  return Array.from({ length: to - from }, (_, offset) => {
    const { uri, text } = registryDocument(from + offset);
    return { uri, bytes: Buffer.from(text) };
  });
}
