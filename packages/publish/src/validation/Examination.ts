import type { GraphNode } from '@credatlas/model';
import type { FindingList } from './FindingList.ts';
import type { Known, KnownResources } from './Neighbours.ts';
import type { Range } from './ranges.ts';

/** One node under examination. */
export interface Examined {
  node: GraphNode;
  /** IRI of the resource that holds it. */
  resource: string;
  /** True for what the document is about, false for mentions and for nodes without an identity of their own. */
  isPrimary: boolean;
  /** The property that holds a node without an identity of its own. */
  heldBy?: string;
}

/** What the rules of one document share. */
export interface Examination {
  findings: FindingList;
  /** Described in the document itself. */
  own: KnownResources;
  /** Described in the neighbours that were given. */
  neighbours: KnownResources;
  /** True when neighbours were given at all. */
  isResolved: boolean;
  /** Texts whose property wants a language and that have none: the first place, and how many. */
  untagged: Map<string, { pointer: string; count: number }>;
  rangeOf(property: string): Range | undefined;
}

/** One value of a property, and what the property takes. */
export interface Valued<V> {
  name: string;
  range: Range;
  value: V;
}

/** What is known of a resource here or among the neighbours. */
export function knownResource({ own, neighbours }: Examination, key: string): Known | undefined {
  return own.get(key) ?? neighbours.get(key);
}

/** The first few of a list, in words. */
export function someOf(names: readonly string[], most = 5): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
