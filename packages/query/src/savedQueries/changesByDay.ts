import type { Clause, Credential, SearchableCurrency, TaggedClause } from '@credatlas/model';
import { reasonsOf } from './changeReasons.ts';
import { type Compared, type Conditions, wholeClause } from './conditionsOn.ts';
import type { Change } from './schemas.ts';
import { standingsAmong } from './standingsAmong.ts';

type ChangeByDay = Change & { credential: Credential };

/** Records that have not changed, but are found on one of the two days only: a recognition lapses, an affirmation grows old. */
export async function changesByDay(
  compared: Compared,
  size: number,
): Promise<{ entered: ChangeByDay[]; left: ChangeByDay[]; truncated: boolean } | undefined> {
  const { before, now } = compared;
  if (JSON.stringify(before.filter) === JSON.stringify(now.filter)) return undefined;
  const entered = await onlyOn(compared, { one: now, other: before, size });
  const left = await onlyOn(compared, { one: before, other: now, size });
  return { entered: entered.changes, left: left.changes, truncated: entered.truncated || left.truncated };
}

async function onlyOn(
  { context, before, now, since, saved }: Compared,
  { one, other, size }: { one: Conditions; other: Conditions; size: number },
): Promise<{ changes: ChangeByDay[]; truncated: boolean }> {
  const not: Clause = { op: 'not', clause: wholeClause(other) };
  const filter: TaggedClause[] = [...one.filter, { clause: not }];
  const text = one.text ? { text: one.text } : {};
  const { hits, total } = await context.engine.search({
    ...text,
    filter,
    facets: [],
    sort: [{ by: 'name', descending: false }],
    size,
  });
  // What has changed is told by its versions.
  const changed = await context.history.changedOf(
    hits.map(({ id }) => id),
    since.seq,
  );
  const ids = hits.map(({ id }) => id).filter((id) => !changed.has(id));
  const credentials = await context.credentials.credentials(ids);
  const stood = await standingsAmong(context, ids, before);
  const stands = await standingsAmong(context, ids, now);
  const changes = [...credentials].map(([id, credential]) => {
    const sides = {
      before: credential,
      now: credential,
      stands: { before: stood.of(id), now: stands.of(id) },
    };
    const reasons = reasonsOf(sides, now, saved.query.currency as SearchableCurrency);
    return { seq: null, reasons, changed: [], credential };
  });
  return { changes, truncated: total > hits.length };
}
