import { type Clause, type Credential, counted, InvalidInputError, transferRoles } from '@credatlas/model';
import { z } from 'zod';
import type { QueryContext } from '../../dependencies.ts';
import { creditingSteps, creditOf, leastHours } from '../../pathways/creditingSteps.ts';
import { verdicts } from '../../pathways/judged.ts';
import { stepKinds } from '../../pathways/Statement.ts';
import { amountSchema } from '../../pathways/schemas.ts';
import type { Step } from '../../pathways/steps.ts';
import { endOf, writtenAmount, writtenEnd } from '../../pathways/written.ts';
import type { MarketDimension } from '../dimensions/MarketDimension.ts';
import { rounded } from '../metrics/MarketMetric.ts';
import type { Counting, TableParameters } from '../table/answerTable.ts';
import type { CountedCell, CountedTable } from '../table/CountedTable.ts';
import { countsWhere, type GroupCounts } from '../table/countsWhere.ts';
import { overlappingOf } from '../table/countTable.ts';
import { type MarketTable, tableSchema } from '../table/tableSchemas.ts';
import { readMatching } from './readMatching.ts';

/** Short credentials with something to lead into whose ways are followed one by one. */
const maxRead = 5_000;

const named = { id: z.string().nullable(), name: z.string().nullable() };

export const creditedSchema = z
  .object({
    credential: z.object({ id: z.string(), name: z.string(), provider: z.string().nullable() }),
    days: z.number().describe('Its stated duration.'),
    to: z.object({ ...named, provider: z.string().nullable() }).describe('What it counts toward.'),
    via: z.enum(stepKinds).describe('In what way.'),
    verdict: z.enum(verdicts).describe('match: accepted; maybe: only others say so, or a needed fact is not stated.'),
    credit: amountSchema.nullable(),
    end: z.string().nullable().describe('First of the days on which the statement, or its agreement, ends.'),
    statedIn: z.object({ uri: z.string().nullable(), name: z.string().nullable() }),
    why: z.array(z.string()),
  })
  .meta({ id: 'Credited' });
type Credited = z.infer<typeof creditedSchema>;

export const creditSchema = tableSchema
  .extend({
    under: z.int().describe('Short is what takes fewer days.'),
    credits: z
      .array(creditedSchema)
      .describe('Each way that holds: accepted ones first, then most credit. Empty where small cells are suppressed.'),
    found: z.int().nullable().describe('How many there are in all; null where small cells are suppressed.'),
  })
  .meta({ id: 'MarketCredit' });
export type MarketCredit = z.infer<typeof creditSchema>;

export interface CreditParameters extends TableParameters {
  days: number;
  size: number;
}

/**
 * Which short credentials lead to credit elsewhere on the day, and to how much: of all, those that state a duration below so many days; of
 * these, those that count for credit by a transfer value, an agreement or advanced standing. Throws InvalidInputError `too_many_credits`.
 */
export async function countCredit(
  context: QueryContext,
  counting: Counting,
  { days, size, suppress }: CreditParameters,
): Promise<CountedTable & { extra: () => Promise<Omit<MarketCredit, keyof MarketTable>> }> {
  const { groupBy, question, dimensions } = counting;
  const { conditions } = question;
  const isShort: Clause = { op: 'range', field: 'days', lt: days };
  const all = await groupBy({ ...conditions, by: dimensions.map(({ engine }) => engine), metrics: [] });
  const timed = await countsWhere(groupBy, counting, { op: 'present', field: 'days' });
  const short = await countsWhere(groupBy, counting, isShort);
  const ways = await waysOf(context, counting, isShort);
  const outcome = await outcomes(counting, ways);
  const cell = (n: number, at: (counts: GroupCounts) => number): CountedCell => {
    const [noDuration, brief, matched] = [n - at(timed), at(short), outcome.matched.map(({ counts }) => at(counts))];
    const hours = outcome.matched.flatMap(({ least }, each) =>
      least === undefined ? [] : Array.from({ length: matched[each]! }, () => least),
    );
    const credited = matched.reduce((sum, count) => sum + count, 0);
    const share = brief === 0 ? null : rounded(credited / brief, 4);
    const judged = [brief, credited, share, at(outcome.maybe)];
    const amounts = [hours.at(0), medianOf(hours), hours.at(-1)].map((each) => each ?? null);
    return {
      n,
      values: [...judged, ...amounts],
      unknown: [...judged.map(() => noDuration), ...amounts.map(() => n - hours.length)],
    };
  };
  return {
    dimensions,
    columns: columnsOf(days),
    rows: all.rows.map(({ by, count }) => ({ by, ...cell(count, (counts) => counts.at(by)) })),
    totals: cell(all.totals.count, ({ total }) => total),
    overlapping: await overlappingOf(groupBy, { question, dimensions, rows: all.rows, total: all.totals.count }),
    extra: async () => {
      const isNamed = suppress === undefined;
      const credits = isNamed ? ways.flatMap(written).sort(byWorth) : [];
      return { under: days, credits: credits.slice(0, size), found: isNamed ? credits.length : null };
    },
  };
}

