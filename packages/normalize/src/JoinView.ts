import type { Credit, GraphValue, Issue, Party, StoredResource, Via } from '@credatlas/model';
import { idOf } from './idOf.ts';
import type { PlaceMap } from './PlaceMap.ts';
import type { ReferenceKeys } from './ReferenceKeys.ts';
import { iriOf, nameOf, type Stated } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';

/** What a join has gathered: who stands behind a key as a source sees it, and who points at it from behind. */
export interface Neighbourhood {
  resource: StoredResource;
  /** By the asking source and the key. */
  neighbours: PlaceMap<StoredResource>;
  /** By the resource pointed at. */
  referrers: PlaceMap<readonly Referring[]>;
  /** Competencies of frameworks that are linked whole, by the framework; `total` counts those left out too. */
  members: PlaceMap<{ members: StoredResource[]; total: number }>;
  /** True when the neighbourhood had to be cut. */
  isCut: boolean;
}

/** A resource that points at another, and the whole path by which it does. */
export interface Referring {
  property: string;
  resource: StoredResource;
}

/** Issues of one code that one record lists; a fault of a publishing pipeline repeats without end. */
const maxPerCode = 1_000;
/** Most properties are absent from most nodes. */
const none: readonly never[] = [];

/** One resource and everything its record may show, for the pure functions that read fields. */
export class JoinView {
  readonly resource: StoredResource;
  readonly root: Spot;
  readonly issues: Issue[] = [];
  /** What was read at a spot: conditions, edges and the record's own credit show the same. */
  readonly credits = new Map<Spot, readonly Traced<Credit>[]>();
  /** Places of what was reported, by code. */
  readonly #reported = new Map<string, Set<string>>();
  readonly #neighbourhood: Neighbourhood;
  readonly #keys: ReferenceKeys;
  /** Who points at the resource itself: asked for by every path there is. */
  readonly #pointing: readonly Referring[];
  /** By which paths they do: a few, however many they are. */
  readonly pointingPaths: ReadonlySet<string>;

  constructor(neighbourhood: Neighbourhood, keys: ReferenceKeys) {
    const { resource } = neighbourhood;
    this.resource = resource;
    this.root = { node: resource.node, resource, walked: [] };
    this.#neighbourhood = neighbourhood;
    this.#keys = keys;
    this.#pointing = neighbourhood.referrers.get(resource.source, resource.key) ?? none;
    this.pointingPaths = new Set(this.#pointing.map(({ property }) => property));
    if (neighbourhood.isCut) {
      this.report(this.root, {
        code: 'neighbourhood_cut',
        message:
          'More resources are joined to this one than are followed; what lies beyond is left out of this record.',
        stated: { text: this.resource.uri, path: this.resource.node.path },
      });
    }
  }

  find(from: Spot, key: string): StoredResource | undefined {
    return this.#neighbourhood.neighbours.get(from.resource.source, key);
  }

  /** The resource that a value points at, if it is known. */
  behind(from: Spot, value: GraphValue): StoredResource | undefined {
    const key = this.#keys.of(value);
    return key === undefined ? undefined : this.find(from, key);
  }

  membersOf(framework: StoredResource): { members: StoredResource[]; total: number } {
    return this.#neighbourhood.members.get(framework.source, framework.key) ?? { members: [], total: 0 };
  }

  /** Spots that the values of a property lead to: inlined nodes and resolved references. */
  follow(spot: Spot, property: string): readonly Spot[] {
    const values = spot.node.properties[property];
    if (!values) return none;
    const found: Spot[] = [];
    for (const value of values) {
      const next = this.step(spot, property, value);
      if (next) found.push(next);
    }
    return found;
  }

  step(spot: Spot, property: string, value: GraphValue): Spot | undefined {
    if ('literal' in value) return undefined;
    if ('node' in value && !value.node.uri)
      return { node: value.node, resource: spot.resource, walked: [...spot.walked, property] };
    const resource = this.behind(spot, value);
    return resource && { node: resource.node, resource, walked: [...spot.walked, property] };
  }

  /** Resources that point at the spot's own by one of these paths. */
  backwards(spot: Spot, ...paths: readonly string[]): readonly Spot[] {
    if (this.isOwn(spot) && !paths.some((path) => this.pointingPaths.has(path))) return none;
    const found: Spot[] = [];
    for (const { property, resource } of this.#referrers(spot.resource)) {
      if (paths.includes(property))
        found.push({ node: resource.node, resource, walked: [...spot.walked, `^${property}`] });
    }
    return found;
  }

  #referrers(resource: StoredResource): readonly Referring[] {
    if (this.#isSame(resource)) return this.#pointing;
    return this.#neighbourhood.referrers.get(resource.source, resource.key) ?? none;
  }

  isOwn(spot: Spot): boolean {
    return this.#isSame(spot.resource);
  }

  #isSame(resource: StoredResource): boolean {
    const own = this.resource;
    return resource === own || (resource.key === own.key && resource.source === own.source);
  }

  /** `#pointer` in this record, `IRI#pointer` in a joined one. */
  at(spot: Spot, path: string): string {
    return `${this.isOwn(spot) ? '' : spot.resource.uri}#${path}`;
  }

  traced<T>(spot: Spot, value: T, path: string = spot.node.path): Traced<T> {
    return { value, at: this.at(spot, path) };
  }

  via(spot: Spot): Via {
    const { resource, walked } = spot;
    if (this.isOwn(spot)) return { path: walked };
    const name = nameOf(resource.node);
    return name ? { path: walked, uri: resource.uri, name } : { path: walked, uri: resource.uri };
  }

  /** Whoever or whatever a value names. */
  party(spot: Spot, value: GraphValue): Party {
    const resource = this.behind(spot, value);
    if (resource) return partyOf(resource);
    if ('literal' in value) return { name: String(value.literal).trim(), resolved: false };
    if ('reference' in value)
      return value.reference.startsWith('_:') ? { resolved: false } : { uri: value.reference, resolved: false };
    const name = nameOf(value.node);
    const uri = value.node.uri ?? iriOf(value.node, 'ceterms:subjectWebpage');
    return {
      ...(uri ? { uri } : {}),
      ...(name ? { name } : {}),
      ...(value.node.types.length > 0 ? { types: value.node.types } : {}),
      resolved: false,
    };
  }

  parties(spot: Spot, property: string): readonly Traced<Party>[] {
    const values = spot.node.properties[property];
    return values ? values.map((value) => this.traced(spot, this.party(spot, value), value.path)) : none;
  }

  /** Keeps a fault once, with its place: a pointer into this record, or `IRI#pointer` into the joined one that states it. */
  report(spot: Spot, issue: Pick<Issue, 'code' | 'message'> & { severity?: Issue['severity']; stated: Stated }): void {
    const { code, message, severity = 'warning', stated } = issue;
    const path = this.isOwn(spot) ? stated.path : this.at(spot, stated.path);
    const known = this.#reported.get(code) ?? new Set();
    this.#reported.set(code, known);
    if (known.size >= maxPerCode || known.has(path)) return;
    known.add(path);
    this.issues.push({ code, severity, path, stage: 'join', message, raw: stated.text.slice(0, 200) });
  }
}

export function partyOf(resource: StoredResource): Party {
  const { uri, ctid, node } = resource;
  const party: Party = { id: idOf(resource), uri, resolved: true };
  if (ctid) party.ctid = ctid;
  const name = nameOf(node);
  if (name) party.name = name;
  party.types = node.types;
  return party;
}
