import {
  type Agreement,
  type Credential,
  type Edge,
  firstMoment,
  lastMoment,
  type Party,
  partyKey,
  transferRoles,
  transferTerm,
} from '@credatlas/model';
import type { CredentialReader } from '@credatlas/ports';
import { amountsOf } from '../../pathways/amounts.ts';
import { writtenAmount, writtenParty } from '../../pathways/written.ts';
import { dayMs } from '../metrics/measuredFields.ts';
import type { Lapse, LapseWindow, Lapsing, LapsingAgent } from './lapses.ts';

/** Agreements and transfer values that are listed. */
const maxListed = 1_000;

/**
 * Transfer agreements and transfer values. `reader`: where those that no credential is named in are read from, too; absent, where the
 * question is about some credentials only.
 */
export function agreementLapses(reader?: Pick<CredentialReader, 'endingTransfers'>): Lapsing {
  const agreements = new Map<string, Pick<LapsingAgent, 'parties' | 'end'>>();
  /** Records that the lapses of credentials rest on: what is agreed about ends with its agreement. */
  const told = new Set<string>();
  return {
    roles: transferRoles,
    words: 'an agreement or transfer value that ends in time',
    lapsesOf: (credential, window) =>
      lapsesOf(credential, window).map(({ edge, ...lapse }) => {
        for (const { uri } of [edge.via, edge.agreement?.agreement ?? {}]) if (uri) told.add(uri);
        agreements.set(keyOf(lapse), { parties: partiesOf(edge, lapse.of), end: lapse.end });
        return lapse;
      }),
    agentsOf: async (lapses, window) => {
      const others = reader ? await othersEnding(reader, window) : [];
      const met = new Map(lapses.map((lapse) => [keyOf(lapse), lapse]));
      const named = [...met].map(([key, lapse]) => agentOf(lapse, { ...agreements.get(key)!, all: lapses }));
      return [...named, ...others.filter(({ id }) => !told.has(id ?? ''))]
        .sort((a, b) => ((a.end ?? '') < (b.end ?? '') ? -1 : a.end === b.end ? 0 : 1) || b.credentials - a.credentials)
        .slice(0, maxListed);
    },
  };
}

function keyOf({ agent, of, end }: Lapse): string {
  return JSON.stringify([agent.id, agent.name, of, end]);
}

function lapsesOf(
  { id, nameText, provider, edges }: Credential,
  { on, endsBy }: LapseWindow,
): (Lapse & { edge: Edge })[] {
  const spans = edges.flatMap((edge) => {
    const term = transferTerm(edge);
    if (!term) return [];
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = term;
    return [{ edge, term, from, to, key: `${term.role} ${partyKey(edge.target)}` }];
  });
  return spans
    .filter(({ from, to }) => from <= on && on <= to && to <= endsBy)
    .map(({ edge, term, to, key }) => ({
      edge,
      credential: { id, name: nameText, provider: provider?.name ?? null },
      role: term.role === 'transfer:out' ? 'sending' : 'receiving',
      agent: enderOf(edge, term.ends),
      of: term.ends,
      other: writtenParty(edge.target),
      credit: creditOf(edge),
      end: term.end!,
      daysLeft: Math.floor((to - on) / dayMs),
      renewed: spans.some((other) => other.key === key && other.from <= to + dayMs && other.to > endsBy),
    }));
}

function creditOf({ credit = [] }: Edge): Lapse['credit'] {
  const [amount] = amountsOf(credit);
  return amount ? writtenAmount(amount) : null;
}

function enderOf({ agreement, via }: Edge, ends: Lapse['of']): Lapse['agent'] {
  const { uri, name } = ends === 'agreement' && agreement ? agreement.agreement : via;
  return { id: uri ?? null, name: name ?? null };
}

function partiesOf({ agreement, assertedBy = [] }: Edge, ends: Lapse['of']): LapsingAgent['parties'] {
  return ends === 'agreement' && agreement ? sidesOf(agreement) : assertedBy.map(owner);
}

function sidesOf({ sending, receiving }: Pick<Agreement, 'sending' | 'receiving'>): LapsingAgent['parties'] {
  const side = (role: 'sending' | 'receiving', parties: Party[]) =>
    parties.map((party) => ({ role, ...writtenParty(party) }));
  return [...side('sending', sending), ...side('receiving', receiving)];
}

function owner(party: Party): LapsingAgent['parties'][number] {
  return { role: 'owner', ...writtenParty(party) };
}

function agentOf(
  lapse: Lapse,
  { all, ...told }: Pick<LapsingAgent, 'parties' | 'end'> & { all: readonly Lapse[] },
): LapsingAgent {
  const key = keyOf(lapse);
  const own = all.filter((each) => keyOf(each) === key);
  const distinct = (lapses: readonly Lapse[]): number => new Set(lapses.map(({ credential }) => credential.id)).size;
  return {
    ...lapse.agent,
    role: lapse.of,
    ...told,
    credentials: distinct(own),
    renewed: distinct(own.filter(({ renewed }) => renewed)),
  };
}

async function othersEnding(
  reader: Pick<CredentialReader, 'endingTransfers'>,
  { on, endsBy }: LapseWindow,
): Promise<LapsingAgent[]> {
  const [first, last] = [on, endsBy].map((at) => new Date(at).toISOString().slice(0, 10)) as [string, string];
  const found = await reader.endingTransfers({ first, last, limit: maxListed });
  return found
    .filter(({ status, dates }) => {
      const to = dates.expires === undefined ? undefined : lastMoment(dates.expires);
      const holds = dates.effective === undefined || (firstMoment(dates.effective) ?? on) <= on;
      return status !== 'ended' && holds && to !== undefined && on <= to && to <= endsBy;
    })
    .map(({ uri, nameText, kind, owners, edges, dates }) => ({
      id: uri,
      name: nameText,
      role: kind === 'transferValue' ? kind : 'agreement',
      end: dates.expires!,
      parties:
        kind === 'transferValue'
          ? owners.map(owner)
          : (['sending', 'receiving'] as const).flatMap((role) =>
              edges
                .filter(({ relation }) => relation === `${role}Organization`)
                .map(({ target }) => ({ role, ...writtenParty(target) })),
            ),
      credentials: 0,
      renewed: 0,
    }));
}
