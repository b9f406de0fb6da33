import type {
  Credential,
  GraphNode,
  Issue,
  Kind,
  Label,
  Organization,
  RecordGraph,
  StoredResource,
  TiedRecord,
} from '@credatlas/model';

/** What normalization has extracted, and the queues that make it resumable. */
export interface GraphReader {
  /** Change sequence up to which records have been extracted. */
  extractedUpTo(): Promise<number>;
  /** Identity keys whose resource changed and whose dependants are not yet queued; at most `limit`. */
  changedKeys(limit: number): Promise<{ source: string; key: string }[]>;
  /** Resources waiting to be joined, lowest key first; at most `limit`. */
  queued(limit: number): Promise<{ source: string; key: string }[]>;
  queueLength(): Promise<number>;
  /**
   * The resource behind each key, seen from `source`: the source's own, else of any other source (lowest source id). Among the
   * records of one source that state it: primary before mentioned, then latest modifiedAt, then highest record key.
   */
  resources(source: string, keys: string[]): Promise<Map<string, StoredResource>>;
  /**
   * Resources that point at any of the keys, with the property that points, ordered by source, key, property; from `source`, and
   * from other sources where the key has no resource of their own. Only by `properties` (whole paths) when given.
   */
  referrers(
    source: string,
    keys: string[],
    properties?: readonly string[],
  ): Promise<{ target: string; property: string; source: string; key: string }[]>;
  /**
   * The same in an order of the store's own and without holding them all: hubs have hundreds of thousands. Leaves out those that
   * are changed keys themselves; whoever depends on these is asked for in their own turn.
   */
  eachReferrer(source: string, keys: string[]): AsyncIterable<Referrer>;
  /**
   * Everything that points at a key, from any source, page by page: by property, source number, key and record, after the mark of the
   * page before.
   */
  references(query: { key: string; after?: string; limit: number }): Promise<StatedReference[]>;
  /** How often each property points at a key, by property. */
  referenceCounts(key: string): Promise<{ property: string; count: number }[]>;
  /** Sources that state a resource with each key, and as what; lowest source first. */
  holders(keys: string[]): Promise<Map<string, { source: string; kind: Kind }[]>>;
  /** Keys of those that read any of the resources backwards, by any record of the source that states them. */
  readers(source: string, keys: string[]): Promise<string[]>;
}

/** A resource that points at another, and by which property. */
export interface Referrer {
  property: string;
  source: string;
  key: string;
  kind: Kind;
}

/** One statement that points at a resource. */
export interface StatedReference {
  /** Whole path of properties: `ceterms:requires/ceterms:targetCredential`. */
  property: string;
  /** Who points, as its record states it. */
  from: { source: string; key: string; uri: string; kind: Kind; node: GraphNode };
  /** Ours, when it is shown by itself. */
  id?: string;
  /** The record that states it. */
  record: { key: string; uri: string; fetchedAt: string };
  /** For `after`. */
  mark: string;
}

/** One joined resource, ready to be seen. */
export type Joined =
  | { kind: 'credential'; credential: Credential }
  | { kind: 'organization'; organization: Organization }
  /** The resource is gone, or is of a kind that is not shown by itself. */
  | { kind: 'none' };

export interface GraphWriter {
  /**
   * Replaces all that these records contributed and moves `extractedUpTo`, all or nothing. A refused record keeps what it had; a
   * tombstoned one is an empty graph. Marks the keys whose stated content changed.
   */
  replaceGraphs(batch: { graphs: RecordGraph[]; extractedUpTo: number }): Promise<void>;
  /** Moves changed keys to the queue of what must be joined again, all or nothing. */
  enqueue(batch: {
    settled: { source: string; key: string }[];
    queue: { source: string; key: string }[];
  }): Promise<void>;
  /**
   * Remembers the form in which joined records are stored. When it is another than before, everything is to be read and joined again;
   * answers whether there is anything.
   */
  formedBy(form: string): Promise<boolean>;
  /** Remembers the digest of the rules that joined records are judged by; when it is another than before, all of them are queued. */
  judgedBy(digest: string): Promise<void>;
  /**
   * Writes joined resources and takes them off the queue, all or nothing. Equal content (times and run aside) makes no change; a
   * different one gets the next change sequence; `none` withdraws what was there and leaves a tombstone. Edges and labels follow.
   * Takes each once, in order, so that records may be made as they are taken.
   */
  commit(batch: Iterable<{ source: string; key: string; joined: Joined }>): Promise<void>;
}

