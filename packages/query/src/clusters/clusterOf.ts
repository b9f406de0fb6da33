import type { IdentityFacts, IdentityPair } from '@credatlas/model';
import type { IdentityReader } from '@credatlas/ports';
import type { Cluster } from './schemas.ts';

/** Records and evidence that one answer shows; no source lists a credential so often. */
const maxMembers = 50;
const maxEvidence = 200;

interface Sources {
  identities: IdentityReader;
}

/** The cluster a record is in; null when it stands alone. */
export async function clusterOf({ identities }: Sources, id: string): Promise<Cluster | null> {
  const lead = (await identities.leads([id])).get(id);
  return lead === undefined ? null : clusterLedBy({ identities }, lead);
}

export async function clusterLedBy({ identities }: Sources, lead: string): Promise<Cluster> {
  const all = (await identities.members([lead])).get(lead) ?? [];
  const shown = [lead, ...all.filter((id) => id !== lead)].slice(0, maxMembers);
  const facts = await identities.facts(shown);
  const members = new Set(shown);
  const pairs = (await identities.pairs(shown)).filter(({ a, b }) => members.has(a) && members.has(b));
  const evidence = pairs.flatMap(({ a, b, evidence: own }) =>
    own.map((each) => ({ between: [a, b] as [string, string], ...each })),
  );
  return {
    lead,
    confidence: confidenceOf(pairs, shown.length),
    size: all.length,
    members: shown.flatMap((id) => memberOf(facts.get(id), lead)),
    evidence: evidence.sort((one, other) => other.confidence - one.confidence).slice(0, maxEvidence),
    truncated: all.length > shown.length || evidence.length > maxEvidence,
  };
}

function memberOf(facts: IdentityFacts | undefined, lead: string): Cluster['members'] {
  if (!facts) return [];
  const { id, selves, uri, source, name, provider, updatedAt, isOwn } = facts;
  const ctid = selves[0]?.startsWith('ctid:') ? selves[0].slice('ctid:'.length) : null;
  return [{ id, ctid, uri, source, name, provider: provider ?? null, updatedAt, isOwn, isLead: id === lead }];
}

/** The strongest pairs that together reach every member are enough; the weakest of them is what the cluster hangs on. */
function confidenceOf(pairs: readonly IdentityPair[], size: number): number {
  const strength = ({ evidence }: IdentityPair): number => evidence[0]?.confidence ?? 0;
  const groups = new Map<string, Set<string>>();
  const groupOf = (id: string): Set<string> => groups.get(id) ?? new Set([id]);
  for (const pair of pairs.toSorted((a, b) => strength(b) - strength(a))) {
    const [one, other] = [groupOf(pair.a), groupOf(pair.b)];
    if (one.has(pair.b)) continue;
    const joined = one.union(other);
    if (joined.size === size) return strength(pair);
    for (const id of joined) groups.set(id, joined);
  }
  return 0;
}
