import type { StoredResource } from '@credatlas/model';
import type { Joined } from '@credatlas/ports';
import type { Place } from './Dependants.ts';
import { JoinView, type Neighbourhood } from './JoinView.ts';
import { joinCredential } from './joinCredential.ts';
import { joinOrganization } from './joinOrganization.ts';
import type { Knowledge } from './Knowledge.ts';
import { NeighbourhoodLoader, type Neighbours } from './NeighbourhoodLoader.ts';
import { PlaceMap } from './PlaceMap.ts';
import { isShownByItself } from './sight.ts';
import { judged } from './tier/judged.ts';

/** Joins resources with what their records show of others. Right only while no resource changes: one Joiner per pass. */
export class Joiner {
  readonly #graphs: Neighbours;
  readonly #loader: NeighbourhoodLoader;
  readonly #knowledge: Knowledge;

  constructor(graphs: Neighbours, knowledge: Knowledge) {
    this.#knowledge = knowledge;
    this.#graphs = graphs;
    this.#loader = new NeighbourhoodLoader(graphs);
  }

  /**
   * The records to show for resources, or that there is none; in the order given. Ask for many at once: they share their reads. Each is
   * made when it is taken, and is to be taken once, so that no page of records is ever held together.
   */
  async join(places: readonly Place[]): Promise<Iterable<JoinedPlace>> {
    const shown = await this.#shown(places);
    const resources = await this.#loader.resources(shown);
    const own = shown.flatMap(({ source, key }) => resources.get(source, key) ?? []).filter(isShown);
    const around = new PlaceMap<Neighbourhood>();
    for (const neighbourhood of await this.#loader.around(own))
      around.set(neighbourhood.resource.source, neighbourhood.resource.key, neighbourhood);
    return this.#each(places, around);
  }

  *#each(places: readonly Place[], around: PlaceMap<Neighbourhood>): Iterable<JoinedPlace> {
    for (const { source, key } of places) {
      const neighbourhood = around.get(source, key);
      const joined: Joined = neighbourhood
        ? this.#joined(new JoinView(neighbourhood, this.#knowledge.keys))
        : { kind: 'none' };
      yield { source, key, joined };
    }
  }

  /** Places whose own source states something that has a record: most of a registry's resources have none, and need not be read. */
  async #shown(places: readonly Place[]): Promise<Place[]> {
    const holders = await this.#graphs.holders(places.map(({ key }) => key));
    // Another source may answer for the key; then this source has it no more.
    return places.filter(({ source, key }) =>
      holders.get(key)?.some((holder) => holder.source === source && isShownByItself(holder.kind)),
    );
  }

  #joined(view: JoinView): Joined {
    if (view.resource.kind === 'organization')
      return { kind: 'organization', organization: joinOrganization(view, this.#knowledge.regions) };
    return { kind: 'credential', credential: judged(joinCredential(view, this.#knowledge), this.#knowledge.judging) };
  }
}

export interface JoinedPlace extends Place {
  joined: Joined;
}

function isShown(resource: StoredResource): boolean {
  return isShownByItself(resource.kind) && !isMention(resource);
}

/** A stub that another document carries along says no more than a name; its own document is what counts. */
function isMention({ kind, primary, node }: StoredResource): boolean {
  return (
    kind !== 'organization' && !primary && Object.keys(node.properties).every((name) => mentionProperties.has(name))
  );
}

const mentionProperties: ReadonlySet<string> = new Set([
  'ceterms:name',
  'ceterms:ctid',
  'ceterms:subjectWebpage',
  'ceterms:description',
  'ceterms:ownedBy',
  'ceterms:offeredBy',
]);
