import type { StoredResource } from '@credatlas/model';
import type { Joined } from '@credatlas/ports';
import type { Place } from './Dependants.ts';
import { JoinView, placeId } from './JoinView.ts';
import { joinCredential } from './joinCredential.ts';
import { joinOrganization } from './joinOrganization.ts';
import { type KnownNames, knownNames } from './knownNames.ts';
import { NeighbourhoodLoader, type Neighbours } from './NeighbourhoodLoader.ts';
import { isCredentialLike } from './sight.ts';
import { judged } from './tier/judged.ts';
import type { TierRules } from './tier/TierPolicy.ts';

/** Joins resources with what their records show of others. Right only while no resource changes: one Joiner per pass. */
export class Joiner {
  readonly #loader: NeighbourhoodLoader;
  readonly #names: KnownNames = knownNames();

  readonly #rules: TierRules;

  constructor(graphs: Neighbours, rules: TierRules) {
    this.#rules = rules;
    this.#loader = new NeighbourhoodLoader(graphs);
  }

  /** The records to show for resources, or that there is none; in the order given. Ask for many at once: they share their reads. */
  async join(places: readonly Place[]): Promise<JoinedPlace[]> {
    const resources = await this.#loader.resources(places);
    const shown = places.flatMap(({ source, key }) => {
      const resource = resources.get(placeId(source, key));
      // Another source may answer for the key; then this source has it no more.
      return resource?.source === source && isShownByItself(resource) ? [resource] : [];
    });
    const around = await this.#loader.around(shown);
    const joined = new Map(around.map((each) => [each.resource, this.#joined(new JoinView(each))]));
    return places.map(({ source, key }) => {
      const resource = resources.get(placeId(source, key));
      return { source, key, joined: (resource && joined.get(resource)) ?? { kind: 'none' } };
    });
  }

  #joined(view: JoinView): Joined {
    if (view.resource.kind === 'organization')
      return { kind: 'organization', organization: joinOrganization(view, this.#names.regions) };
    return { kind: 'credential', credential: judged(joinCredential(view, this.#names), this.#rules) };
  }
}

export interface JoinedPlace extends Place {
  joined: Joined;
}

function isShownByItself(resource: StoredResource): boolean {
  return resource.kind === 'organization' || (isCredentialLike(resource.kind) && !isMention(resource));
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
