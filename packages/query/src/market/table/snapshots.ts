import { type GroupAnswer, type GroupQuery, UnavailableError } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';

export type GroupBy = (query: GroupQuery) => Promise<GroupAnswer>;

/** Tries to find a moment in which nothing is written: a table takes a fraction of the time between two batches. */
const maxTries = 5;

/**
 * Several counts of one state of the index: when something was written in between, all of them are counted again. Throws
 * UnavailableError `market_is_changing` when that never ends.
 */
export async function atOneSnapshot<T>(
  engine: Pick<SearchEngine, 'groupBy' | 'info'>,
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
