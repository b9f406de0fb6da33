import { type Clause, type Credential, lastMoment, partyKey, recognitionRoles } from '@credatlas/model';
import { z } from 'zod';
import type { QueryContext } from '../../dependencies.ts';
import { monthsFrom } from '../../judgement.ts';
import { rounded } from '../metrics/MarketMetric.ts';
import { dayMs } from '../metrics/measuredFields.ts';
import type { Counting } from '../table/answerTable.ts';
import type { CountedTable } from '../table/CountedTable.ts';
import { countsWhere } from '../table/countsWhere.ts';
import { overlappingOf } from '../table/countTable.ts';
import { type MarketTable, tableSchema } from '../table/tableSchemas.ts';
import { readMatching } from './readMatching.ts';

const columns = [
  { name: 'lapsing', label: 'of these, those with a recognition that ends in time', unit: 'credentials' },
  { name: 'lapsingShare', label: 'share of these', unit: 'share from 0 to 1' },
];

/** Credentials whose recognitions are read one by one: a second of reading. */
const maxRead = 5_000;

const lapseSchema = z.object({
  credential: z.object({ id: z.string(), name: z.string(), provider: z.string().nullable() }),
  role: z.string(),
  agent: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
  of: z.string().describe('What is recognized: the credential, its provider, or a part of it.'),
  end: z.string(),
  daysLeft: z.number(),
  renewed: z.boolean().describe('The same agent already says that it goes on.'),
});
type Lapse = z.infer<typeof lapseSchema>;

export const lapsingSchema = tableSchema
  .extend({
    until: z.string().describe('The last day that is looked at.'),
    agents: z
      .array(
        z.object({
          id: z.string().nullable(),
          name: z.string().nullable(),
          role: z.string(),
          credentials: z.int(),
          renewed: z.int(),
        }),
      )
      .describe('Whose recognition lapses, of how many credentials.'),
    lapses: z.array(lapseSchema).describe('The next to lapse, soonest first.'),
    read: z
      .object({ credentials: z.int(), all: z.boolean() })
      .describe('Credentials that `agents` and `lapses` were read from; not all when there were too many.'),
  })
  .meta({ id: 'MarketLapsing' });
export type MarketLapsing = z.infer<typeof lapsingSchema>;

/** Recognition that holds on the day of the question and ends within so many months: counted by any dimensions, and listed. */
export async function countLapsing(
  context: QueryContext,
  counting: Counting,
  { months, size }: { months: number; size: number },
): Promise<CountedTable & { extra: () => Promise<Omit<MarketLapsing, keyof MarketTable>> }> {
  const { groupBy, question, dimensions } = counting;
  const { on } = question.judgement;
  const endsBy = monthsFrom(on, months) + dayMs - 1;
  const held: Clause = { op: 'held', on, roles: [...recognitionRoles] };
  const lapses: Clause = { ...held, endsBy };
  const { conditions } = question;
  const recognized = { ...conditions, filter: [...conditions.filter, { clause: held }] };
  const table = await groupBy({ ...recognized, by: dimensions.map(({ engine }) => engine), metrics: [] });
  const lapsing = await countsWhere(groupBy, counting, lapses);
  const cell = (n: number, lapse: number) => ({
    n,
    values: [lapse, n === 0 ? null : rounded(lapse / n, 4)],
    unknown: [0, 0],
  });
  const found = await readMatching(
    context,
    { ...conditions, filter: [...conditions.filter, { clause: lapses }] },
    maxRead,
  );
  const listed = found.credentials.flatMap((credential) => lapsesOf(credential, { on, endsBy }));
  listed.sort((a, b) => a.daysLeft - b.daysLeft);
  return {
    dimensions,
    columns,
    rows: table.rows.map(({ by, count }) => ({ by, ...cell(count, lapsing.at(by)) })),
    totals: cell(table.totals.count, lapsing.total),
    overlapping: await overlappingOf(groupBy, {
      question: { ...question, conditions: recognized },
      dimensions,
      rows: table.rows,
      total: table.totals.count,
    }),
    extra: async () => ({
      until: new Date(endsBy).toISOString().slice(0, 10),
      agents: agentsOf(listed),
      lapses: listed.slice(0, size),
      read: { credentials: found.credentials.length, all: found.isAll },
    }),
  };
}

function lapsesOf(credential: Credential, { on, endsBy }: { on: number; endsBy: number }): Lapse[] {
  const { id, nameText, provider, recognition } = credential;
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
      daysLeft: Math.floor((to - on) / dayMs),
      renewed: spans.some((other) => other.key === key && other.from <= to + dayMs && other.to > endsBy),
    }));
}

function agentsOf(lapses: readonly Lapse[]) {
  const groups = Map.groupBy(lapses, ({ agent, role }) => JSON.stringify([agent.id, agent.name, role]));
  return [...groups.values()]
    .map((own) => {
      const { agent, role } = own[0]!;
      const credentials = new Set(own.map(({ credential }) => credential.id));
      const renewed = new Set(own.filter((lapse) => lapse.renewed).map(({ credential }) => credential.id));
      return { ...agent, role, credentials: credentials.size, renewed: renewed.size };
    })
    .sort((a, b) => b.credentials - a.credentials || (a.name ?? '').localeCompare(b.name ?? '', 'en'));
}
