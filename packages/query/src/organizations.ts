import { NotFoundError, type Organization } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import { fold } from '@credatlas/skills';
import { readCursor, writeCursor } from './cursor.ts';
import type { QueryContext } from './dependencies.ts';
import type { ListedOrganization, OrganizationList } from './schemas.ts';

export interface ListParameters {
  q?: string | undefined;
  size: number;
  after?: string | undefined;
}

/** Organizations by name, with the number of credentials each owns or offers. Throws InvalidInputError for a cursor that does not fit. */
export async function organizationList(context: QueryContext, parameters: ListParameters): Promise<OrganizationList> {
  const { q, size, after } = parameters;
  const pageOf = { list: 'organizations', q };
  const point = after ? readCursor(after, pageOf) : undefined;
  const { organizations, total } = await context.credentials.organizations({
    ...(q ? { prefix: q } : {}),
    limit: size + 1,
    ...(point?.kind === 'keyset' ? { after: { name: String(point.values[0]), id: point.id } } : {}),
  });
  const page = organizations.slice(0, size);
  const last = page.at(-1);
  const hasMore = last !== undefined && organizations.length > size;
  return {
    meta: { total, size, truncated: false, warnings: [] },
    results: await withCounts(context.engine, page),
    next: hasMore ? writeCursor({ kind: 'keyset', values: [fold(last.nameText)], id: last.id }, pageOf) : null,
  };
}

/** One organization by CTID, IRI, our id, UNITID, OPEID or the address of its page. Throws NotFoundError. */
export async function oneOrganization(context: QueryContext, identity: string): Promise<ListedOrganization> {
  const organization = await context.credentials.organization(identity);
  if (!organization) {
    throw new NotFoundError(
      'unknown_organization',
      `There is no organization "${identity.slice(0, 200)}". Use its CTID, its IRI, its UNITID or OPEID, the address of its page, or the id of a list.`,
    );
  }
  const [counted] = await withCounts(context.engine, [organization]);
  return counted!;
}

async function withCounts(engine: SearchEngine, organizations: Organization[]): Promise<ListedOrganization[]> {
  const ids = organizations.map(({ id }) => id);
  const { facets } = await engine.search({
    filter: [{ clause: { op: 'any', field: 'provider', values: ids } }],
    facets: [
      { name: 'provider', kind: 'values', tag: '', field: 'provider', size: Math.max(1, ids.length), only: ids },
    ],
    sort: [],
    size: 0,
  });
  const counts = new Map(facets.provider?.buckets.map(({ value, count }) => [value, count]));
  return organizations.map((organization) => ({ ...organization, credentials: counts.get(organization.id) ?? 0 }));
}
