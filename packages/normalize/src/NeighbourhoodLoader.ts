import type { StoredResource } from '@credatlas/model';
import type { GraphReader } from '@credatlas/ports';
import type { Place } from './Dependants.ts';
import type { Neighbourhood, Referring } from './JoinView.ts';
import { PlaceMap } from './PlaceMap.ts';
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
type Found = PlaceMap<StoredResource>;

interface Reached {
  resource: StoredResource;
  /** Path of the reference that led here; empty for the start. */
  by: string;
}

/** Whoever points at a place. */
type Backwards = PlaceMap<readonly Referring[]>;

/** One neighbourhood on its way from hop to hop. */
interface Walk {
  found: Neighbourhood;
  frontier: Reached[];
  /** Places of neighbours that were not looked through, because they point here in a way that only names them. */
  named: PlaceMap<true>;
}

/**
 * Gathers what joins look at (sight.ts), for many at once: each hop of a batch costs a few questions to the store, however many
 * joins it serves. Its caches are right only while no resource changes.
 */
export class NeighbourhoodLoader {
  readonly #graphs: Neighbours;
  readonly #resources = new RecentlyUsed<StoredResource | undefined>(maxCached);
  /** Who points at an organization from behind; many joins ask for the same. */
  readonly #referrers = new RecentlyUsed<readonly Referring[]>(maxCached);
  /** What is seen through a resource; hubs list a hundred thousand references of which a few matter. */
  readonly #through = new WeakMap<StoredResource, References>();
  readonly #members = new WeakMap<StoredResource, { members: StoredResource[]; total: number }>();

  constructor(graphs: Neighbours) {
    this.#graphs = graphs;
  }

  /** The resources behind places; each is best asked for once. */
  async resources(places: readonly Place[]): Promise<Found> {
    const found: Found = new PlaceMap();
    const missing = new Map<string, string[]>();
    for (const { source, key } of places) {
      const id = placeId(source, key);
      if (this.#resources.has(id)) keep(found, { source, key }, this.#resources.get(id));
      else addTo(missing, source, key);
    }
    for (const [source, keys] of missing) {
      const read = await this.#graphs.resources(source, keys);
      for (const key of keys) {
        const resource = read.get(key);
        this.#resources.set(placeId(source, key), resource);
        keep(found, { source, key }, resource);
      }
    }
    return found;
  }

  async around(resources: readonly StoredResource[]): Promise<Neighbourhood[]> {
    const walks = resources.map(
      (resource): Walk => ({ found: only(resource), frontier: [{ resource, by: '' }], named: new PlaceMap() }),
    );
    for (let hop = 0; hop < maxHops && walks.some(({ frontier }) => frontier.length > 0); hop++) {
      const wanted = new Wanted();
      for (const walk of walks) this.#want(walk, hop > 0, wanted);
      const forwards = await this.resources(wanted.places);
      const backwards = await this.#readBackwards(walks);
      for (const walk of walks) this.#advance(walk, { forwards, backwards, isNeighbour: hop > 0 });
    }
    return walks.map(({ found }) => found);
  }

  /** Adds the places that the frontier points at and that are not known yet. */
  #want(walk: Walk, isNeighbour: boolean, wanted: Wanted): void {
    let count = 0;
    for (const { resource } of walk.frontier) {
      for (const { key } of this.#references(resource, isNeighbour)) {
        if (count > maxNeighbours) return;
        if (isPassed(walk, resource.source, key)) continue;
        wanted.add(resource.source, key);
        count += 1;
      }
    }
  }

