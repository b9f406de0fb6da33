import type { Credential, SavedQuery } from '@credatlas/model';

/** What a credential was at a change sequence. */
export type PastCredential =
  | { state: 'known'; credential: Credential }
  /** Not there, or withdrawn. */
  | { state: 'absent' }
  /** It was there, but that version is no longer kept. */
  | { state: 'lost' };

export interface HistoryReader {
  /** Credentials whose last change lies after `after` and not after `until`, by that change; at most `limit`. */
  changed(query: { after: number; until: number; limit: number }): Promise<{ id: string; seq: number }[]>;
  /** Those of the credentials that have changed after `seq`. */
  changedOf(ids: string[], seq: number): Promise<Set<string>>;
  /** What each credential was at a change sequence that the history reaches. */
  asOf(ids: string[], seq: number): Promise<Map<string, PastCredential>>;
  /** The last change sequence that had been reached at a moment (milliseconds), to the second; undefined when it is not known. */
  seqAt(moment: number): Promise<number | undefined>;
  /** When a change sequence was reached, in milliseconds; undefined when it is not known. */
  momentOf(seq: number): Promise<number | undefined>;
  /** The change sequence from which on everything is known. */
  reachesBackTo(): Promise<number>;
}

export interface SavedQueryReader {
  /** All of them, by name. */
  savedQueries(): Promise<SavedQuery[]>;
  savedQuery(name: string): Promise<SavedQuery | undefined>;
}

export interface SavedQueryWriter {
  /** In the place of the one of its name, if any. */
  putSavedQuery(query: SavedQuery): Promise<void>;
  /** Answers whether there was one. */
  removeSavedQuery(name: string): Promise<boolean>;
}
