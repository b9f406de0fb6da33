import type { Clause } from '@credatlas/model';
import { z } from 'zod';
import type { QueryContext } from '../../dependencies.ts';
import { monthsFrom } from '../../judgement.ts';
import { rounded } from '../metrics/MarketMetric.ts';
import { dayMs } from '../metrics/measuredFields.ts';
import type { Counting, TableParameters } from '../table/answerTable.ts';
import type { CountedTable } from '../table/CountedTable.ts';
import { countsWhere, type GroupCounts } from '../table/countsWhere.ts';
import { overlappingOf } from '../table/countTable.ts';
import { type MarketTable, tableSchema } from '../table/tableSchemas.ts';
import { agreementLapses } from './agreementLapses.ts';
import { lapseSchema, lapsingAgentSchema } from './lapses.ts';
import { readMatching } from './readMatching.ts';
import { recognitionLapses } from './recognitionLapses.ts';

/** Credentials that are read one by one: a second of reading. */
const maxRead = 5_000;

export const lapsingSchema = tableSchema
  .extend({
    asked: z.int().describe('Credentials asked about; `n` are those of them that hold something on the day.'),
    until: z.string().describe('The last day that is looked at.'),
    agents: z
      .array(lapsingAgentSchema)
      .describe(
        'Whose recognition lapses, of how many credentials; of agreements each that ends (see `listed`), soonest first, at most 1,000.',
      ),
    lapses: z.array(lapseSchema).describe('The next to lapse, soonest first.'),
    listed: z
      .enum(['all', 'named'])
      .describe(
        'What `agents` lists: all, also agreements that no credential is named in; or only those by which the credentials asked about lose.',
      ),
    read: z
      .object({ credentials: z.int(), all: z.boolean() })
      .describe('Credentials that `agents` and `lapses` were read from; not all when there were too many.'),
  })
  .meta({ id: 'MarketLapsing' });
export type MarketLapsing = z.infer<typeof lapsingSchema>;

export const lapsingTopics = ['recognition', 'agreements'] as const;

export interface LapsingParameters extends TableParameters {
  of: (typeof lapsingTopics)[number];
  months: number;
  size: number;
}

/** What holds on the day of the question and ends within so many months: counted by any dimensions, and listed. */
export async function countLapsing(
  context: QueryContext,
  counting: Counting,
  parameters: LapsingParameters,
): Promise<CountedTable & { extra: () => Promise<Omit<MarketLapsing, keyof MarketTable>> }> {
  const { groupBy, question, dimensions } = counting;
  const { on } = question.judgement;
  const endsBy = monthsFrom(on, parameters.months) + dayMs - 1;
  const isAll = listsAll(counting, parameters);
  const lapsing =
    parameters.of === 'recognition' ? recognitionLapses : agreementLapses(isAll ? context.credentials : undefined);
  const held: Clause = { op: 'held', on, roles: [...lapsing.roles] };
  const lapses: Clause = { ...held, endsBy };
  const { conditions } = question;
  const holding = { ...conditions, filter: [...conditions.filter, { clause: held }] };
  const table = await groupBy({ ...holding, by: dimensions.map(({ engine }) => engine), metrics: [] });
  const ending = await countsWhere(groupBy, counting, lapses);
  const ends = await countsWhere(groupBy, counting, { ...held, endsBy: Number.MAX_SAFE_INTEGER });
  const asked = await countsWhere(groupBy, { question, dimensions: [] });
  const cell = (n: number, at: (counts: GroupCounts) => number) => {
    const [lapse, dated] = [at(ending), at(ends)];
    return { n, values: [lapse, dated === 0 ? null : rounded(lapse / dated, 4)], unknown: [n - dated, n - dated] };
  };
  return {
    dimensions,
    columns: [
      { name: 'lapsing', label: `of these, those with ${lapsing.words}`, unit: 'credentials' },
      { name: 'lapsingShare', label: 'share of those that state an end', unit: 'share from 0 to 1' },
    ],
    rows: table.rows.map(({ by, count }) => ({ by, ...cell(count, (counts) => counts.at(by)) })),
    totals: cell(table.totals.count, ({ total }) => total),
    overlapping: await overlappingOf(groupBy, {
      question: { ...question, conditions: holding },
      dimensions,
      rows: table.rows,
      total: table.totals.count,
    }),
    extra: async () => {
      const filter = [...conditions.filter, { clause: lapses }];
      const found = await readMatching(context, { ...conditions, filter }, maxRead);
      const window = { on, endsBy };
      const listed = found.credentials.flatMap((credential) => lapsing.lapsesOf(credential, window));
      listed.sort((a, b) => a.daysLeft - b.daysLeft);
      return {
        asked: asked.total,
        until: new Date(endsBy).toISOString().slice(0, 10),
        agents: await lapsing.agentsOf(listed, window),
        lapses: listed.slice(0, parameters.size),
        listed: isAll ? 'all' : 'named',
        read: { credentials: found.credentials.length, all: found.isAll },
      };
    },
  };
}

/** Whether agreements that no credential is named in are listed, too: those of the whole market of now. Says so where they are left out. */
function listsAll({ question, isPast }: Counting, { of, q, filter }: LapsingParameters): boolean {
  if (of !== 'agreements') return false;
  const left = 'Agreements and transfer values in which none of these credentials is named are not listed';
  if (q !== undefined || filter !== undefined) question.warnings.add(`${left}; without q and filter all are.`);
  else if (isPast) question.warnings.add(`${left}: of an earlier state only credentials are kept.`);
  else return true;
  return false;
}
