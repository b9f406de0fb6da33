import type { Credential, SavedQuery, SearchableCurrency } from '@credatlas/model';
import { readCursor, writeCursor } from '../cursor.ts';
import type { QueryContext } from '../dependencies.ts';
import { summaryOf } from '../summaryOf.ts';
import { Warnings } from '../Warnings.ts';
import { changesByDay } from './changesByDay.ts';
import { changesByRecord } from './changesByRecord.ts';
import { type Compared, type Conditions, conditionsOn } from './conditionsOn.ts';
import type { QueryChanges } from './schemas.ts';
import { readSince } from './since.ts';

/**
 * What a kept query finds now and did not find at an earlier state, and the other way round, each with its reasons: the versions of
 * every record that has changed since are put to the question, the earlier one in a small engine of its own; and what has not changed
 * is asked about on both days. Throws InvalidInputError for a `since` or cursor that does not fit.
 */
export async function queryChanges(
  context: QueryContext,
  saved: SavedQuery,
  { since: text, size, after }: { since?: string | undefined; size: number; after?: string | undefined },
): Promise<QueryChanges> {
  const warnings = new Warnings();
  const until = (await context.engine.info()).seq;
  const since = await readSince(context.history, { text, saved, until, now: context.clock.now() });
  const now = await conditionsOn(context, saved.query, { warnings });
  const before = await conditionsOn(context, saved.query, { day: since.day, warnings: new Warnings(0) });
  const compared: Compared = { context, saved, before, now, since };
  await warnOfLists(compared, warnings);
  const pageOf = { changes: saved.name, query: saved.query, since };
  const point = after ? readCursor(after, pageOf) : undefined;
  const from = point?.kind === 'keyset' ? Number(point.values[0]) : since.seq;
  const page = await changesByRecord(compared, { from, until, size: Math.max(1, size) });
  const byDay = after ? undefined : await changesByDay(compared, size);
  if (byDay?.truncated) warnings.add(`More than ${size} unchanged records entered or left by the day alone.`);
  const shown = (credential: Credential, { judgement }: Conditions) =>
    summaryOf(credential, { currency: saved.query.currency as SearchableCurrency, judgement });
  const changes = (side: 'entered' | 'left', conditions: Conditions) => [
    ...(byDay?.[side] ?? []).map(({ credential, ...change }) => ({
      ...change,
      credential: shown(credential, conditions),
    })),
    ...page.entries.flatMap((entry) =>
      entry.in === side ? [{ seq: entry.seq, ...entry.change, credential: shown(entry.credential, conditions) }] : [],
    ),
  ];
  return {
    meta: {
      name: saved.name,
      since,
      until: { seq: until, day: now.judgement.day },
      total: await context.engine.count(now),
      looked: page.looked,
      truncated: page.next !== undefined || (byDay?.truncated ?? false),
      warnings: warnings.list(),
    },
    entered: changes('entered', now),
    left: changes('left', before),
    unknown: page.entries.flatMap((entry) =>
      entry.in === 'unknown' ? [{ id: entry.id, name: entry.name, seq: entry.seq, isFound: entry.isFound }] : [],
    ),
    next: page.next === undefined ? null : writeCursor({ kind: 'keyset', values: [page.next], id: '' }, pageOf),
  };
}

/** Lists are kept as they are, not as they were. */
async function warnOfLists({ context, saved, since }: Compared, warnings: Warnings): Promise<void> {
  if (!saved.query.issuerList && !saved.query.filter?.includes('issuerList')) return;
  for (const { name, seq } of await context.shortlists.shortlists())
    if (seq > since.seq)
      warnings.add(`The shortlist ${name} has changed since; both sides are judged by what it is now.`);
}
