import { ConflictError, NotFoundError, nearestName, type SavedQuery } from '@credatlas/model';
import { checkedName, nameOf } from '../checkedName.ts';
import type { QueryContext } from '../dependencies.ts';
import { Warnings } from '../Warnings.ts';
import { conditionsOn } from './conditionsOn.ts';
import type { SavedQueries, SavedQueryBody, SavedQueryDetail } from './schemas.ts';

/** Kept at once: more than one person reads through, few enough to list. */
const maxSaved = 1_000;

export async function listSavedQueries({ savedQueries }: QueryContext): Promise<SavedQueries> {
  const results = await savedQueries.savedQueries();
  return { meta: { total: results.length }, results };
}

/** Throws NotFoundError `unknown_saved_query` naming the nearest. */
export async function storedQuery({ savedQueries }: QueryContext, name: string): Promise<SavedQuery> {
  const saved = await savedQueries.savedQuery(nameOf(name));
  if (saved) return saved;
  const names = (await savedQueries.savedQueries()).map((each) => each.name);
  const nearest = nearestName(name, names);
  const detail = `There is no saved query "${name.slice(0, 100)}".`;
  throw new NotFoundError('unknown_saved_query', detail, {
    faults: [{ code: 'unknown_saved_query', detail, ...(nearest ? { suggestion: nearest } : {}) }],
  });
}

export async function savedQueryDetail(context: QueryContext, saved: SavedQuery): Promise<SavedQueryDetail> {
  const conditions = await conditionsOn(context, saved.query, { warnings: new Warnings() });
  const parameters = Object.entries(saved.query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...saved,
    total: await context.engine.count(conditions),
    url: `${context.publicUrl}/v1/credentials?${new URLSearchParams(parameters)}`,
  };
}

/**
 * Keeps a query with the state of things now. Throws InvalidInputError for a name or parameter that cannot be read, ConflictError
 * `too_many_saved_queries`.
 */
export async function keepQuery(context: QueryContext, name: string, body: SavedQueryBody): Promise<SavedQueryDetail> {
  const { savedQueries, engine, clock } = context;
  const own = checkedName(name);
  const others = (await savedQueries.savedQueries()).filter((each) => each.name !== own);
  if (others.length >= maxSaved)
    throw new ConflictError('too_many_saved_queries', `At most ${maxSaved} queries are kept. Delete one.`);
  const { title, query } = body;
  const saved: SavedQuery = {
    name: own,
    ...(title ? { title } : {}),
    query,
    savedAt: new Date(clock.now()).toISOString(),
    seq: (await engine.info()).seq,
  };
  const detail = await savedQueryDetail(context, saved);
  await savedQueries.putSavedQuery(saved);
  return detail;
}

/** Throws NotFoundError `unknown_saved_query`. */
export async function dropQuery(context: QueryContext, name: string): Promise<{ name: string; deleted: true }> {
  const saved = await storedQuery(context, name);
  await context.savedQueries.removeSavedQuery(saved.name);
  return { name: saved.name, deleted: true };
}
