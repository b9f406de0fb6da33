import type { Credential, SearchableCurrency } from '@credatlas/model';
import type { PastCredential, SearchEngine } from '@credatlas/ports';
import { Warnings } from '../Warnings.ts';
import { type BothSides, changedFields, reasonsOf } from './changeReasons.ts';
import { type Compared, conditionsOn } from './conditionsOn.ts';
import { withPastNames } from './pastNames.ts';
import type { Change } from './schemas.ts';
import { standingsAmong } from './standingsAmong.ts';
import { foundAmong } from './truths.ts';

/** Changed records looked at together: as many as one small engine of the past holds at once. */
const batchSize = 200;
/** Changed records that one answer looks at: what a second has room for. `next` goes on behind them. */
const maxLooked = 1_000;

/** A record that is found on one side only, or of which that cannot be told. */
export type ChangedRecord = (
  | { in: 'entered' | 'left'; credential: Credential }
  | { in: 'unknown'; isFound: boolean; name: string }
) & {
  id: string;
  seq: number;
  change: Omit<Change, 'seq'>;
};

/** Goes through the changed records by their last change until the page is full, or enough has been looked at. */
export async function changesByRecord(
  compared: Compared,
  { from, until, size }: { from: number; until: number; size: number },
): Promise<{ entries: ChangedRecord[]; looked: number; next?: number }> {
  const entries: ChangedRecord[] = [];
  let [after, looked] = [from, 0];
  while (looked < maxLooked) {
    const changed = await compared.context.history.changed({ after, until, limit: batchSize });
    for (const entry of await entriesAmong(compared, changed)) {
      if (entries.length === size) return { entries, looked, next: after };
      entries.push(entry);
      after = entry.seq;
    }
    looked += changed.length;
    after = changed.at(-1)?.seq ?? after;
    if (changed.length < batchSize) return { entries, looked };
  }
  return { entries, looked, next: after };
}

async function entriesAmong(compared: Compared, changed: { id: string; seq: number }[]): Promise<ChangedRecord[]> {
  if (changed.length === 0) return [];
  const { context, now, since, saved } = compared;
  const ids = changed.map(({ id }) => id);
  const past = await context.history.asOf(ids, since.seq);
  const known = [...past.values()].flatMap((each) => (each.state === 'known' ? [each.credential] : []));
  const pastEngine = await context.engineOver(known);
  try {
    // What a name stood for may be known from the earlier versions only.
    const named = withPastNames(context, { credentials: known, engine: pastEngine });
    const before = await conditionsOn(named, saved.query, { day: since.day, warnings: new Warnings(0) });
    const knownIds = known.map(({ id }) => id);
    const found = {
      before: await foundAmong(pastEngine, knownIds, before),
      now: await foundAmong(context.engine, ids, now),
    };
    const moved = changed.filter(
      ({ id }) => past.get(id)?.state === 'lost' || found.before.has(id) !== found.now.has(id),
    );
    return await explained({ ...compared, before }, { moved, past, found, pastEngine });
  } finally {
    await pastEngine.close();
  }
}

async function explained(
  compared: Compared,
  given: {
    moved: { id: string; seq: number }[];
    past: Map<string, PastCredential>;
    found: { before: Set<string>; now: Set<string> };
    pastEngine: SearchEngine;
  },
): Promise<ChangedRecord[]> {
  const { context, before, now, saved } = compared;
  const { moved, past, found, pastEngine } = given;
  const ids = moved.map(({ id }) => id);
  const stood = await standingsAmong({ ...context, engine: pastEngine }, ids, before);
  const stands = await standingsAmong(context, ids, now);
  const present = await context.credentials.credentials(ids);
  const entries: ChangedRecord[] = [];
  for (const { id, seq } of moved) {
    const was = past.get(id);
    const current = present.get(id);
    const isFound = found.now.has(id);
    const none = { reasons: [], changed: [] };
    if (was?.state === 'lost') {
      entries.push({ in: 'unknown', id, seq, isFound, name: current?.nameText ?? id, change: none });
      continue;
    }
    const earlier = was?.state === 'known' ? was.credential : undefined;
    const credential = isFound ? current : earlier;
    if (!credential) continue;
    const sides: BothSides = {
      before: earlier,
      now: current,
      stands: { before: stood.of(id), now: stands.of(id) },
    };
    const change = {
      reasons: reasonsOf(sides, now, saved.query.currency as SearchableCurrency),
      changed: earlier && current ? changedFields(earlier, current) : [],
    };
    entries.push({ in: isFound ? 'entered' : 'left', id, seq, credential, change });
  }
  return entries;
}
