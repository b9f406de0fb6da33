import { createHash } from 'node:crypto';
import type { GraphNode, GraphValue, Issue, Party, StoredResource, Via } from '@credatlas/model';
import { keyOf, literals, textOf } from './reading.ts';

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

/** One resource and everything within two hops of it, for the pure functions that read fields. */
export class JoinView {
  readonly resource: StoredResource;
  readonly issues: Issue[] = [];
  readonly #neighbours: Map<string, StoredResource>;
  /** Resources that point at this one, with the property that points. */
  readonly referrers: { property: string; resource: StoredResource }[];

  constructor(given: {
    resource: StoredResource;
    neighbours: Map<string, StoredResource>;
    referrers: { property: string; resource: StoredResource }[];
  }) {
    this.resource = given.resource;
    this.#neighbours = given.neighbours;
    this.referrers = given.referrers;
  }

  get root(): Spot {
    return { node: this.resource.node, resource: this.resource, walked: [] };
  }

  find(key: string): StoredResource | undefined {
    return this.#neighbours.get(key);
  }

  /** Spots that the values of a property lead to: inlined nodes and resolved references. */
  follow(spot: Spot, property: string): Spot[] {
    return (spot.node.properties[property] ?? []).flatMap((value) => this.step(spot, property, value) ?? []);
  }

  step(spot: Spot, property: string, value: GraphValue): Spot | undefined {
    const walked = [...spot.walked, property];
    if ('node' in value && !value.node.uri) return { node: value.node, resource: spot.resource, walked };
    const key = keyOf(value);
    const resource = key ? this.find(key) : undefined;
    return resource && { node: resource.node, resource, walked };
  }

  /** Resources that point here by one of the properties. */
  backwards(...properties: string[]): Spot[] {
    return this.referrers
      .filter(({ property }) => properties.includes(property.replace(/^.*\//, '')))
      .map(({ property, resource }) => ({ node: resource.node, resource, walked: [`^${property}`] }));
  }

  /** `#pointer` in this record, `IRI#pointer` in a joined one. */
  at(spot: Spot, path: string): string {
    return `${spot.resource.key === this.resource.key ? '' : spot.resource.uri}#${path}`;
  }

  via(spot: Spot): Via {
    const name = spot.resource.key === this.resource.key ? undefined : nameOf(spot.node);
    return {
      path: spot.walked,
      ...(spot.resource.key === this.resource.key ? {} : { uri: spot.resource.uri }),
      ...(name ? { name } : {}),
    };
  }

  /** Whoever or whatever a value names. */
  party(value: GraphValue): Party {
    const key = keyOf(value);
    const resource = key ? this.find(key) : undefined;
    if (resource) return partyOf(resource);
    if ('literal' in value) return { name: String(value.literal), resolved: false };
    if ('reference' in value)
      return value.reference.startsWith('_:') ? { resolved: false } : { uri: value.reference, resolved: false };
    const name = nameOf(value.node);
    const page = textOf(value.node, 'ceterms:subjectWebpage')?.text;
    const uri = value.node.uri ?? page;
    return {
      ...(uri ? { uri } : {}),
      ...(name ? { name } : {}),
      ...(value.node.types.length > 0 ? { types: value.node.types } : {}),
      resolved: false,
    };
  }

  parties(spot: Spot, property: string): Traced<Party>[] {
    return (spot.node.properties[property] ?? []).map((value) => ({
      value: this.party(value),
      at: this.at(spot, value.path),
    }));
  }

  report(issue: Omit<Issue, 'stage'>): void {
    this.issues.push({ ...issue, stage: 'join' });
  }
}

export function partyOf(resource: StoredResource): Party {
  const name = nameOf(resource.node);
  return {
    id: idOf(resource),
    uri: resource.uri,
    ...(resource.ctid ? { ctid: resource.ctid } : {}),
    ...(name ? { name } : {}),
    types: resource.node.types,
    resolved: true,
  };
}

/** Our id: the source, and the CTID or the beginning of the IRI's SHA-256 (decision 0001). */
export function idOf(resource: { source: string; ctid?: string; uri: string }): string {
  return `${resource.source}:${resource.ctid ?? createHash('sha256').update(resource.uri).digest('hex').slice(0, 16)}`;
}

export function nameOf(node: GraphNode): string | undefined {
  const named = [
    'ceterms:name',
    'ceasn:name',
    'ceasn:competencyLabel',
    'ceasn:competencyText',
    'skos:prefLabel',
    'schema:name',
  ];
  const property = named.find((each) => literals(node, each).length > 0);
  return property && textOf(node, property)?.text;
}
