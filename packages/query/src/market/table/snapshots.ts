import { ConflictError, type GroupAnswer, type GroupQuery, UnavailableError } from '@credatlas/model';
import type { CredentialReader, SearchEngine } from '@credatlas/ports';
import { parameterFault } from '../../parameterFault.ts';

export type GroupBy = (query: GroupQuery) => Promise<GroupAnswer>;

/** Tries to find a moment in which nothing is written: a table takes a fraction of the time between two batches. */
const maxTries = 5;

/**
 * Several counts of one state of the index: when something was written in between, all of them are counted again. Throws
 * UnavailableError `market_is_changing` when that never ends.
 */
export async function atOneSnapshot<T>(
  engine: SearchEngine,
  count: (groupBy: GroupBy) => Promise<T>,
): Promise<{ counted: T; snapshot: number }> {
  for (let tries = 0; tries < maxTries; tries++) {
    const seen = new Set<number>();
    const counted = await count(async (query) => {
      const answer = await engine.groupBy(query);
      seen.add(answer.seq);
      return answer;
    });
    const [snapshot = (await engine.info()).seq] = seen;
    if (seen.size <= 1) return { counted, snapshot };
  }
  throw new UnavailableError(
    'market_is_changing',
    'Credentials changed while they were counted, again and again. Ask again in a moment.',
  );
}

/** Changes that are counted for the message of a refusal. */
const maxCounted = 1_000;

/**
 * The snapshot that a table counted at `snapshot` may be said to be of, when `wanted` was asked for. Counts are the same as long as no
 * credential changed in between. Throws ConflictError `snapshot_passed` when some did, and InvalidInputError `unknown_snapshot` for one
 * that is yet to come.
 */
export async function wantedSnapshot(
  credentials: CredentialReader,
  { wanted, snapshot }: { wanted: number | undefined; snapshot: number },
): Promise<number> {
  if (wanted === undefined || wanted === snapshot) return snapshot;
  if (wanted > snapshot) {
    const detail = `There is no snapshot ${wanted} yet; the latest is ${snapshot}.`;
    throw parameterFault('unknown_snapshot', { parameter: 'snapshot', detail, suggestion: String(snapshot) });
  }
  let changes = 0;
  for await (const { seq } of credentials.changedCredentials(wanted)) {
    if (seq > snapshot || changes === maxCounted) break;
    changes += 1;
  }
  if (changes === 0) return wanted;
  const many = changes === maxCounted ? `${maxCounted} or more` : String(changes);
  throw new ConflictError(
    'snapshot_passed',
    `Snapshot ${wanted} can no longer be counted: ${many} credentials have changed since. The latest is ${snapshot}; leave snapshot= out to have it.`,
    {
      faults: [
        {
          code: 'snapshot_passed',
          parameter: 'snapshot',
          detail: `${many} credentials have changed since.`,
          suggestion: String(snapshot),
        },
      ],
    },
  );
}
