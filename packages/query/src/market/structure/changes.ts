import type { GroupQuery, SearchableCurrency } from '@credatlas/model';
import { z } from 'zod';
import { pastMarket } from '../../asOf/pastMarket.ts';
import type { QueryContext } from '../../dependencies.ts';
import { parameterFault } from '../../parameterFault.ts';
import { changedFields, reasonsOf } from '../../savedQueries/changeReasons.ts';
import { type Conditions, conditionsOn } from '../../savedQueries/conditionsOn.ts';
import { changeReasonSchema } from '../../savedQueries/schemas.ts';
import { readState } from '../../savedQueries/since.ts';
import { standingsAmong } from '../../savedQueries/standingsAmong.ts';
import { foundAmong } from '../../savedQueries/truths.ts';
import { Warnings } from '../../Warnings.ts';
import type { Counting, TableParameters } from '../table/answerTable.ts';
import type { CountedTable } from '../table/CountedTable.ts';
import { overlappingOf } from '../table/countTable.ts';
import type { MarketQuestion } from '../table/marketQuestion.ts';
import { type MarketTable, tableSchema } from '../table/tableSchemas.ts';

const columns = [
  { name: 'before', label: 'credentials then', unit: 'credentials' },
  { name: 'entered', label: 'found now and not then', unit: 'credentials' },
  { name: 'left', label: 'found then and no longer', unit: 'credentials' },
  {
    name: 'moved',
    label: 'of those found on both sides, come from other rows, less gone to others',
    unit: 'credentials',
  },
  { name: 'after', label: 'credentials now', unit: 'credentials' },
];

const listed = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string().nullable(),
  reasons: z.array(changeReasonSchema).describe('Clauses that were true on one side only.'),
  changed: z.array(z.string()).describe('Fields of the record that say something else than before.'),
});
type Listed = z.infer<typeof listed>;

const sideSchema = z.object({ total: z.int(), list: z.array(listed) });

export const changesSchema = tableSchema
  .extend({
    since: z.object({
      seq: z.int(),
      day: z.string(),
      changed: z.int().describe('Records that have changed since then, whether found or not.'),
      lost: z.int().describe('Of these, those of which the version of then is no longer kept.'),
    }),
    entered: sideSchema,
    left: sideSchema.describe('As they were.'),
    changed: sideSchema.describe('Found on both sides, and saying something else.'),
  })
  .meta({ id: 'MarketChanges' });
export type MarketChanges = z.infer<typeof changesSchema>;

export interface ChangesParameters extends TableParameters {
  since: string;
  size: number;
}

type Extra = Omit<MarketChanges, keyof MarketTable>;

/**
 * What lies between two states of a table, row by row and record by record. Both are judged on the same day, so that only records make a
 * difference: before + entered - left + moved = after. Throws InvalidInputError `malformed_since`, `history_does_not_reach`,
 * `too_much_has_changed`, or `not_suppressed`: differences would give small cells away.
 */
export async function countChanges(
  live: QueryContext,
  counting: Counting,
  parameters: ChangesParameters,
): Promise<CountedTable & { extra: () => Promise<Extra> }> {
  if (parameters.suppress !== undefined)
    throw parameterFault('not_suppressed', {
      parameter: 'suppress',
      detail: 'What lies between two tables would give small cells away.',
    });
  const until = (await counting.context.engine.info()).seq;
  const given = { parameter: 'since' as const, text: parameters.since, until, now: live.clock.now() };
  const since = await readState(live.history, given);
  const past = await pastMarket(live, since.seq);
  try {
    const ids = [...past.changed].sort();
    const sides = {
      before: await sideOf(past.context, { ids, question: counting.question, parameters }),
      now: await sideOf(counting.context, { ids, question: counting.question, parameters }),
    };
    const table = await rowsOf(counting, sides);
    const lists = await listsOf(sides, { ids, size: parameters.size, currency: parameters.currency });
    const told = { seq: since.seq, day: since.day, changed: ids.length, lost: past.lost.length };
    return { ...table, extra: async () => ({ since: told, ...lists }) };
  } finally {
    await past.close();
  }
}

/** One of the two states: how it is asked, and which of the changed records are found there. */
interface Side {
  context: QueryContext;
  conditions: Conditions;
  found: ReadonlySet<string>;
}

interface Sides {
  before: Side;
  now: Side;
}

