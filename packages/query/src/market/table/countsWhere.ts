import type { Clause } from '@credatlas/model';
import type { MarketDimension } from '../dimensions/MarketDimension.ts';
import type { MarketQuestion } from './marketQuestion.ts';
import type { GroupBy } from './snapshots.ts';

/** Credentials of each group, and of all together. */
export interface GroupCounts {
  at(by: readonly (string | null)[]): number;
  total: number;
}

/** How many of the credentials that are asked about satisfy a condition too, group by group. */
export async function countsWhere(
  groupBy: GroupBy,
  { question, dimensions }: { question: MarketQuestion; dimensions: readonly Pick<MarketDimension, 'engine'>[] },
  clause?: Clause,
): Promise<GroupCounts> {
  const { text, filter } = question.conditions;
  const { rows, totals } = await groupBy({
    ...(text ? { text } : {}),
    filter: clause ? [...filter, { clause }] : filter,
    by: dimensions.map(({ engine }) => engine),
    metrics: [],
  });
  const counts = new Map(rows.map(({ by, count }) => [JSON.stringify(by), count]));
  return { at: (by) => counts.get(JSON.stringify(by)) ?? 0, total: totals.count };
}
