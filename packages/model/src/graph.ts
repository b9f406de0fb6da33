import type { Issue } from './issue.ts';
import type { EnvelopeFacts } from './record.ts';
import type { Kind } from './vocabulary.ts';

/** A literal with the place it was read from. Numbers and booleans keep their JSON type. */
export interface GraphLiteral {
  literal: string | number | boolean;
  language?: string;
  datatype?: string;
  /** JSON pointer into the document. */
  path: string;
}

/** A pointer to another resource, by canonical IRI. */
export interface GraphReference {
  reference: string;
  path: string;
}

/** A node without an identity of its own, inlined where it is used. */
export interface GraphEmbedding {
  node: GraphNode;
  path: string;
}

export type GraphValue = GraphLiteral | GraphReference | GraphEmbedding;

/** A node of a document after expansion: properties as compact IRIs (`ceterms:name`), in document order. */
export interface GraphNode {
  /** Canonical IRI; absent for blank nodes. */
  uri?: string;
  types: string[];
  properties: Record<string, GraphValue[]>;
  path: string;
  /** IRI of the context that the document names; on nodes of its top level. */
  context?: string;
}

/** A node with an identity, as one record states it. */
export interface Resource {
  source: string;
  recordKey: string;
  /** `ctid:ce-…` when a CTID is known, else the canonical IRI. What references are matched by. */
  key: string;
  uri: string;
  ctid?: string;
  kind: Kind;
  /** True when the document is about it (a node of the graph's top level), false for a mention embedded in another. */
  primary: boolean;
  node: GraphNode;
  /** Identity keys this node points at, with the property that points; embedded nodes' pointers included (`requires/targetAssessment`). */
  references: { property: string; key: string }[];
  /** Identity keys of resources that read this one backwards (a course names the credential it leads to): they are joined again when it changes. */
  readBy: string[];
}

/** All that one record contributes. */
export interface RecordGraph {
  source: string;
  recordKey: string;
  resources: Resource[];
  issues: Issue[];
  /** Set when the record was refused after parsing: its earlier resources then stay. */
  refused?: { code: string; reason: string };
}

/** A stored resource with what its record knows: the winner among the records that state it. */
export interface StoredResource extends Resource {
  record: RecordFacts;
  issues: Issue[];
}

export interface RecordFacts {
  key: string;
  uri: string;
  mediaType: string;
  contentHash: string;
  run: number;
  fetchedAt: string;
  firstSeenAt: string;
  modifiedAt?: string;
  envelope?: EnvelopeFacts;
}
