import { ConflictError } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { parameterFault } from '../parameterFault.ts';
import { readState } from '../savedQueries/since.ts';
import { type PastMarket, pastMarket } from './pastMarket.ts';

export interface StateParameters {
  asOf?: string | undefined;
  snapshot?: number | undefined;
  unit: 'credential' | 'cluster';
}

/** An earlier state that is asked about, and the day it was reached. */
export interface WantedState extends PastMarket {
  /** When it was reached, in milliseconds, where that is known. */
  at: number | undefined;
  day: string;
}

/**
 * The state that `asOf=` (a day to its end, a moment, or a change sequence) or `snapshot=` names; undefined when it is as things are now.
 * The caller closes it. Throws InvalidInputError `malformed_as_of`, `history_does_not_reach` or `unknown_snapshot`, and ConflictError
 * `snapshot_passed` for a snapshot that can no longer be counted exactly.
 */
export async function wantedState(
  context: QueryContext,
  { asOf, snapshot, unit }: StateParameters,
): Promise<WantedState | undefined> {
  const { engine, history, clock } = context;
  if (asOf !== undefined && snapshot !== undefined)
    throw parameterFault('malformed_as_of', { parameter: 'asOf', detail: 'It is either asOf or snapshot.' });
  const until = (await engine.info()).seq;
  if (snapshot !== undefined) return snapshotState(context, { snapshot, until, unit });
  if (asOf === undefined) return undefined;
  const { seq, day } = await readState(history, { parameter: 'asOf', text: asOf, until, now: clock.now() });
  if (unit === 'cluster')
    throw parameterFault('clusters_are_not_kept', {
      parameter: 'unit',
      detail: 'Which records were about one credential is not kept; an earlier state is counted in records.',
      suggestion: 'credential',
    });
  if (seq >= until) return undefined;
  return { ...(await pastMarket(context, seq)), at: await history.momentOf(seq), day };
}

/** Changes that are counted for the message of a refusal. */
const maxCounted = 1_000;

async function snapshotState(
  context: QueryContext,
  { snapshot, until, unit }: { snapshot: number; until: number; unit: StateParameters['unit'] },
): Promise<WantedState | undefined> {
  const { history, clock } = context;
  if (snapshot > until) {
    const detail = `There is no snapshot ${snapshot} yet; the latest is ${until}.`;
    throw parameterFault('unknown_snapshot', { parameter: 'snapshot', detail, suggestion: String(until) });
  }
  const changes = await changesSince(context, { snapshot, until });
  if (changes === 0) return undefined;
  const earliest = await history.reachesBackTo();
  if (unit === 'cluster') throw passed({ snapshot, until, changes }, 'clusters are not kept as they were');
  if (snapshot < earliest) throw passed({ snapshot, until, changes }, `what was before change ${earliest} is not kept`);
  const past = await pastMarket(context, snapshot);
  if (past.lost.length === 0) {
    const at = await history.momentOf(snapshot);
    return { ...past, at, day: new Date(at ?? clock.now()).toISOString().slice(0, 10) };
  }
  await past.close();
  throw passed({ snapshot, until, changes }, `of ${past.lost.length} of them the version of then is no longer kept`);
}

async function changesSince(
  { credentials }: Pick<QueryContext, 'credentials'>,
  { snapshot, until }: { snapshot: number; until: number },
): Promise<number> {
  let changes = 0;
  for await (const { seq } of credentials.changedCredentials(snapshot)) {
    if (seq > until || changes === maxCounted) break;
    changes += 1;
  }
  return changes;
}

function passed(given: { snapshot: number; until: number; changes: number }, why: string): ConflictError {
  const many = given.changes === maxCounted ? `${maxCounted} or more` : String(given.changes);
  const detail = `${many} credentials have changed since, and ${why}.`;
  return new ConflictError(
    'snapshot_passed',
    `Snapshot ${given.snapshot} can no longer be counted: ${detail} The latest is ${given.until}; leave snapshot= out to have it.`,
    { faults: [{ code: 'snapshot_passed', parameter: 'snapshot', detail, suggestion: String(given.until) }] },
  );
}
