import type { Refusal, RunCounts, RunSummary, SourceRecord, SourceState, StoredRecord } from '@credatlas/model';
import type { Validators } from './fetcher.ts';

/** Records word for word; the truth everything else is derived from. */
export interface RecordWriter {
  /** Registers the source when new; keeps its name and address current. */
  openSource(source: { id: string; kind: 'registry' | 'files'; uri: string; name: string }): Promise<void>;
  /** Starts a run, or goes on with one that was interrupted in the same mode (its number, counts and checkpoint come back). */
  openRun(
    source: string,
    mode: 'full' | 'incremental',
    at: string,
  ): Promise<{ run: number; counts: RunCounts; checkpoint?: string }>;
  /**
   * Writes a batch, all or nothing, with the run's checkpoint behind it. A record whose contentHash is the stored one counts as
   * unchanged: text and version stay, only `seen in run` and envelope facts move. A new or changed one gets the next version and
   * a change of kind `record`; one that had been tombstoned comes back. A refusal marks the key as seen and leaves an earlier
   * good version in place. A key met twice in one run counts once (the later content stands).
   */
  write(batch: {
    run: number;
    records: SourceRecord[];
    refusals: Refusal[];
    unchangedKeys?: string[];
    checkpoint?: string;
  }): Promise<RunCounts>;
  /** Marks records as gone; unknown or already gone keys count nothing. */
  tombstone(batch: {
    source: string;
    run: number;
    keys: string[];
    at: string;
    reason: string;
    checkpoint?: string;
  }): Promise<number>;
  /** After a complete full run: everything this run has not seen is gone. Answers how many. */
  sweep(batch: { source: string; run: number; at: string }): Promise<number>;
  closeRun(run: number, state: 'finished' | 'interrupted' | 'failed', at: string): Promise<RunSummary>;
}

export interface RecordReader {
  sources(): Promise<SourceState[]>;
  runs(source: string, limit: number): Promise<RunSummary[]>;
  record(source: string, key: string): Promise<StoredRecord | undefined>;
  /** Keys of live records that this run has not met, lowest first; at most `limit`. */
  unseen(query: { source: string; run: number; limit: number }): Promise<string[]>;
  /** Records changed after `since` (change sequence), oldest change first, tombstoned ones included. May repeat a record, never skips one. Ends when caught up. */
  changedRecords(since: number): AsyncIterable<StoredRecord>;
  /** Earlier texts, newest first. */
  versions(
    source: string,
    key: string,
  ): Promise<{ version: number; contentHash: string; fetchedAt: string; run: number; text: string }[]>;
  refusals(filter: { source?: string; run?: number }): AsyncIterable<Refusal>;
  /** The record that states the resource with this CTID, canonical IRI or our id; the newest, then lowest source. Tombstoned only when there is no live one. */
  recordOf(identity: string): Promise<StoredRecord | undefined>;
}

/** Small facts a source wants back next time: high-water marks, validators of URLs. */
export interface CursorStore {
  cursor(name: string): Promise<string | undefined>;
  setCursor(name: string, value: string): Promise<void>;
  validators(url: string): Promise<Validators | undefined>;
  setValidators(url: string, validators: Validators): Promise<void>;
}
