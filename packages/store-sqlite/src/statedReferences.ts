import type { GraphNode, Kind } from '@credatlas/model';
import type { StatedReference } from '@credatlas/ports';
import { type Connection, number, optional, type Row, text } from './Connection.ts';

type Mark = [property: string, source: number, key: string, resource: number];

/** What points at a key, in the order of the table of references, after the mark of the page before. */
export function statedReferences(
  connection: Connection,
  { key, after, limit }: { key: string; after?: string; limit: number },
): StatedReference[] {
  const mark: Mark = after === undefined ? ['', 0, '', 0] : (JSON.parse(after) as Mark);
  const rows = connection.all(
    `SELECT refs.property AS property, refs.source AS number, refs.key AS key, refs.resource AS resource, slug,
       resources.uri AS uri, resources.kind AS kind, node, records.key AS record_key, records.uri AS record_uri, records.fetched_at AS fetched_at,
       ifnull(credentials.id, organizations.id) AS id
     FROM refs JOIN sources ON sources.id = refs.source JOIN resources ON resources.id = refs.resource
     JOIN records ON records.id = resources.record
     LEFT JOIN credentials ON credentials.source = refs.source AND credentials.key = refs.key AND withdrawn_at IS NULL
     LEFT JOIN organizations ON organizations.source = refs.source AND organizations.key = refs.key
     WHERE target = ? AND (refs.property, refs.source, refs.key, refs.resource) > (?, ?, ?, ?)
     ORDER BY refs.property, refs.source, refs.key, refs.resource LIMIT ?`,
    key,
    ...mark,
    limit,
  );
  return rows.map(statedReference);
}

function statedReference(row: Row): StatedReference {
  const id = optional(row, 'id');
  const mark: Mark = [text(row, 'property'), number(row, 'number'), text(row, 'key'), number(row, 'resource')];
  return {
    property: text(row, 'property'),
    from: {
      source: text(row, 'slug'),
      key: text(row, 'key'),
      uri: text(row, 'uri'),
      kind: row.kind as Kind,
      node: JSON.parse(text(row, 'node')) as GraphNode,
    },
    ...(id ? { id } : {}),
    record: { key: text(row, 'record_key'), uri: text(row, 'record_uri'), fetchedAt: text(row, 'fetched_at') },
    mark: JSON.stringify(mark),
  };
}
