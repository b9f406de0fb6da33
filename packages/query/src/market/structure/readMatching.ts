import type { Credential, TaggedClause, TextQuery } from '@credatlas/model';
import type { QueryContext } from '../../dependencies.ts';

/** The stored records of what matches, in the order of their ids, up to a number; `isAll` when there were no more. */
export async function readMatching(
  { engine, credentials }: QueryContext,
  conditions: { text?: TextQuery; filter: TaggedClause[] },
  most: number,
): Promise<{ credentials: Credential[]; isAll: boolean }> {
  const found: Credential[] = [];
  for await (const ids of engine.scan(conditions)) {
    const wanted = ids.slice(0, most - found.length);
    found.push(...(await credentials.credentials(wanted)).values());
    if (wanted.length < ids.length) return { credentials: found, isAll: false };
  }
  return { credentials: found, isAll: true };
}
