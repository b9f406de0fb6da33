import { type Asked, type Conditions, conditionsOf, leadsOnly, type Unit } from './conditions.ts';
import type { QueryContext } from './dependencies.ts';
import type { CredentialList } from './schemas.ts';
import { Warnings } from './Warnings.ts';

/** The total of the mode that was asked for, and a count of the other where it can differ. */
export async function bothTotals(
  context: QueryContext,
  given: Asked & { conditions: Conditions; total: number },
): Promise<CredentialList['meta']['totals']> {
  const { mode, conditions, total } = given;
  const otherMode = mode === 'strict' ? 'expanded' : 'strict';
  // Its warnings would say the same twice.
  const other = await conditionsOf(context, { ...given, mode: otherMode, warnings: new Warnings(0) });
  const isSame = !other.text && JSON.stringify(other) === JSON.stringify(conditions);
  const count = isSame ? total : await context.engine.count(other);
  return mode === 'strict' ? { strict: total, expanded: count } : { strict: count, expanded: total };
}

/** The total in the unit that was asked for, and a count in the other where any cluster makes a difference. */
export async function bothUnits(
  context: QueryContext,
  { text, filter }: Conditions,
  { unit, total }: { unit: Unit; total: number },
): Promise<CredentialList['meta']['units']> {
  const hasFollowers = (await context.known.all('follower')).length > 0;
  const others = unit === 'cluster' ? filter.filter((clause) => clause !== leadsOnly) : [...filter, leadsOnly];
  const count = hasFollowers ? await context.engine.count({ ...(text ? { text } : {}), filter: others }) : total;
  return unit === 'cluster' ? { credentials: count, clusters: total } : { credentials: total, clusters: count };
}
