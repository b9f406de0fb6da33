import type { GraphNode, StoredResource } from '@credatlas/model';

/** Where a value is stated: the node, the resource whose document holds it, and the properties walked to it. */
export interface Spot {
  node: GraphNode;
  resource: StoredResource;
  walked: string[];
}

/** A value of our model with its place in a source document. */
export interface Traced<T> {
  value: T;
  at: string;
}
