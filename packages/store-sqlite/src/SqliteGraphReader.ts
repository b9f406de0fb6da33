import type { EnvelopeFacts, GraphNode, Issue, Kind, StoredResource } from '@credatlas/model';
import type { GraphReader, Referrer } from '@credatlas/ports';
import { type Connection, number, optional, type Row, text } from './Connection.ts';
import { sourceNumberIfAny } from './sequence.ts';

const selectResource = `SELECT resources.*, sources.slug AS slug, records.key AS record_key, records.uri AS record_uri, records.media_type AS media_type,
  records.hash AS record_hash, records.run AS run, records.fetched_at AS fetched_at, records.first_seen_at AS first_seen_at,
  records.modified_at AS modified_at, records.envelope AS envelope, extractions.issues AS issues
  FROM resources JOIN records ON records.id = resources.record JOIN sources ON sources.id = resources.source
  LEFT JOIN extractions ON extractions.record = resources.record`;

/** The record that speaks for a resource within one source, and the source that speaks when the asking one has none. */
const winnerOrder = `ORDER BY resources.source = ? DESC, sources.slug, is_primary DESC,
  coalesce(records.modified_at, '') DESC, records.key DESC LIMIT 1`;

/** A source sees its own pointers, and those of others that have nothing under that key themselves. */
const seenFrom = `(refs.source = ?2 OR NOT EXISTS
  (SELECT 1 FROM resources AS own WHERE own.key = ?1 AND own.source = refs.source))`;

/** Rows read at a time: enough that the page itself costs nothing, few enough to hold. */
const referrerPage = 1_000;

export class SqliteGraphReader implements GraphReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async extractedUpTo(): Promise<number> {
    return Number(this.#connection.get("SELECT value FROM state WHERE name = 'extracted up to'")?.value ?? 0);
  }

  async changedKeys(limit: number): Promise<{ source: string; key: string }[]> {
    return this.#keys('stale', limit);
  }

  async queued(limit: number): Promise<{ source: string; key: string }[]> {
    return this.#keys('queue', limit);
  }

  async queueLength(): Promise<number> {
    return number(this.#connection.get('SELECT count(*) AS n FROM queue')!, 'n');
  }

  async resources(source: string, keys: string[]): Promise<Map<string, StoredResource>> {
    const asking = sourceNumberIfAny(this.#connection, source) ?? 0;
    const found = new Map<string, StoredResource>();
    for (const key of new Set(keys)) {
      const row = this.#connection.get(`${selectResource} WHERE resources.key = ? ${winnerOrder}`, key, asking);
      if (row) found.set(key, storedResource(row));
    }
    return found;
  }

  async referrers(
    source: string,
    keys: string[],
    properties?: readonly string[],
  ): Promise<{ target: string; property: string; source: string; key: string }[]> {
    const asking = sourceNumberIfAny(this.#connection, source) ?? 0;
    const wanted = properties ? JSON.stringify(properties) : null;
    return [...new Set(keys)].flatMap((target) =>
      this.#connection
        .all(
          `SELECT DISTINCT slug, refs.key AS key, property FROM refs JOIN sources ON sources.id = refs.source
           WHERE target = ?1 AND (?3 IS NULL OR property IN (SELECT value FROM json_each(?3))) AND ${seenFrom}
           ORDER BY slug, refs.key, property`,
          target,
          asking,
          wanted,
        )
        .map((row) => ({ target, property: text(row, 'property'), source: text(row, 'slug'), key: text(row, 'key') })),
    );
  }

  async *eachReferrer(source: string, key: string): AsyncIterable<Referrer> {
    const asking = sourceNumberIfAny(this.#connection, source) ?? 0;
    let [fromSource, fromKey, fromProperty, fromResource] = [0, '', '', 0];
    for (;;) {
      const page = this.#connection.all(
        `SELECT refs.source AS number, slug, refs.key AS key, property, resource, resources.kind AS kind
         FROM refs JOIN sources ON sources.id = refs.source JOIN resources ON resources.id = resource
         WHERE target = ?1 AND (refs.source, refs.key, property, resource) > (?3, ?4, ?5, ?6) AND ${seenFrom}
         ORDER BY refs.source, refs.key, property, resource LIMIT ${referrerPage}`,
        key,
        asking,
        fromSource,
        fromKey,
        fromProperty,
        fromResource,
      );
      for (const row of page) {
        const [property, slug] = [text(row, 'property'), text(row, 'slug')];
        yield { property, source: slug, key: text(row, 'key'), kind: row.kind as Kind };
      }
      const last = page.at(-1);
      if (!last || page.length < referrerPage) return;
      [fromSource, fromKey] = [number(last, 'number'), text(last, 'key')];
      [fromProperty, fromResource] = [text(last, 'property'), number(last, 'resource')];
    }
  }

  async holders(key: string): Promise<{ source: string; kind: Kind }[]> {
    return this.#connection
      .all(
        `SELECT DISTINCT slug, resources.kind AS kind FROM resources JOIN sources ON sources.id = resources.source
         WHERE resources.key = ? ORDER BY slug`,
        key,
      )
      .map((row) => ({ source: text(row, 'slug'), kind: row.kind as Kind }));
  }

  async readers(source: string, key: string): Promise<string[]> {
    const rows = this.#connection.all(
      'SELECT read_by FROM resources WHERE key = ? AND source = ?',
      key,
      sourceNumberIfAny(this.#connection, source) ?? 0,
    );
    return [...new Set(rows.flatMap(readBy))];
  }

  #keys(table: 'stale' | 'queue', limit: number): { source: string; key: string }[] {
    return this.#connection
      .all(`SELECT slug, key FROM ${table} JOIN sources ON sources.id = source ORDER BY source, key LIMIT ?`, limit)
      .map((row) => ({ source: text(row, 'slug'), key: text(row, 'key') }));
  }
}

function storedResource(row: Row): StoredResource {
  const ctid = optional(row, 'ctid');
  const modifiedAt = optional(row, 'modified_at');
  const envelope = optional(row, 'envelope');
  return {
    source: text(row, 'slug'),
    recordKey: text(row, 'record_key'),
    key: text(row, 'key'),
    uri: text(row, 'uri'),
    ...(ctid ? { ctid } : {}),
    kind: row.kind as Kind,
    primary: row.is_primary === 1,
    node: JSON.parse(text(row, 'node')) as GraphNode,
    references: JSON.parse(text(row, 'refs')) as StoredResource['references'],
    readBy: readBy(row),
    issues: JSON.parse(optional(row, 'issues') ?? '[]') as Issue[],
    record: {
      key: text(row, 'record_key'),
      uri: text(row, 'record_uri'),
      mediaType: text(row, 'media_type'),
      contentHash: text(row, 'record_hash'),
      run: number(row, 'run'),
      fetchedAt: text(row, 'fetched_at'),
      firstSeenAt: text(row, 'first_seen_at'),
      ...(modifiedAt ? { modifiedAt } : {}),
      ...(envelope ? { envelope: JSON.parse(envelope) as EnvelopeFacts } : {}),
    },
  };
}

function readBy(row: Row): string[] {
  return JSON.parse(text(row, 'read_by')) as string[];
}
