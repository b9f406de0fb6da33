import type { EnvelopeFacts, GraphNode, Issue, Kind, StoredResource } from '@credatlas/model';
import type { GraphReader, Referrer, StatedReference } from '@credatlas/ports';
import { type Connection, number, optional, type Row, text } from './Connection.ts';
import { SourceNumbers } from './SourceNumbers.ts';
import { statedReferences } from './statedReferences.ts';

const selectResource = `SELECT resources.*, sources.slug AS slug, records.key AS record_key, records.uri AS record_uri, records.media_type AS media_type,
  records.hash AS record_hash, records.run AS run, records.fetched_at AS fetched_at, records.first_seen_at AS first_seen_at,
  records.modified_at AS modified_at, records.envelope AS envelope, extractions.issues AS issues
  FROM resources JOIN records ON records.id = resources.record JOIN sources ON sources.id = resources.source
  LEFT JOIN extractions ON extractions.record = resources.record`;

/** Keys asked for in one statement: enough that the statement itself costs nothing, few enough to hold their rows. */
const keysPerStatement = 500;

/** A source sees its own pointers, and those of others that have nothing under that key themselves. */
const seenFrom = `(refs.source = ?2 OR NOT EXISTS
  (SELECT 1 FROM resources AS own WHERE own.key = refs.target AND own.source = refs.source))`;

/** Rows read at a time: enough that the page itself costs nothing, few enough to hold. */
const referrerPage = 1_000;

export class SqliteGraphReader implements GraphReader {
  readonly #connection: Connection;
  readonly #sources: SourceNumbers;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#sources = new SourceNumbers(connection);
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
    const winners = new Map<string, Row>();
    for (const page of pagesOf([...new Set(keys)])) {
      const rows = this.#connection.all(
        `${selectResource} WHERE resources.key IN (SELECT value FROM json_each(?))`,
        JSON.stringify(page),
      );
      for (const row of rows) {
        const known = winners.get(text(row, 'key'));
        if (!known || speaksBefore({ row, known, asking: source })) winners.set(text(row, 'key'), row);
      }
    }
    return new Map([...winners].map(([key, row]) => [key, storedResource(row)]));
  }

  async referrers(
    source: string,
    keys: string[],
    properties?: readonly string[],
  ): Promise<{ target: string; property: string; source: string; key: string }[]> {
    const asking = this.#sources.ifAny(source) ?? 0;
    const wanted = properties ? 'AND property IN (SELECT value FROM json_each(?3))' : 'AND ?3 IS NULL';
    return pagesOf([...new Set(keys)]).flatMap((page) =>
      this.#connection
        .all(
          `SELECT DISTINCT target, slug, refs.key AS key, property FROM refs JOIN sources ON sources.id = refs.source
           WHERE target IN (SELECT value FROM json_each(?1)) ${wanted} AND ${seenFrom}
           ORDER BY target, slug, refs.key, property`,
          JSON.stringify(page),
          asking,
          properties ? JSON.stringify(properties) : null,
        )
        .map((row) => ({
          target: text(row, 'target'),
          property: text(row, 'property'),
          source: text(row, 'slug'),
          key: text(row, 'key'),
        })),
    );
  }

  async *eachReferrer(source: string, keys: string[]): AsyncIterable<Referrer> {
    const asking = this.#sources.ifAny(source) ?? 0;
    for (const wanted of pagesOf(keys)) {
      let after: Row | undefined;
      do {
        const rows = this.#referrersAfter(after, { wanted: JSON.stringify(wanted), asking });
        for (const row of rows)
          yield {
            property: text(row, 'property'),
            source: text(row, 'slug'),
            key: text(row, 'key'),
            kind: row.kind as Kind,
          };
        after = rows.length < referrerPage ? undefined : rows.at(-1);
      } while (after);
    }
  }

  #referrersAfter(after: Row | undefined, { wanted, asking }: { wanted: string; asking: number }): Row[] {
    return this.#connection.all(
      `SELECT target, refs.source AS number, slug, refs.key AS key, property, resource, resources.kind AS kind
       FROM refs JOIN sources ON sources.id = refs.source JOIN resources ON resources.id = resource
       WHERE target IN (SELECT value FROM json_each(?1)) AND target >= ?3
         AND (target, property, refs.source, refs.key, resource) > (?3, ?4, ?5, ?6, ?7) AND ${seenFrom}
         AND NOT EXISTS (SELECT 1 FROM stale WHERE stale.source = refs.source AND stale.key = refs.key)
       ORDER BY target, property, refs.source, refs.key, resource LIMIT ${referrerPage}`,
      wanted,
      asking,
      ...(after
        ? [
            text(after, 'target'),
            text(after, 'property'),
            number(after, 'number'),
            text(after, 'key'),
            number(after, 'resource'),
          ]
        : ['', '', 0, '', 0]),
    );
  }

  async references(query: { key: string; after?: string; limit: number }): Promise<StatedReference[]> {
    return statedReferences(this.#connection, query);
  }

  async referenceCounts(key: string): Promise<{ property: string; count: number }[]> {
    return this.#connection
      .all('SELECT property, count(*) AS n FROM refs WHERE target = ? GROUP BY property ORDER BY property', key)
      .map((row) => ({ property: text(row, 'property'), count: number(row, 'n') }));
  }

  async holders(keys: string[]): Promise<Map<string, { source: string; kind: Kind }[]>> {
    const rows = pagesOf([...new Set(keys)]).flatMap((page) =>
      this.#connection.all(
        `SELECT DISTINCT resources.key AS key, slug, resources.kind AS kind
         FROM resources JOIN sources ON sources.id = resources.source
         WHERE resources.key IN (SELECT value FROM json_each(?)) ORDER BY slug`,
        JSON.stringify(page),
      ),
    );
    const held = rows.map((row) => ({ key: text(row, 'key'), source: text(row, 'slug'), kind: row.kind as Kind }));
    return Map.groupBy(held, ({ key }) => key);
  }

  async readers(source: string, keys: string[]): Promise<string[]> {
    const rows = pagesOf(keys).flatMap((page) =>
      this.#connection.all(
        `SELECT read_by FROM resources WHERE key IN (SELECT value FROM json_each(?)) AND source = ? AND read_by <> '[]'`,
        JSON.stringify(page),
        this.#sources.ifAny(source) ?? 0,
      ),
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
    references: listOf<StoredResource['references'][number]>(text(row, 'refs')),
    readBy: readBy(row),
    issues: listOf<Issue>(optional(row, 'issues')),
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
  return listOf<string>(text(row, 'read_by'));
}

/** Most lists are empty, and parsing them would cost more than the rest of the row. */
function listOf<T>(json: string | undefined): T[] {
  return json === undefined || json === '[]' ? [] : (JSON.parse(json) as T[]);
}

function pagesOf(keys: string[]): string[][] {
  const pages: string[][] = [];
  for (let from = 0; from < keys.length; from += keysPerStatement)
    pages.push(keys.slice(from, from + keysPerStatement));
  return pages;
}

/** Which of two rows speaks for a resource, by the order that the port promises. */
function speaksBefore({ row, known, asking }: { row: Row; known: Row; asking: string }): boolean {
  const [own, other] = [text(row, 'slug'), text(known, 'slug')];
  if (own !== other) return other !== asking && (own === asking || own < other);
  if (row.is_primary !== known.is_primary) return row.is_primary === 1;
  const [modified, before] = [optional(row, 'modified_at') ?? '', optional(known, 'modified_at') ?? ''];
  return modified === before ? text(row, 'record_key') > text(known, 'record_key') : modified > before;
}
