import type { StoredResource } from '@credatlas/model';
import type { GraphReader } from '@credatlas/ports';
import { type Neighbourhood, placeId, type Referring } from './JoinView.ts';
import { isSeenThrough, isShown, maxHops, readsBackwards } from './sight.ts';

/** Members taken from a framework that is linked whole; publishers link frameworks of thousands. */
export const maxFrameworkMembers = 500;
/** Resources gathered for one join; beyond, a hub of transfer values or a programme of everything is cut, and the record says so. */
const maxNeighbours = 5_000;
/** Resources kept between joins: neighbours shared by many credentials are read once. */
const maxCached = 5_000;

export type Neighbours = Pick<GraphReader, 'resources' | 'referrers'>;

interface Reached {
  resource: StoredResource;
  /** Path of the reference that led here; empty for the start. */
  by: string;
}

/** Gathers what a join looks at (sight.ts), hop by hop. Its cache is right only while no resource changes. */
export class NeighbourhoodLoader {
  readonly #graphs: Neighbours;
  readonly #resources = new Map<string, StoredResource | undefined>();
  readonly #referrers = new Map<string, Referring[]>();
  /** What is seen through a resource; hubs list a hundred thousand references of which a few matter. */
  readonly #through = new WeakMap<StoredResource, StoredResource['references']>();

  constructor(graphs: Neighbours) {
    this.#graphs = graphs;
  }

  async resource(source: string, key: string): Promise<StoredResource | undefined> {
    return (await this.#read(source, [key])).get(key);
  }

  async around(resource: StoredResource): Promise<Neighbourhood> {
    const found: Neighbourhood = {
      resource,
      neighbours: new Map([[placeId(resource.source, resource.key), resource]]),
      referrers: new Map(),
      members: new Map(),
      isCut: false,
    };
    let frontier: Reached[] = [{ resource, by: '' }];
    for (let hop = 0; hop < maxHops && frontier.length > 0; hop++) {
      const next = await this.#forwards(found, frontier, hop > 0);
      for (const { resource: each, by } of frontier)
        next.push(...(await this.#backwards(found, { resource: each, by })));
      frontier = next;
    }
    return found;
  }

  /** What the frontier points at; only what was not known is looked on from. */
  async #forwards(found: Neighbourhood, frontier: Reached[], isNeighbour: boolean): Promise<Reached[]> {
    const next: Reached[] = [];
    for (const [source, members] of Map.groupBy(frontier, ({ resource }) => resource.source)) {
      const wanted = new Map<string, string>();
      for (const { resource } of members) {
        for (const { property, key } of this.#references(resource, isNeighbour)) {
          if (!found.neighbours.has(placeId(source, key)) && !wanted.has(key)) wanted.set(key, property);
        }
      }
      const room = Math.max(0, maxNeighbours - found.neighbours.size);
      if (wanted.size > room) found.isCut = true;
      for (const [key, resource] of await this.#read(source, [...wanted.keys()].slice(0, room))) {
        found.neighbours.set(placeId(source, key), resource);
        next.push({ resource, by: wanted.get(key) ?? '' });
      }
    }
    return next;
  }

  #references(resource: StoredResource, isNeighbour: boolean): StoredResource['references'] {
    if (!isNeighbour) return resource.references.filter(({ property }) => isShown(resource.kind, property));
    if (resource.kind === 'framework') return [];
    const known = this.#through.get(resource);
    if (known) return known;
    const seen = resource.references.filter(({ property }) => isSeenThrough(resource.kind, property));
    this.#through.set(resource, seen);
    return seen;
  }

  async #backwards(found: Neighbourhood, { resource, by }: Reached): Promise<Reached[]> {
    const id = placeId(resource.source, resource.key);
    if (resource.kind === 'framework') {
      // A framework that a competency belongs to is only named; one that is linked stands for its members.
      if (by !== '' && by !== 'ceasn:isPartOf' && !found.members.has(id)) await this.#members(found, resource);
      return [];
    }
    const paths = readsBackwards(resource.kind, by !== '');
    if (paths.length === 0 || found.referrers.has(id)) return [];
    const referring = await this.#pointing(resource, paths);
    const room = Math.max(0, maxNeighbours - found.neighbours.size);
    if (referring.length > room) found.isCut = true;
    const kept = referring.slice(0, room);
    found.referrers.set(id, kept);
    return kept.map((each) => {
      found.neighbours.set(placeId(each.resource.source, each.resource.key), each.resource);
      return { resource: each.resource, by: each.property };
    });
  }

  async #members(found: Neighbourhood, framework: StoredResource): Promise<void> {
    const listed = framework.references.filter(({ property }) => isSeenThrough('framework', property));
    const belonging = await this.#graphs.referrers(
      framework.source,
      [framework.key],
      readsBackwards('framework', true),
    );
    const keys = [...new Set([...listed, ...belonging].map(({ key }) => key))];
    const members = [...(await this.#read(framework.source, keys.slice(0, maxFrameworkMembers))).values()];
    for (const member of members) found.neighbours.set(placeId(framework.source, member.key), member);
    found.members.set(placeId(framework.source, framework.key), { members, total: keys.length });
  }

  async #pointing(resource: StoredResource, paths: readonly string[]): Promise<Referring[]> {
    const id = placeId(resource.source, resource.key);
    const known = this.#referrers.get(id);
    if (known) return known;
    const rows = await this.#graphs.referrers(resource.source, [resource.key], paths);
    const referring: Referring[] = [];
    for (const [source, own] of Map.groupBy(rows, (row) => row.source)) {
      const resources = await this.#read(source, [...new Set(own.map(({ key }) => key))]);
      for (const { key, property } of own) {
        const pointing = resources.get(key);
        if (pointing) referring.push({ property, resource: pointing });
      }
    }
    // Only what many share is worth keeping: organizations, never the credential itself.
    if (resource.kind === 'organization') {
      if (this.#referrers.size >= maxCached) this.#referrers.clear();
      this.#referrers.set(id, referring);
    }
    return referring;
  }

  async #read(source: string, keys: string[]): Promise<Map<string, StoredResource>> {
    const known = new Map<string, StoredResource>();
    const missing = keys.filter((key) => {
      const resource = this.#resources.get(placeId(source, key));
      if (resource) known.set(key, resource);
      return !resource && !this.#resources.has(placeId(source, key));
    });
    if (missing.length > 0) {
      const read = await this.#graphs.resources(source, missing);
      if (this.#resources.size + missing.length > maxCached) this.#resources.clear();
      for (const key of missing) {
        const resource = read.get(key);
        this.#resources.set(placeId(source, key), resource);
        if (resource) known.set(key, resource);
      }
    }
    // In the order asked for, whatever was known before: the record must not depend on the cache.
    return new Map(keys.flatMap((key) => (known.has(key) ? [[key, known.get(key)!] as const] : [])));
  }
}
