/** One published document, word for word, and where it came from. A record is what a source lists under one key. */
export interface SourceRecord {
  source: string;
  /** The source's own name for it: CTID in a registry, path and position in a folder. Unique within the source. */
  key: string;
  /** Where it was read: URL or file, with `#N` for the Nth document of a file. */
  uri: string;
  mediaType: string;
  /** The document as it came, not re-written. */
  text: string;
  /** SHA-256, hex, of the content that counts (an envelope's own clock readings do not). Equal hash: unchanged. */
  contentHash: string;
  run: number;
  fetchedAt: string;
  /** As the source states it. */
  modifiedAt?: string;
  /** Envelope facts that are not in the document. */
  envelope?: EnvelopeFacts;
}

export interface EnvelopeFacts {
  community?: string;
  envelopeId?: string;
  ownedBy?: string;
  publishedBy?: string;
}

/** A record as the store gives it back. */
export interface StoredRecord extends SourceRecord {
  firstSeenAt: string;
  version: number;
  seq: number;
  /** Set when the source no longer has it; `text` is the last one known. */
  deletedAt?: string;
}

/** A document that could not become a record, and why. */
export interface Refusal {
  source: string;
  key: string;
  uri: string;
  run: number;
  at: string;
  code: string;
  /** What is wrong, where, and what to do. */
  reason: string;
  line?: number;
  column?: number;
}

export interface SourceState {
  id: string;
  kind: 'registry' | 'files';
  uri: string;
  name: string;
  /** Last run that finished. */
  lastRun?: RunSummary;
  records: number;
}

/** Counts of one run; seen = written + unchanged + refused. */
export interface RunCounts {
  seen: number;
  written: number;
  unchanged: number;
  refused: number;
  tombstoned: number;
}

export interface RunSummary extends RunCounts {
  run: number;
  source: string;
  mode: 'full' | 'incremental';
  state: 'running' | 'finished' | 'interrupted' | 'failed';
  startedAt: string;
  finishedAt?: string;
}
