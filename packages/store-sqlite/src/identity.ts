import type { Connection, Row } from './Connection.ts';

/** The live credential, course or assessment behind a CTID (any case), canonical IRI or our id: latest updatedAt, then lowest id. */
export function credentialRow(connection: Connection, identity: string): Row | undefined {
  return best(connection, 'credentials', { identity, condition: 'withdrawn_at IS NULL' });
}

export function withdrawnRow(connection: Connection, identity: string): Row | undefined {
  return best(connection, 'credentials', { identity, condition: 'withdrawn_at IS NOT NULL' });
}

export function organizationRow(connection: Connection, identity: string): Row | undefined {
  return best(connection, 'organizations', { identity, condition: 'TRUE' });
}

function best(
  connection: Connection,
  table: string,
  { identity, condition }: { identity: string; condition: string },
): Row | undefined {
  const column = /^ce-/i.test(identity) ? 'ctid' : /^[a-z][a-z0-9+.-]*:\/\//i.test(identity) ? 'uri' : 'id';
  const value = column === 'ctid' ? identity.toLowerCase() : identity;
  const sql = (by: string): string =>
    `SELECT * FROM ${table} WHERE ${by} = ? AND ${condition} ORDER BY updated_at DESC, id LIMIT 1`;
  // A URN or another IRI without `//` is no id of ours, but may be a resource's IRI.
  return connection.get(sql(column), value) ?? (column === 'id' ? connection.get(sql('uri'), value) : undefined);
}
