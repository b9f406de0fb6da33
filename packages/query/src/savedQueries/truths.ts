import type { TaggedClause, TextQuery } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import type { Conditions } from './conditionsOn.ts';

/** Those of the documents that satisfy text and filter. */
export async function foundAmong(
  engine: SearchEngine,
  ids: string[],
  { text, filter }: { text?: TextQuery; filter: TaggedClause[] },
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const among: TaggedClause = { clause: { op: 'ids', ids } };
  const found = new Set<string>();
  for await (const page of engine.scan({ ...(text ? { text } : {}), filter: [...filter, among] }))
    for (const id of page) found.add(id);
  return found;
}

/** For each document which clauses hold, in the order of the filter, and at the end whether the words match. */
export async function truthsAmong(
  engine: SearchEngine,
  ids: string[],
  { text, filter }: Conditions,
): Promise<Map<string, boolean[]>> {
  const truths = new Map<string, boolean[]>(ids.map((id) => [id, []]));
  const sets: Set<string>[] = [];
  for (const { clause } of filter) sets.push(new Set(await engine.matching(ids, clause)));
  if (text) sets.push(await foundAmong(engine, ids, { text, filter: [] }));
  for (const [id, own] of truths) for (const set of sets) own.push(set.has(id));
  return truths;
}
