import type { StoredResource } from '@credatlas/model';
import type { GraphReader } from '@credatlas/ports';
import { type Neighbourhood, placeId, type Referring } from './JoinView.ts';
import { RecentlyUsed } from './RecentlyUsed.ts';
import { isOnlyNamed, isSeenThrough, isShown, maxHops, readsBackwards } from './sight.ts';

/** Members taken from a framework that is linked whole; publishers link frameworks of thousands. */
export const maxFrameworkMembers = 500;
/** References followed from one data set; a national one has a row for each programme, and rows that name the credential are read backwards. */
const maxOfDataSet = 500;
/** Resources gathered for one join; beyond, a hub of transfer values or a programme of everything is cut, and the record says so. */
const maxNeighbours = 5_000;
/** Resources kept between joins, some 10 KB each: neighbours shared by many credentials are read once. */
const maxCached = 5_000;

export type Neighbours = Pick<GraphReader, 'resources' | 'referrers' | 'holders'>;
type References = StoredResource['references'];
type Found = ReadonlyMap<string, StoredResource>;

interface Reached {
  resource: StoredResource;
  /** Path of the reference that led here; empty for the start. */
  by: string;
}

/** One neighbourhood on its way from hop to hop. */
interface Walk {
  found: Neighbourhood;
  frontier: Reached[];
  /** Places of neighbours that were not looked through, because they point here in a way that only names them. */
  named: Set<string>;
}

/**
 * Gathers what joins look at (sight.ts), for many at once: each hop of a batch costs a few questions to the store, however many
 * joins it serves. Its caches are right only while no resource changes.
 */
export class NeighbourhoodLoader {
  readonly #graphs: Neighbours;
  readonly #resources = new RecentlyUsed<StoredResource | undefined>(maxCached);
  /** Who points at an organization from behind; many joins ask for the same. */
  readonly #referrers = new RecentlyUsed<Referring[]>(maxCached);
  /** What is seen through a resource; hubs list a hundred thousand references of which a few matter. */
  readonly #through = new WeakMap<StoredResource, References>();
  readonly #members = new WeakMap<StoredResource, { members: StoredResource[]; total: number }>();

  constructor(graphs: Neighbours) {
    this.#graphs = graphs;
  }

  /** The resources behind keys, by `placeId`. */
  async resources(places: readonly { source: string; key: string }[]): Promise<Found> {
    const found = new Map<string, StoredResource>();
    for (const [source, own] of Map.groupBy(places, (place) => place.source)) {
      const missing: string[] = [];
      for (const { key } of own) {
        const id = placeId(source, key);
        if (!this.#resources.has(id)) missing.push(key);
        else this.#keep(found, id, this.#resources.get(id));
      }
      if (missing.length === 0) continue;
      const read = await this.#graphs.resources(source, missing);
      for (const key of missing) {
        const [id, resource] = [placeId(source, key), read.get(key)];
        this.#resources.set(id, resource);
        this.#keep(found, id, resource);
      }
    }
    return found;
  }

  #keep(found: Map<string, StoredResource>, id: string, resource: StoredResource | undefined): void {
    if (resource) found.set(id, resource);
  }

  async around(resources: readonly StoredResource[]): Promise<Neighbourhood[]> {
    const walks = resources.map(
      (resource): Walk => ({
        found: only(resource),
        frontier: [{ resource, by: '' }],
        named: new Set(),
      }),
    );
    for (let hop = 0; hop < maxHops && walks.some(({ frontier }) => frontier.length > 0); hop++) {
      const forwards = await this.resources(walks.flatMap((walk) => this.#wanted(walk, hop > 0)));
      const backwards = await this.#readBackwards(walks);
      for (const walk of walks) this.#advance(walk, { forwards, backwards, isNeighbour: hop > 0 });
    }
    return walks.map(({ found }) => found);
  }

  /** Places that the frontier points at and that are not known yet. */
  #wanted(walk: Walk, isNeighbour: boolean): { source: string; key: string }[] {
    const { frontier } = walk;
    const wanted: { source: string; key: string }[] = [];
    for (const { resource } of frontier) {
      for (const { key } of this.#references(resource, isNeighbour)) {
        if (wanted.length > maxNeighbours) return wanted;
        if (!isPassed(walk, placeId(resource.source, key))) wanted.push({ source: resource.source, key });
      }
    }
    return wanted;
  }

  #advance(
    walk: Walk,
    read: { forwards: Found; backwards: ReadonlyMap<string, Referring[]>; isNeighbour: boolean },
  ): void {
    const { found, frontier } = walk;
    const next: Reached[] = [];
    for (const { resource } of frontier) {
      for (const { property, key } of this.#references(resource, read.isNeighbour)) {
        const id = placeId(resource.source, key);
        const reached = read.forwards.get(id);
        if (!reached || isPassed(walk, id)) continue;
        if (found.neighbours.size >= maxNeighbours) {
          found.isCut = true;
          break;
        }
        found.neighbours.set(id, reached);
        walk.named.delete(id);
        next.push({ resource: reached, by: property });
      }
    }
    for (const reached of frontier) next.push(...this.#lookBack(walk, reached, read.backwards));
    walk.frontier = next;
  }

  #references(resource: StoredResource, isNeighbour: boolean): References {
    if (!isNeighbour) return resource.references.filter(({ property }) => isShown(resource.kind, property));
    if (resource.kind === 'framework') return [];
    const known = this.#through.get(resource);
    if (known) return known;
    const seen = resource.references.filter(({ property }) => isSeenThrough(resource.kind, property));
    const kept = resource.kind === 'dataSet' ? seen.slice(0, maxOfDataSet) : seen;
    this.#through.set(resource, kept);
    return kept;
  }

