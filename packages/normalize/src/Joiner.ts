import { labelsOf, type StoredResource } from '@credatlas/model';
import type { Joined } from '@credatlas/ports';
import { JoinView } from './JoinView.ts';
import { joinCredential } from './joinCredential.ts';
import { joinOrganization } from './joinOrganization.ts';
import { type KnownNames, knownNames } from './knownNames.ts';
import { NeighbourhoodLoader, type Neighbours } from './NeighbourhoodLoader.ts';
import { isCredentialLike } from './sight.ts';

/** Joins resources with what their records show of others. Right only while no resource changes: one Joiner per pass. */
export class Joiner {
  readonly #loader: NeighbourhoodLoader;
  readonly #names: KnownNames = knownNames();

  constructor(graphs: Neighbours) {
    this.#loader = new NeighbourhoodLoader(graphs);
  }

  /** The record to show for a resource, or that there is none. */
  async join(source: string, key: string): Promise<Joined> {
    const resource = await this.#loader.resource(source, key);
    // Another source may answer for the key; then this source has it no more.
    if (resource?.source !== source) return { kind: 'none' };
    if (resource.kind === 'organization') {
      const view = new JoinView(await this.#loader.around(resource));
      return { kind: 'organization', organization: joinOrganization(view, this.#names.regions) };
    }
    if (!isCredentialLike(resource.kind) || isMention(resource)) return { kind: 'none' };
    const credential = joinCredential(new JoinView(await this.#loader.around(resource)), this.#names);
    return { kind: 'credential', credential, labels: labelsOf(credential) };
  }
}

/** A stub that another document carries along says no more than a name; its own document is what counts. */
function isMention({ primary, node }: StoredResource): boolean {
  return !primary && Object.keys(node.properties).every((name) => mentionProperties.has(name));
}

const mentionProperties: ReadonlySet<string> = new Set([
  'ceterms:name',
  'ceterms:ctid',
  'ceterms:subjectWebpage',
  'ceterms:description',
  'ceterms:ownedBy',
  'ceterms:offeredBy',
]);