export interface CredentialChange {
  seq: number;
  id: string;
  /** Absent when withdrawn. */
  credential?: Credential;
  /** The record that stands for its cluster, which may be itself; absent when it stands alone. */
  lead?: string;
}

export interface Tombstone {
  id: string;
  ctid?: string;
  uri: string;
  name: string;
  source: string;
  withdrawnAt: string;
}

/** Who points at a credential: our id. */
export interface ReverseEdge {
  relation: string;
  from: string;
}

export interface CredentialReader {
  /** By CTID (any case), canonical IRI or our id. Of several sources: latest updatedAt, then lowest id. */
  credential(identity: string): Promise<Credential | undefined>;
  /** Our id of the same. */
  idOf(identity: string): Promise<string | undefined>;
  credentials(ids: string[]): Promise<Map<string, Credential>>;
  /** Of one of our ids, what is needed to follow what counts toward what; much cheaper than all of it. */
  tiedRecord(id: string): Promise<TiedRecord | undefined>;
  /**
   * Summaries as JSON, as `prepareSummary` makes them, that are true at the moment (milliseconds), in the order of the ids; undefined
   * where none is at hand, and for what is not there.
   */
  preparedSummaries(ids: readonly string[], at: number): Promise<(string | undefined)[]>;
  /** Ids of the live credentials behind each identity, of all sources, lowest first; identities that nothing has are left out. */
  idsOf(identities: string[]): Promise<Map<string, string[]>>;
  tombstone(identity: string): Promise<Tombstone | undefined>;
  /** Of what has this CTID, IRI, our id or identity key; by relation, then id; only of these relations when given. */
  reverseEdges(identity: string, limit: number, relations?: readonly string[]): Promise<ReverseEdge[]>;
  /** Credentials changed after `since`, in themselves or in who stands for their cluster, oldest change first, withdrawn ones included. May repeat, never skips. Ends when caught up. Courses and assessments are left out. */
  changedCredentials(since: number): AsyncIterable<CredentialChange>;
  /** All live credentials as of the call, by id. */
  allCredentials(): AsyncIterable<CredentialChange>;
  /**
   * Live transfer values and agreements that state an end between two days, as it is written (a year or month that holds one of the two
   * may be among them), soonest first.
   */
  endingTransfers(query: { first: string; last: string; limit: number }): Promise<Credential[]>;
  /** By CTID, canonical IRI, our id, UNITID, OPEID, another code, or the address of its page. */
  organization(identity: string): Promise<Organization | undefined>;
  /** By name, then id; `prefix` is a folded beginning of any word of the name. */
  organizations(query: {
    prefix?: string;
    limit: number;
    after?: { name: string; id: string };
  }): Promise<{ organizations: Organization[]; total: number }>;
  /** Organizations that are part of another: id → id of the first it is part of, else its IRI, else its name. */
  parentOrganizations(): Promise<Map<string, string>>;
  /** Last change sequence. */
  lastSeq(): Promise<number>;
  liveCredentials(): Promise<number>;
  /** Looks at something of every record: seconds where there are millions. */
  counts(): Promise<StoreCounts>;
  /** The same of edges: in all, and those whose other end has a record. */
  edgeCounts(): Promise<EdgeCounts>;
}

export interface StoreCounts {
  records: number;
  credentials: number;
  learning: number;
  assessments: number;
  organizations: number;
  issues: number;
  issuesByCode: { code: string; severity: Issue['severity']; count: number }[];
  refusals: number;
}

export interface EdgeCounts {
  total: number;
  resolved: number;
}

/** Names of keyword values, counted by the credentials that use them. */
export interface LabelReader {
  /** The most used label of each value (ties: UTF-8 bytes). */
  labels(field: Label['field'], values: string[]): Promise<Map<string, string>>;
  /** Values that are called this: by value, label (folded, exact) or alias. */
  values(field: Label['field'], text: string): Promise<string[]>;
  /** The same for many folded names at once, by label or alias; names of nothing are left out. */
  valuesOfNames(field: Label['field'], names: string[]): Promise<Map<string, string[]>>;
  /** Values by credentials that use them, most first, then value; `prefix` is a folded beginning of any word of the label. */
  list(query: {
    field: Label['field'];
    prefix?: string;
    limit: number;
    offset: number;
  }): Promise<{ entries: LabelEntry[]; total: number }>;
}

export interface LabelEntry {
  value: string;
  label: string;
  aliases: string[];
  credentials: number;
}