async function sideOf(
  context: QueryContext,
  given: { ids: string[]; question: MarketQuestion; parameters: ChangesParameters },
): Promise<Side> {
  const { q, mode, filter, currency, context: fields, issuerList } = given.parameters;
  const query = { q, mode, filter, currency, context: fields, issuerList };
  const conditions = await conditionsOn(context, query, {
    day: given.question.judgement.day,
    warnings: new Warnings(0),
  });
  return { context, conditions, found: await foundAmong(context.engine, given.ids, conditions) };
}

/** What has not changed is found on both sides, in the same rows. */
async function rowsOf({ groupBy, question, dimensions }: Counting, { before, now }: Sides): Promise<CountedTable> {
  const by = dimensions.map(({ engine }) => engine);
  const among = ({ text, filter }: Conditions, ids: string[]): GroupQuery => ({
    ...(text ? { text } : {}),
    ...{ filter: [...filter, { clause: { op: 'ids', ids } }], by, metrics: [] },
  });
  const only = (side: Side, other: Side): string[] => [...side.found].filter((id) => !other.found.has(id));
  const groupThen = before.context.engine;
  const answers = {
    before: await groupThen.groupBy({ ...plain(before.conditions), by, metrics: [] }),
    entered: await groupBy(among(now.conditions, only(now, before))),
    left: await groupThen.groupBy(among(before.conditions, only(before, now))),
    after: await groupBy({ ...plain(now.conditions), by, metrics: [] }),
  };
  const counted = Object.values(answers).map(({ rows }) => new Map(rows.map((row) => [keyOf(row.by), row.count])));
  const all = new Map(Object.values(answers).flatMap(({ rows }) => rows.map((row) => [keyOf(row.by), row.by])));
  const cell = ([then = 0, entered = 0, left = 0, after = 0]: (number | undefined)[]) => ({
    n: after,
    values: [then, entered, left, after - then - entered + left, after],
    unknown: columns.map(() => 0),
  });
  return {
    dimensions,
    columns,
    rows: [...all].map(([key, own]) => ({ by: own, ...cell(counted.map((counts) => counts.get(key))) })),
    totals: cell(Object.values(answers).map(({ totals }) => totals.count)),
    overlapping: await overlappingOf(groupBy, {
      ...{ question, dimensions },
      rows: answers.after.rows,
      total: answers.after.totals.count,
    }),
  };
}

function plain({ text, filter }: Conditions): Pick<GroupQuery, 'text' | 'filter'> {
  return { ...(text ? { text } : {}), filter };
}

function keyOf(by: readonly (string | null)[]): string {
  return JSON.stringify(by);
}

async function listsOf(
  { before, now }: Sides,
  { ids, size, currency }: { ids: string[]; size: number; currency: SearchableCurrency },
): Promise<Pick<MarketChanges, 'entered' | 'left' | 'changed'>> {
  const [entered, left] = [ids.filter(isOnly(now, before)), ids.filter(isOnly(before, now))];
  const both = ids.filter((id) => before.found.has(id) && now.found.has(id));
  const changed: string[] = [];
  for (let at = 0; at < both.length; at += batchSize) {
    const batch = both.slice(at, at + batchSize);
    const [then, today] = await Promise.all([before, now].map(({ context }) => context.credentials.credentials(batch)));
    changed.push(...batch.filter((id) => changedFields(then!.get(id)!, today!.get(id)!).length > 0));
  }
  const sideOfList = async (own: string[]) => {
    const shown = own.slice(0, size);
    return { total: own.length, list: await told({ before, now }, shown, currency) };
  };
  return { entered: await sideOfList(entered), left: await sideOfList(left), changed: await sideOfList(changed) };
}

/** Records that are compared at once. */
const batchSize = 500;

function isOnly(side: Side, other: Side): (id: string) => boolean {
  return (id) => side.found.has(id) && !other.found.has(id);
}

async function told({ before, now }: Sides, ids: string[], currency: SearchableCurrency): Promise<Listed[]> {
  const readOf = async ({ context, conditions }: Side) => ({
    credentials: await context.credentials.credentials(ids),
    stands: await standingsAmong(context, ids, conditions),
  });
  const [then, today] = [await readOf(before), await readOf(now)];
  return ids.map((id) => {
    const [was, is] = [then.credentials.get(id), today.credentials.get(id)];
    const stands = { before: then.stands.of(id), now: today.stands.of(id) };
    const shown = is ?? was!;
    return {
      ...{ id, name: shown.nameText, provider: shown.provider?.name ?? null },
      reasons: reasonsOf({ before: was, now: is, stands }, now.conditions, currency),
      changed: was && is ? changedFields(was, is) : [],
    };
  });
}
