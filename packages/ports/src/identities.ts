import type { Credential, IdentityDecision, IdentityFacts, IdentityPair } from '@credatlas/model';

/** What is to be looked at again. */
export interface PendingIdentities {
  /** Changed since the clusters were brought up, oldest change first; without a credential when withdrawn. */
  changes: { id: string; credential?: Credential }[];
  /** Ids that somebody has decided about since. */
  decided: string[];
  /** Change sequence up to which `changes` goes. */
  upTo: number;
}

/** Which records are about the same credential. A cluster is known by its lead record, and has at least two members. */
export interface IdentityReader {
  /** At most `limit` of each; nothing when the clusters are up with the store. */
  pending(limit: number): Promise<PendingIdentities>;
  facts(ids: string[]): Promise<Map<string, IdentityFacts>>;
  /** Ids of the records with each key, in UTF-8 bytes, at most `limit`. Unrelated keys may meet by chance, once in many million. */
  sharing(keys: string[], limit: number): Promise<Map<string, string[]>>;
  /** All pairs with one of these records in them. */
  pairs(ids: string[]): Promise<IdentityPair[]>;
  /** Lead of each that is in a cluster. */
  leads(ids: string[]): Promise<Map<string, string>>;
  /** Ids of each cluster, by its lead. */
  members(leads: string[]): Promise<Map<string, string[]>>;
  /** Clusters by the id of their lead. */
  clusters(query: { after: string; limit: number }): Promise<{ leads: string[]; total: number }>;
  /** All decisions about these records. */
  decisions(ids: string[]): Promise<IdentityDecision[]>;
}

export interface IdentityBatch {
  /** Records whose facts changed, with the keys they can be met by; without facts when withdrawn. */
  facts: { id: string; facts?: IdentityFacts; keys: string[] }[];
  /** Records whose pairs are all replaced, and the pairs. */
  paired: { of: string[]; pairs: IdentityPair[] };
  /** Lead of each of these records; undefined: in no cluster. */
  leads: Map<string, string | undefined>;
  /** What has been looked at. */
  decided: string[];
  upTo: number;
}

export interface IdentityWriter {
  /** All or nothing. A record whose lead is another than before gets the next change sequence, so that it is indexed again. */
  commit(batch: IdentityBatch): Promise<void>;
  /** Keeps the word that two records are not one, or takes it back; both are pending then. Answers whether that was another than before. */
  decide(decision: IdentityDecision): Promise<void>;
  undecide(pair: { a: string; b: string }): Promise<boolean>;
}
