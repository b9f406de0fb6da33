import { labelsOf, type StoredResource } from '@credatlas/model';
import type { GraphReader, Joined } from '@credatlas/ports';
import { currencyNames } from './currencies.ts';
import { JoinView } from './JoinView.ts';
import { joinCredential, type KnownNames } from './joinCredential.ts';
import { joinOrganization } from './joinOrganization.ts';
import { regionNames } from './regions.ts';

/** Kinds whose own references matter to a credential that sees them: the second hop. */
const bridges = new Set([
  'learning',
  'assessment',
  'conditionManifest',
  'transferValue',
  'framework',
  'pathwayComponent',
  'transferAgreement',
  'action',
]);
/** References followed from one bridge; a framework of 10,000 competencies stays ordinary. */
const maxBridgeReferences = 600;
/** Resources kept between joins: neighbours shared by many credentials are read once. */
const maxCached = 5_000;

type Neighbours = Pick<GraphReader, 'resources' | 'referrers'>;

/** Joins resources with what lies within two hops. Holds a cache that is right only while no record changes: one Joiner per pass. */
export class Joiner {
  readonly #graphs: Neighbours;
  readonly #names: KnownNames = { currencies: currencyNames(), regions: regionNames() };
  readonly #cache = new Map<string, StoredResource | undefined>();

  constructor(graphs: Neighbours) {
    this.#graphs = graphs;
  }

  /** The record to show for a resource, or that there is none. */
  async join(source: string, key: string): Promise<Joined> {
    const resource = (await this.#resources(source, [key])).get(key);
    // Another source may answer for the key; then this source has it no more.
    if (!resource || resource.source !== source) return { kind: 'none' };
    if (resource.kind === 'organization') {
      return {
        kind: 'organization',
        organization: joinOrganization(await this.#view(resource, false), this.#names.regions),
      };
    }
    if (resource.kind !== 'credential' && resource.kind !== 'learning' && resource.kind !== 'assessment')
      return { kind: 'none' };
    const view = await this.#view(resource, true);
    if (!resource.primary && isMention(resource)) return { kind: 'none' };
    const credential = joinCredential(view, this.#names);
    return { kind: 'credential', credential, labels: labelsOf(credential) };
  }

  async #view(resource: StoredResource, backwards: boolean): Promise<JoinView> {
    const neighbours = await this.#resources(resource.source, keysOf(resource));
    const pointing = backwards ? await this.#graphs.referrers(resource.source, [resource.key]) : [];
    const referrers = [];
    for (const [source, found] of Map.groupBy(pointing, (each) => each.source)) {
      const resources = await this.#resources(source, [...new Set(found.map(({ key }) => key))]);
      for (const { key, property } of found) {
        const referrer = resources.get(key);
        if (referrer) referrers.push({ property, resource: referrer });
      }
    }
    const first = [...neighbours.values(), ...referrers.map((each) => each.resource)];
    const second = first
      .filter(({ kind }) => bridges.has(kind))
      .flatMap((each) => keysOf(each).slice(0, maxBridgeReferences));
    for (const [key, found] of await this.#resources(resource.source, second)) neighbours.set(key, found);
    neighbours.set(resource.key, resource);
    return new JoinView({ resource, neighbours, referrers });
  }

  async #resources(source: string, keys: string[]): Promise<Map<string, StoredResource>> {
    const missing = [...new Set(keys)].filter((key) => !this.#cache.has(`${source} ${key}`));
    if (missing.length > 0) {
      const read = await this.#graphs.resources(source, missing);
      if (this.#cache.size + missing.length > maxCached) this.#cache.clear();
      for (const key of missing) this.#cache.set(`${source} ${key}`, read.get(key));
      if (missing.length === keys.length) return read;
    }
    const found = keys.flatMap((key) => {
      const resource = this.#cache.get(`${source} ${key}`);
      return resource ? [[key, resource] as const] : [];
    });
    // The cache may just have been emptied to make room.
    return found.length === keys.length || missing.length === 0 ? new Map(found) : this.#graphs.resources(source, keys);
  }
}

/** A stub that another document carries along says no more than a name; its own document is what counts. */
function isMention(resource: StoredResource): boolean {
  return Object.keys(resource.node.properties).every((name) => mentionProperties.has(name));
}

const mentionProperties = new Set([
  'ceterms:name',
  'ceterms:ctid',
  'ceterms:subjectWebpage',
  'ceterms:description',
  'ceterms:ownedBy',
  'ceterms:offeredBy',
]);

function keysOf(resource: StoredResource): string[] {
  return resource.references.map(({ key }) => key);
}