function columnsOf(days: number): CountedTable['columns'] {
  const of = 'of the least credit that is accepted toward any one thing';
  const unit = 'credentials';
  return [
    { name: 'short', label: `credentials that take fewer than ${days} days`, unit },
    { name: 'credited', label: 'of the short, those accepted for credit elsewhere on the day', unit },
    { name: 'creditedShare', label: 'share of the short', unit: 'share from 0 to 1' },
    {
      name: 'maybe',
      label: 'of the other short ones, those of which the receiving side is not known to accept it',
      unit,
    },
    { name: 'lowest', label: `lowest ${of}`, unit: 'semester hours' },
    { name: 'median', label: `median ${of}`, unit: 'semester hours' },
    { name: 'highest', label: `highest ${of}`, unit: 'semester hours' },
  ];
}

/** A short credential that counts elsewhere, and how. */
interface Ways {
  credential: Credential;
  steps: Step[];
}

async function waysOf(context: QueryContext, { question }: Counting, isShort: Clause): Promise<Ways[]> {
  const { conditions, judgement, warnings } = question;
  const leads: Clause = {
    op: 'or',
    clauses: [
      { op: 'present', field: 'stacksInto' },
      { op: 'held', on: judgement.on, roles: [transferRoles[0]] },
    ],
  };
  const filter = [...conditions.filter, { clause: isShort }, { clause: leads }];
  const { credentials, isAll } = await readMatching(context, { ...conditions, filter }, maxRead);
  if (!isAll) throw tooMany();
  const ways: Ways[] = [];
  let cut = 0;
  for (const credential of credentials) {
    const { steps, isCut } = await creditingSteps({ credentials: context.credentials, on: judgement.on }, credential);
    if (isCut) cut += 1;
    if (steps.length > 0) ways.push({ credential, steps });
  }
  if (cut > 0) warnings.add(`Of ${counted(cut, 'credential')} there are more ways than are followed.`);
  return ways;
}

/** How many of each row are accepted, by the credit that is accepted, and how many are only maybe. */
async function outcomes(
  { groupBy, question, dimensions }: Counting,
  ways: readonly Ways[],
): Promise<{ matched: { least: number | undefined; counts: GroupCounts }[]; maybe: GroupCounts }> {
  const kinds = Map.groupBy(ways, ({ steps }) => {
    const matches = steps.filter(({ best }) => best.verdict === 'match');
    return matches.length === 0 ? 'maybe' : mostOf(matches.flatMap((step) => leastHours(step) ?? []));
  });
  const hours = [...kinds.keys()].filter((kind) => kind !== 'maybe').sort((a, b) => (a ?? -1) - (b ?? -1));
  const ids = (kind: number | 'maybe' | undefined): string[] =>
    (kinds.get(kind) ?? []).map(({ credential }) => credential.id);
  const kept = [...hours, 'maybe' as const].map((kind, at) => ({
    value: String(at),
    clause: { op: 'ids' as const, ids: ids(kind) },
  }));
  const kindDimension: Pick<MarketDimension, 'engine'> = { engine: { kind: 'clauses', values: kept } };
  const counts = await countsWhere(groupBy, { question, dimensions: [kindDimension, ...dimensions] });
  const alone = await countsWhere(groupBy, { question, dimensions: [kindDimension] });
  const of = (at: number): GroupCounts => ({
    at: (by) => counts.at([String(at), ...by]),
    total: alone.at([String(at)]),
  });
  return { matched: hours.map((least, at) => ({ least, counts: of(at) })), maybe: of(hours.length) };
}

/** Credit toward different things does not add up: the most that any one of them accepts. */
function mostOf(hours: readonly number[]): number | undefined {
  return hours.length === 0 ? undefined : Math.max(...hours);
}

function medianOf(sorted: readonly number[]): number | undefined {
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? undefined : rounded((low + high) / 2, 4);
}

function written({ credential, steps }: Ways): Credited[] {
  const { id, nameText, provider, durationDays } = credential;
  return steps.map((step) => {
    const { statement, verdict, why } = step.best;
    const credit = creditOf(step);
    const to = writtenEnd(step.to);
    return {
      credential: { id, name: nameText, provider: provider?.name ?? null },
      days: durationDays!,
      to: { id: to.id ?? to.uri, name: to.name, provider: to.provider },
      via: step.kind,
      verdict,
      credit: credit ? writtenAmount(credit) : null,
      end: endOf(step) ?? null,
      statedIn: { uri: statement.statedIn.uri ?? null, name: statement.statedIn.name ?? null },
      why,
    };
  });
}

function byWorth(a: Credited, b: Credited): number {
  const hours = ({ credit }: Credited): number => credit?.semesterHours?.min ?? -1;
  const key = ({ credential, to }: Credited): string => JSON.stringify([credential.id, to.id, to.name]);
  return verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) || hours(b) - hours(a) || (key(a) < key(b) ? -1 : 1);
}

function tooMany(): InvalidInputError {
  const detail = `More than ${maxRead} short credentials lead into something; at most so many are followed at once. Narrow the filter.`;
  return new InvalidInputError('too_many_credits', detail, {
    faults: [{ code: 'too_many_credits', parameter: 'filter', detail }],
  });
}