  /** Adds the members of a framework that is linked whole, and whoever points at the resource from behind; answers the latter. */
  #lookBack(walk: Walk, reached: Reached, backwards: ReadonlyMap<string, Referring[]>): Reached[] {
    const { found } = walk;
    const { resource } = reached;
    const id = placeId(resource.source, resource.key);
    const linked = isLinkedWhole(reached) ? this.#members.get(resource) : undefined;
    if (linked) found.members.set(id, linked);
    for (const member of linked?.members ?? []) found.neighbours.set(placeId(resource.source, member.key), member);
    const referring = isReadBack(reached) ? backwards.get(id) : undefined;
    if (!referring || found.referrers.has(id)) return [];
    const room = Math.max(0, maxNeighbours - found.neighbours.size);
    if (referring.length > room) found.isCut = true;
    const kept = referring.slice(0, room);
    found.referrers.set(id, kept);
    const next: Reached[] = [];
    for (const { resource: pointing, property } of kept) {
      const place = placeId(pointing.source, pointing.key);
      const isFresh = !found.neighbours.has(place);
      found.neighbours.set(place, pointing);
      if (!isOnlyNamed(property)) {
        walk.named.delete(place);
        next.push({ resource: pointing, by: property });
      } else if (isFresh) walk.named.add(place);
    }
    return next;
  }

  /** Whoever points at the frontiers from behind, by `placeId` of what they point at; members of frameworks are read besides. */
  async #readBackwards(walks: Walk[]): Promise<Map<string, Referring[]>> {
    const found = new Map<string, Referring[]>();
    const missing = new Map<string, Reached>();
    for (const { frontier } of walks) {
      for (const reached of frontier) {
        if (isLinkedWhole(reached)) await this.#readMembers(reached.resource);
        if (!isReadBack(reached)) continue;
        const id = placeId(reached.resource.source, reached.resource.key);
        const known = this.#referrers.get(id);
        if (known) found.set(id, known);
        else missing.set(id, reached);
      }
    }
    const groups = Map.groupBy(missing.values(), ({ resource, by }) =>
      placeId(resource.source, String(paths(resource, by))),
    );
    for (const group of groups.values()) await this.#readReferrers(group, found);
    return found;
  }

  async #readReferrers(group: Reached[], found: Map<string, Referring[]>): Promise<void> {
    const { resource, by } = group[0]!;
    const keys = group.map((each) => each.resource.key);
    const rows = await this.#graphs.referrers(resource.source, keys, paths(resource, by));
    const resources = await this.resources(rows);
    const byTarget = Map.groupBy(rows, ({ target }) => target);
    for (const { resource } of group) {
      const id = placeId(resource.source, resource.key);
      const referring = (byTarget.get(resource.key) ?? []).flatMap(({ source, key, property }): Referring[] => {
        const pointing = resources.get(placeId(source, key));
        return pointing ? [{ property, resource: pointing }] : [];
      });
      found.set(id, referring);
      // Only what many share is worth keeping: organizations, never the credential itself.
      if (resource.kind === 'organization') this.#referrers.set(id, referring);
    }
  }

  async #readMembers(framework: StoredResource): Promise<void> {
    if (this.#members.has(framework)) return;
    const { source } = framework;
    const keys = new Set<string>();
    for (const { property, key } of framework.references) if (isSeenThrough('framework', property)) keys.add(key);
    const belonging = await this.#graphs.referrers(source, [framework.key], readsBackwards('framework', true));
    for (const { key } of belonging) keys.add(key);
    const places = [...keys].slice(0, maxFrameworkMembers).map((key) => ({ source, key }));
    this.#members.set(framework, { members: [...(await this.resources(places)).values()], total: keys.size });
  }
}

function isPassed({ found, named }: Walk, place: string): boolean {
  return found.neighbours.has(place) && !named.has(place);
}

function only(resource: StoredResource): Neighbourhood {
  return {
    resource,
    neighbours: new Map([[placeId(resource.source, resource.key), resource]]),
    referrers: new Map(),
    members: new Map(),
    isCut: false,
  };
}

function paths(resource: StoredResource, by: string): readonly string[] {
  return readsBackwards(resource.kind, by !== '');
}

function isReadBack({ resource, by }: Reached): boolean {
  return resource.kind !== 'framework' && paths(resource, by).length > 0;
}

/** A framework that a competency belongs to is only named; one that is linked stands for its members. */
function isLinkedWhole({ resource, by }: Reached): boolean {
  return resource.kind === 'framework' && by !== '' && by !== 'ceasn:isPartOf';
}
