import { EmbeddedSearchEngine, type EmbeddedSearchEngineOptions } from '@credatlas/search-embedded';
import { answersOf } from './answersOf.ts';
import { documentsAt, streamed } from './changeLog.ts';

const clock = { now: () => Date.now(), sleep: async () => undefined };
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Seals only when told, and rebuilds in parts, so that every step of writing is small and in sight. */
export function openEmbedded(options: Partial<EmbeddedSearchEngineOptions> = {}): EmbeddedSearchEngine {
  const usual = { writable: true, searchThreads: 0, sealAt: 1_000_000, clock, log: quiet };
  return EmbeddedSearchEngine.open({ ...usual, ...options });
}

/** What an engine answers that is built in one go from what the store holds at this sequence number. */
export async function answersAt(seed: number, seq: number): Promise<string> {
  const fresh = openEmbedded();
  const documents = documentsAt(seed, seq);
  await fresh.rebuild(streamed(documents), { seq, expected: async () => documents.length });
  const answers = await answersOf(fresh);
  await fresh.close();
  return answers;
}