  #advance(walk: Walk, read: { forwards: Found; backwards: Backwards; isNeighbour: boolean }): void {
    const { found, frontier } = walk;
    const next: Reached[] = [];
    for (const { resource } of frontier) {
      const { source } = resource;
      for (const { property, key } of this.#references(resource, read.isNeighbour)) {
        const reached = read.forwards.get(source, key);
        if (!reached || isPassed(walk, source, key)) continue;
        if (found.neighbours.size >= maxNeighbours) {
          found.isCut = true;
          break;
        }
        found.neighbours.set(source, key, reached);
        walk.named.delete(source, key);
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
  #lookBack(walk: Walk, reached: Reached, backwards: Backwards): readonly Reached[] {
    const { found } = walk;
    const { source, key } = reached.resource;
    const linked = isLinkedWhole(reached) ? this.#members.get(reached.resource) : undefined;
    if (linked) found.members.set(source, key, linked);
    for (const member of linked?.members ?? []) found.neighbours.set(source, member.key, member);
    const referring = isReadBack(reached) ? backwards.get(source, key) : undefined;
    if (!referring || found.referrers.has(source, key)) return none;
    const room = Math.max(0, maxNeighbours - found.neighbours.size);
    if (referring.length > room) found.isCut = true;
    const kept = referring.slice(0, room);
    found.referrers.set(source, key, kept);
    const next: Reached[] = [];
    for (const { resource: pointing, property } of kept) {
      const isFresh = !found.neighbours.has(pointing.source, pointing.key);
      found.neighbours.set(pointing.source, pointing.key, pointing);
      if (!isOnlyNamed(property)) {
        walk.named.delete(pointing.source, pointing.key);
        next.push({ resource: pointing, by: property });
      } else if (isFresh) walk.named.set(pointing.source, pointing.key, true);
    }
    return next;
  }

  /** Whoever points at the frontiers from behind, by the place of what they point at; members of frameworks are read besides. */
  async #readBackwards(walks: Walk[]): Promise<Backwards> {
    const found: Backwards = new PlaceMap();
    // By source and by the paths that are read: a question to the store for each.
    const missing = new Map<string, Map<readonly string[], Reached[]>>();
    const asked = new PlaceMap<true>();
    for (const { frontier } of walks) {
      for (const reached of frontier) {
        if (isLinkedWhole(reached)) await this.#readMembers(reached.resource);
        const { source, key } = reached.resource;
        if (!isReadBack(reached) || asked.has(source, key)) continue;
        asked.set(source, key, true);
        const known = this.#referrers.get(placeId(source, key));
        if (known) found.set(source, key, known);
        else {
          const own = missing.get(source) ?? new Map<readonly string[], Reached[]>();
          missing.set(source, own);
          addTo(own, paths(reached.resource, reached.by), reached);
        }
      }
    }
    for (const own of missing.values()) for (const group of own.values()) await this.#readReferrers(group, found);
    return found;
  }

  async #readReferrers(group: Reached[], found: Backwards): Promise<void> {
    const { resource, by } = group[0]!;
    const keys = group.map((each) => each.resource.key);
    const rows = await this.#graphs.referrers(resource.source, keys, paths(resource, by));
    const wanted = new Wanted();
    for (const { source, key } of rows) wanted.add(source, key);
    const resources = await this.resources(wanted.places);
    const byTarget = Map.groupBy(rows, ({ target }) => target);
    for (const { resource } of group) {
      const referring: Referring[] = [];
      for (const { source, key, property } of byTarget.get(resource.key) ?? none) {
        const pointing = resources.get(source, key);
        if (pointing) referring.push({ property, resource: pointing });
      }
      found.set(resource.source, resource.key, referring);
      // Only what many share is worth keeping: organizations, never the credential itself.
      if (resource.kind === 'organization') this.#referrers.set(placeId(resource.source, resource.key), referring);
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
    const found = await this.resources(places);
    const members = places.flatMap(({ key }) => found.get(source, key) ?? []);
    this.#members.set(framework, { members, total: keys.size });
  }
}

function placeId(source: string, key: string): string {
  return `${source} ${key}`;
}

const none: readonly never[] = [];

/** Places that are to be read, each once. */
class Wanted {
  readonly places: Place[] = [];
  readonly #known = new PlaceMap<true>();

  add(source: string, key: string): void {
    if (this.#known.has(source, key)) return;
    this.#known.set(source, key, true);
    this.places.push({ source, key });
  }
}

function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

function keep(found: Found, { source, key }: Place, resource: StoredResource | undefined): void {
  if (resource) found.set(source, key, resource);
}

function isPassed({ found, named }: Walk, source: string, key: string): boolean {
  return found.neighbours.has(source, key) && !named.has(source, key);
}

function only(resource: StoredResource): Neighbourhood {
  const neighbours = new PlaceMap<StoredResource>();
  neighbours.set(resource.source, resource.key, resource);
  return { resource, neighbours, referrers: new PlaceMap(), members: new PlaceMap(), isCut: false };
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
