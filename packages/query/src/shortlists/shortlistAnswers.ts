import {
  ConflictError,
  NotFoundError,
  nearestName,
  type Shortlist,
  type ShortlistEntry,
  UnacceptableDocumentError,
} from '@credatlas/model';
import { checkedName, nameOf } from '../checkedName.ts';
import type { QueryContext } from '../dependencies.ts';
import type { KnownShortlist } from './KnownShortlists.ts';
import type { ShortlistBody, ShortlistDetail, Shortlists } from './schemas.ts';

/** Lists that are kept at once, and their entries together: a facet over all of them looks each entry up. */
const maxLists = 200;
const maxEntriesOfAll = 50_000;

export async function listShortlists({ shortlists }: QueryContext): Promise<Shortlists> {
  const results = await shortlists.shortlists();
  return { meta: { total: results.length }, results };
}

/** One list with what is found of it here. Throws NotFoundError `unknown_shortlist` naming the nearest. */
export async function shortlistDetail(context: QueryContext, name: string): Promise<ShortlistDetail> {
  const list = await storedShortlist(context, name);
  const known = await context.lists.find(list.name);
  const found = known ? await entriesInUse(context, known) : new Set();
  const entries = list.entries.map((entry) => ({ ...entry, found: found.has(keyOf(entry)) }));
  return {
    ...list,
    entries,
    credentials: known ? await context.engine.count({ filter: [{ clause: known.clause }] }) : 0,
    notFound: entries.filter((entry) => !entry.found).length,
  };
}

export async function storedShortlist({ shortlists, lists }: QueryContext, name: string): Promise<Shortlist> {
  const list = await shortlists.shortlist(nameOf(name));
  if (list) return list;
  const nearest = nearestName(name, await lists.names());
  const detail = `There is no shortlist "${name.slice(0, 100)}".`;
  throw new NotFoundError('unknown_shortlist', detail, {
    faults: [{ code: 'unknown_shortlist', detail, ...(nearest ? { suggestion: nearest } : {}) }],
  });
}

/**
 * Makes a list, or replaces the one of that name; a table replaces only its entries. Throws InvalidInputError `invalid_name`,
 * UnacceptableDocumentError `invalid_body`, or ConflictError `too_many_shortlists` when as much is kept already as can be looked up.
 */
export async function keepShortlist(
  context: QueryContext,
  name: string,
  body: ShortlistBody & { isTable: boolean },
): Promise<void> {
  const { shortlists, clock } = context;
  const own = checkedName(name);
  const before = body.isTable ? await shortlists.shortlist(own) : undefined;
  const { title, scope } = before ?? body;
  const of = body.of ?? before?.of ?? 'issuers';
  refuseNames(body, of);
  await refuseTooMany(context, own, body);
  const entries = [...new Map(body.entries.map((entry) => [keyOf(entry), entry])).values()];
  const heading = { name: own, of, scope, ...(title ? { title } : {}) };
  await shortlists.putShortlist({ ...heading, entries, updatedAt: new Date(clock.now()).toISOString() });
}

function refuseNames({ entries }: ShortlistBody, of: Shortlist['of']): void {
  const at = of === 'credentials' ? entries.findIndex(({ id }) => id === undefined) : -1;
  if (at < 0) return;
  const detail = 'A credential is listed by its id: several may be called the same.';
  const fault = { code: 'invalid_value', pointer: `/entries/${at}`, detail };
  throw new UnacceptableDocumentError('invalid_body', detail, { faults: [fault] });
}

async function refuseTooMany({ shortlists }: QueryContext, own: string, { entries }: ShortlistBody): Promise<void> {
  const others = (await shortlists.shortlists()).filter(({ name }) => name !== own);
  const size = others.reduce((sum, list) => sum + list.size, entries.length);
  if (others.length < maxLists && size <= maxEntriesOfAll) return;
  throw new ConflictError(
    'too_many_shortlists',
    `At most ${maxLists} shortlists with ${maxEntriesOfAll} entries in all are kept. Delete one that is no longer needed.`,
  );
}

/** Throws NotFoundError `unknown_shortlist`. */
export async function dropShortlist(context: QueryContext, name: string): Promise<{ name: string; deleted: true }> {
  const { name: own } = await storedShortlist(context, name);
  await context.shortlists.removeShortlist(own);
  return { name: own, deleted: true };
}

/** What tells the entries of a list apart. */
function keyOf({ id, name }: ShortlistEntry): string {
  return id ?? name ?? '';
}

/** Entries that credentials are of; those of a list of credentials were looked up in the store and are there. */
async function entriesInUse({ engine }: QueryContext, { of, entries }: KnownShortlist): Promise<Set<string>> {
  const only = [...entries.keys()];
  if (of === 'credentials' || only.length === 0) return new Set([...entries.values()].map(keyOf));
  const { facets } = await engine.search({
    filter: [],
    facets: [{ name: 'issuer', kind: 'values', tag: '', field: 'issuer', size: only.length, only }],
    sort: [],
    size: 0,
  });
  const inUse = facets.issuer?.buckets.flatMap(({ value }) => entries.get(value) ?? []) ?? [];
  return new Set(inUse.map(keyOf));
}
