import type { Clock, CursorStore, Fetcher, Log, Progress, RecordReader, RecordWriter } from '@credatlas/ports';
import type { SourceDescription } from './sourceOf.ts';

/** What a crawl works with. */
export interface CrawlDependencies {
  source: SourceDescription;
  records: RecordReader;
  recordWriter: RecordWriter;
  cursors: CursorStore;
  fetcher: Fetcher;
  clock: Clock;
  log: Log;
  progress: Progress;
}

export interface CrawlOptions {
  /** Read everything again, even where the source offers changes only. */
  full?: boolean;
  signal?: AbortSignal;
}
