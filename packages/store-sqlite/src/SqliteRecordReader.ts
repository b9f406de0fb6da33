import type { EnvelopeFacts, Refusal, RunSummary, SourceState, StoredRecord } from '@credatlas/model';
import type { RecordReader } from '@credatlas/ports';
import { type Connection, number, optional, type Row, text } from './Connection.ts';
import { credentialRow, organizationRow } from './identity.ts';
import { runSummary } from './SqliteRecordWriter.ts';
import { sourceNumberIfAny } from './sequence.ts';

/** Rows read at once while streaming: few enough to let writers in between. */
const pageRows = 500;

const selectRecord = 'SELECT records.*, slug FROM records JOIN sources ON sources.id = records.source';

export class SqliteRecordReader implements RecordReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async sources(): Promise<SourceState[]> {
    return this.#connection.all('SELECT * FROM sources ORDER BY slug').map((row) => {
      const last = this.#connection.get(
        "SELECT runs.*, slug FROM runs JOIN sources ON sources.id = source WHERE source = ? AND state = 'finished' ORDER BY run DESC LIMIT 1",
        number(row, 'id'),
      );
      const count = this.#connection.get(
        'SELECT count(*) AS n FROM records WHERE source = ? AND deleted_at IS NULL',
        number(row, 'id'),
      );
      return {
        id: text(row, 'slug'),
        kind: row.kind as SourceState['kind'],
        uri: text(row, 'uri'),
        name: text(row, 'name'),
        records: number(count!, 'n'),
        ...(last ? { lastRun: runSummary(last) } : {}),
      };
    });
  }

  async runs(source: string, limit: number): Promise<RunSummary[]> {
    return this.#connection
      .all(
        'SELECT runs.*, slug FROM runs JOIN sources ON sources.id = source WHERE slug = ? ORDER BY run DESC LIMIT ?',
        source,
        limit,
      )
      .map(runSummary);
  }

  async record(source: string, key: string): Promise<StoredRecord | undefined> {
    const row = this.#connection.get(`${selectRecord} WHERE slug = ? AND key = ?`, source, key);
    return row && storedRecord(row);
  }

  async unseen(query: { source: string; run: number; limit: number }): Promise<string[]> {
    return this.#connection
      .all(
        `SELECT key FROM records JOIN sources ON sources.id = source WHERE slug = ? AND deleted_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM run_keys WHERE run = ? AND run_keys.key = records.key) ORDER BY key LIMIT ?`,
        query.source,
        query.run,
        query.limit,
      )
      .map((row) => text(row, 'key'));
  }

  async *changedRecords(since: number): AsyncIterable<StoredRecord> {
    for (let seq = since; ; ) {
      const rows = this.#connection.all(`${selectRecord} WHERE seq > ? ORDER BY seq LIMIT ${pageRows}`, seq);
      for (const row of rows) yield storedRecord(row);
      const last = rows.at(-1);
      if (!last) return;
      seq = number(last, 'seq');
    }
  }

  async versions(
    source: string,
    key: string,
  ): Promise<{ version: number; contentHash: string; fetchedAt: string; run: number; text: string }[]> {
    const id = sourceNumberIfAny(this.#connection, source);
    if (id === undefined) return [];
    return this.#connection
      .all(
        `SELECT versions.* FROM versions JOIN records ON records.id = record WHERE source = ? AND key = ? ORDER BY versions.version DESC`,
        id,
        key,
      )
      .map((row) => ({
        version: number(row, 'version'),
        contentHash: text(row, 'hash'),
        fetchedAt: text(row, 'fetched_at'),
        run: number(row, 'run'),
        text: text(row, 'text'),
      }));
  }

  async *refusals(filter: { source?: string; run?: number }): AsyncIterable<Refusal> {
    const rows = this.#connection.all(
      `SELECT refusals.*, slug FROM refusals JOIN sources ON sources.id = source
       WHERE (?1 IS NULL OR slug = ?1) AND (?2 IS NULL OR run = ?2) ORDER BY slug, key`,
      filter.source ?? null,
      filter.run ?? null,
    );
    for (const row of rows) yield refusal(row);
  }

  async recordOf(identity: string): Promise<StoredRecord | undefined> {
    const known = credentialRow(this.#connection, identity) ?? organizationRow(this.#connection, identity);
    const key = known ? text(known, 'key') : keyOf(identity);
    const row = this.#connection.get(
      `SELECT records.*, slug FROM resources JOIN records ON records.id = record JOIN sources ON sources.id = records.source
       WHERE resources.key IN (?, ?) AND (?3 IS NULL OR resources.source = ?3)
       ORDER BY is_primary DESC, coalesce(modified_at, fetched_at) DESC, slug, records.key DESC LIMIT 1`,
      key,
      identity,
      known ? number(known, 'source') : null,
    );
    return row ? storedRecord(row) : this.#buried(identity);
  }

  /** The tombstoned record of a registry is found by its key, which is the CTID. */
  #buried(identity: string): StoredRecord | undefined {
    const key = identity.toLowerCase().replace(/^.*[/:](?=ce-)/, '');
    const row = this.#connection.get(
      `SELECT records.*, slug FROM sources CROSS JOIN records ON records.source = sources.id AND records.key = ?
       ORDER BY deleted_at IS NOT NULL, slug LIMIT 1`,
      key,
    );
    return row && storedRecord(row);
  }
}

function keyOf(identity: string): string {
  return /^ce-/i.test(identity) ? `ctid:${identity.toLowerCase()}` : identity;
}

function storedRecord(row: Row): StoredRecord {
  const modifiedAt = optional(row, 'modified_at');
  const envelope = optional(row, 'envelope');
  const deletedAt = optional(row, 'deleted_at');
  return {
    source: text(row, 'slug'),
    key: text(row, 'key'),
    uri: text(row, 'uri'),
    mediaType: text(row, 'media_type'),
    text: text(row, 'text'),
    contentHash: text(row, 'hash'),
    run: number(row, 'run'),
    fetchedAt: text(row, 'fetched_at'),
    firstSeenAt: text(row, 'first_seen_at'),
    version: number(row, 'version'),
    seq: number(row, 'seq'),
    ...(modifiedAt ? { modifiedAt } : {}),
    ...(envelope ? { envelope: JSON.parse(envelope) as EnvelopeFacts } : {}),
    ...(deletedAt ? { deletedAt } : {}),
  };
}

function refusal(row: Row): Refusal {
  return {
    source: text(row, 'slug'),
    key: text(row, 'key'),
    uri: text(row, 'uri'),
    run: number(row, 'run'),
    at: text(row, 'at'),
    code: text(row, 'code'),
    reason: text(row, 'reason'),
    ...(row.line === null ? {} : { line: number(row, 'line') }),
    ...(row.col === null ? {} : { column: number(row, 'col') }),
  };
}
