import { type Credential, lastMoment, partyKey, recognitionRoles } from '@credatlas/model';
import { dayMs } from '../metrics/measuredFields.ts';
import type { Lapse, LapseWindow, Lapsing, LapsingAgent } from './lapses.ts';

/** Accreditation, approval and other recognition. */
export const recognitionLapses: Lapsing = {
  roles: recognitionRoles,
  words: 'a recognition that ends in time',
  lapsesOf,
  agentsOf: async (lapses) => agentsOf(lapses),
};

function lapsesOf({ id, nameText, provider, recognition }: Credential, { on, endsBy }: LapseWindow): Lapse[] {
  const spans = recognition.map(({ role, agent, start, end, subject }) => ({
    key: `${role} ${agent ? partyKey(agent) : ''}`,
    from: start === undefined ? Number.NEGATIVE_INFINITY : Date.parse(start),
    to: (end === undefined ? undefined : lastMoment(end)) ?? Number.POSITIVE_INFINITY,
    told: {
      role,
      agent: { id: agent?.id ?? agent?.uri ?? null, name: agent?.name ?? null },
      of: subject,
      end: end ?? '',
    },
  }));
  return spans
    .filter(({ from, to }) => from <= on && on <= to && to <= endsBy)
    .map(({ key, to, told }) => ({
      credential: { id, name: nameText, provider: provider?.name ?? null },
      ...told,
      other: null,
      credit: null,
      daysLeft: Math.floor((to - on) / dayMs),
      renewed: spans.some((other) => other.key === key && other.from <= to + dayMs && other.to > endsBy),
    }));
}

function agentsOf(lapses: readonly Lapse[]): LapsingAgent[] {
  const groups = Map.groupBy(lapses, ({ agent, role }) => JSON.stringify([agent.id, agent.name, role]));
  return [...groups.values()]
    .map((own) => {
      const { agent, role } = own[0]!;
      const credentials = new Set(own.map(({ credential }) => credential.id));
      const renewed = new Set(own.filter((lapse) => lapse.renewed).map(({ credential }) => credential.id));
      return { ...agent, role, end: null, parties: [], credentials: credentials.size, renewed: renewed.size };
    })
    .sort((a, b) => b.credentials - a.credentials || (a.name ?? '').localeCompare(b.name ?? '', 'en'));
}
