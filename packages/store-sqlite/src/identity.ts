import { organizationCodeForms } from '@credatlas/model';
import { type Connection, type Row, text } from './Connection.ts';

/** The live credential, course or assessment behind a CTID (any case), canonical IRI or our id: latest updatedAt, then lowest id. */
export function credentialRow(connection: Connection, identity: string): Row | undefined {
  return best(connection, 'credentials', { identity, condition: 'withdrawn_at IS NULL' });
}

/** Its identity key and our id, without reading the record. */
export function credentialNames(connection: Connection, identity: string): { key: string; id: string } | undefined {
  const [row] = found(
    connection,
    identity,
    (by) =>
      `SELECT key, id FROM credentials WHERE ${by} = ? AND withdrawn_at IS NULL ORDER BY updated_at DESC, id LIMIT 1`,
  );
  return row && { key: text(row, 'key'), id: text(row, 'id') };
}

export function withdrawnRow(connection: Connection, identity: string): Row | undefined {
  return best(connection, 'credentials', { identity, condition: 'withdrawn_at IS NOT NULL' });
}

export function organizationRow(connection: Connection, identity: string): Row | undefined {
  const own = best(connection, 'organizations', { identity, condition: 'TRUE' });
  if (own) return own;
  for (const code of organizationCodeForms(identity)) {
    const row = connection.get(
      `SELECT organizations.* FROM organization_codes JOIN organizations USING (id) WHERE code = ? ORDER BY updated_at DESC, id LIMIT 1`,
      code,
    );
    if (row) return row;
  }
  return undefined;
}

/** Every live credential with that identity, whatever its source, lowest id first. */
export function liveIds(connection: Connection, identity: string): string[] {
  const condition = "kind = 'credential' AND withdrawn_at IS NULL";
  return found(
    connection,
    identity,
    (by) => `SELECT id FROM credentials WHERE ${by} = ? AND ${condition} ORDER BY id`,
  ).map((row) => text(row, 'id'));
}

function best(
  connection: Connection,
  table: string,
  { identity, condition }: { identity: string; condition: string },
): Row | undefined {
  const order = 'ORDER BY updated_at DESC, id LIMIT 1';
  return found(connection, identity, (by) => `SELECT * FROM ${table} WHERE ${by} = ? AND ${condition} ${order}`)[0];
}

function found(connection: Connection, identity: string, sql: (by: string) => string): Row[] {
  const column = /^ce-/i.test(identity) ? 'ctid' : /^[a-z][a-z0-9+.-]*:\/\//i.test(identity) ? 'uri' : 'id';
  const rows = connection.all(sql(column), column === 'ctid' ? identity.toLowerCase() : identity);
  // A URN or another IRI without `//` is no id of ours, but may be a resource's IRI.
  return rows.length === 0 && column === 'id' ? connection.all(sql('uri'), identity) : rows;
}
