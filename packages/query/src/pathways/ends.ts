import { type Organization, type Party, tiedRecord } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { findCredential } from '../findCredential.ts';
import { parameterFault } from '../parameterFault.ts';
import type { Chain } from './Chain.ts';
import { chainsAround, chainsBetween, type Found } from './findChains.ts';
import type { Node } from './Node.ts';
import { namesOf } from './Statement.ts';
import type { Direction, StepFinder } from './StepFinder.ts';

/** Credentials of one organization that are looked at: each is walked on from. */
const maxOwned = 50;

/** What a question begins or ends with: one thing, or whatever one organization owns or offers. */
export interface End {
  /** As it is named in the answer. */
  node: Node;
  /** Every certain name of the organization, when it is one. */
  owner?: ReadonlySet<string>;
}

export interface Ends {
  from: End | undefined;
  to: End | undefined;
}

type Given = Pick<QueryContext, 'credentials' | 'engine'>;

/** Throws InvalidInputError when neither is given or both are the same, NotFoundError or WithdrawnError for one that is not there. */
export async function endsOf(
  given: Given,
  asked: { from?: string | undefined; to?: string | undefined },
  finder: StepFinder,
): Promise<Ends> {
  if (asked.from === undefined && asked.to === undefined)
    throw parameterFault('missing_parameter', {
      parameter: 'from',
      detail: 'A pathway is asked for from something, to something, or both. Give from=, to=, or both.',
      suggestion: 'from=ce-…',
    });
  const end = async (name: 'from' | 'to'): Promise<End | undefined> => {
    const identity = asked[name];
    if (identity === undefined) return undefined;
    const id = await given.credentials.idOf(identity);
    const record = id === undefined ? undefined : await given.credentials.tiedRecord(id);
    if (record) return { node: finder.start(record) };
    const organization = await given.credentials.organization(identity);
    if (organization) return organizationEnd(organization);
    return { node: finder.start(tiedRecord(await findCredential(given, identity, name))) };
  };
  const ends = { from: await end('from'), to: await end('to') };
  if (ends.from && ends.from.node.key === ends.to?.node.key)
    throw parameterFault('invalid_parameter', { parameter: 'to', detail: 'It is the same as from.' });
  return ends;
}

function organizationEnd({ id, uri, ctid, nameText, types }: Organization): End {
  const party: Party = { id, uri, ...(ctid ? { ctid } : {}), name: nameText, types, resolved: true };
  return { node: { key: ctid ? `ctid:${ctid}` : uri, party, owners: new Set() }, owner: new Set(namesOf(party)) };
}

/** Chains between two things, around one, or between what organizations own and what others do. */
export async function chainsOf(given: Given, finder: StepFinder, asked: Ends & { hops: number }): Promise<Found> {
  const { from, to, hops } = asked;
  if (from && to && !from.owner && !to.owner) return chainsBetween(finder, { from: from.node, to: to.node, hops });
  const near = to && !to.owner ? to : (from ?? to)!;
  const far = near === to ? from : to;
  const direction = near === to ? 'in' : 'out';
  const { starts, isCut } = near.owner
    ? await owned(given, finder, { end: near, direction })
    : { starts: [near.node], isCut: false };
  const found: Found = { chains: [], isCut };
  for (const start of starts) {
    const around = await chainsAround(finder, { start, direction, hops });
    found.chains.push(...around.chains.filter((chain) => isWanted(chain, { near, far, direction })));
    found.isCut ||= around.isCut;
  }
  return found;
}

/** What it has that counts toward others, or that accepts what others have. */
async function owned(
  { engine }: Given,
  finder: StepFinder,
  { end, direction }: { end: End; direction: Direction },
): Promise<{ starts: Node[]; isCut: boolean }> {
  const { hits, total } = await engine.search({
    filter: [
      { clause: { op: 'any', field: 'provider', values: [end.node.party.id ?? ''] } },
      { clause: { op: 'present', field: direction === 'out' ? 'stacksInto' : 'acceptsFrom' } },
    ],
    facets: [],
    sort: [{ by: 'name', descending: false }],
    size: maxOwned,
  });
  return { starts: await finder.startAll(hits.map(({ id }) => id)), isCut: total > hits.length };
}

/** The other end is the one asked for; where none is, what stays within the organization is not told. */
function isWanted({ first, last }: Chain, asked: { near: End; far: End | undefined; direction: Direction }): boolean {
  const { near, far, direction } = asked;
  const { owners } = direction === 'out' ? last.to : first.from;
  if (far?.owner) return !owners.isDisjointFrom(far.owner);
  return near.owner === undefined || owners.isDisjointFrom(near.owner);
}
