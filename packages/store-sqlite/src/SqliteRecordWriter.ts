import { NotFoundError, type Refusal, type RunCounts, type RunSummary, type SourceRecord } from '@credatlas/model';
import type { RecordWriter } from '@credatlas/ports';
import { type Connection, number, optional, type Row, text } from './Connection.ts';
import { nextSeq, sourceNumber } from './sequence.ts';

type Outcome = 'written' | 'unchanged' | 'refused';

const insertRecord = `INSERT INTO records
  (source, key, uri, media_type, text, hash, run, fetched_at, modified_at, envelope, first_seen_at, version, seq)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)`;
const replaceRecord = `UPDATE records SET uri = ?, media_type = ?, text = ?, hash = ?, run = ?, fetched_at = ?, modified_at = ?, envelope = ?,
  version = version + 1, seq = ?, deleted_at = NULL, deleted_reason = NULL WHERE id = ?`;

/** Records in `records`, what a run has met in `run_keys`: that makes counts exact and a run resumable. */
export class SqliteRecordWriter implements RecordWriter {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async openSource(source: { id: string; kind: 'registry' | 'files'; uri: string; name: string }): Promise<void> {
    this.#connection.run(
      `INSERT INTO sources (slug, kind, uri, name) VALUES (?, ?, ?, ?)
       ON CONFLICT (slug) DO UPDATE SET kind = excluded.kind, uri = excluded.uri, name = excluded.name`,
      source.id,
      source.kind,
      source.uri,
      source.name,
    );
  }

  async openRun(
    source: string,
    mode: 'full' | 'incremental',
    at: string,
  ): Promise<{ run: number; counts: RunCounts; checkpoint?: string }> {
    return this.#connection.transaction(() => {
      const id = sourceNumber(this.#connection, source);
      const last = this.#connection.get('SELECT * FROM runs WHERE source = ? ORDER BY run DESC LIMIT 1', id);
      if (last && last.mode === mode && (last.state === 'running' || last.state === 'interrupted')) {
        this.#connection.run("UPDATE runs SET state = 'running' WHERE run = ?", number(last, 'run'));
        return {
          run: number(last, 'run'),
          counts: countsOf(last),
          ...(last.checkpoint ? { checkpoint: text(last, 'checkpoint') } : {}),
        };
      }
      if (last?.state === 'running')
        this.#connection.run("UPDATE runs SET state = 'interrupted' WHERE run = ?", number(last, 'run'));
      this.#connection.run(
        "INSERT INTO runs (source, mode, state, started_at) VALUES (?, ?, 'running', ?)",
        id,
        mode,
        at,
      );
      const run = number(this.#connection.get('SELECT last_insert_rowid() AS run')!, 'run');
      return { run, counts: { seen: 0, written: 0, unchanged: 0, refused: 0, tombstoned: 0 } };
    });
  }

  async write(batch: {
    run: number;
    records: SourceRecord[];
    refusals: Refusal[];
    unchangedKeys?: string[];
    checkpoint?: string;
  }): Promise<RunCounts> {
    return this.#connection.transaction(() => {
      for (const record of batch.records) this.#note(batch.run, record.key, this.#writeRecord(record));
      for (const refusal of batch.refusals) {
        this.#writeRefusal(refusal);
        this.#note(batch.run, refusal.key, 'refused');
      }
      for (const key of batch.unchangedKeys ?? []) this.#note(batch.run, key, 'unchanged');
      return this.#count(batch.run, batch.checkpoint);
    });
  }

  async tombstone(batch: {
    source: string;
    run: number;
    keys: string[];
    at: string;
    reason: string;
    checkpoint?: string;
  }): Promise<number> {
    return this.#connection.transaction(() => {
      const source = sourceNumber(this.#connection, batch.source);
      let gone = 0;
      for (const key of batch.keys) gone += this.#bury({ source, key, at: batch.at, reason: batch.reason });
      this.#connection.run('UPDATE runs SET tombstoned = tombstoned + ? WHERE run = ?', gone, batch.run);
      this.#count(batch.run, batch.checkpoint);
      return gone;
    });
  }

  async sweep(batch: { source: string; run: number; at: string }): Promise<number> {
    return this.#connection.transaction(() => {
      const source = sourceNumber(this.#connection, batch.source);
      const unseen = this.#connection.all(
        `SELECT key FROM records WHERE source = ? AND deleted_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM run_keys WHERE run = ? AND run_keys.key = records.key)`,
        source,
        batch.run,
      );
      for (const row of unseen) {
        this.#bury({ source, key: text(row, 'key'), at: batch.at, reason: 'no longer listed by the source' });
      }
      // A refusal stands as long as its document does, also when only normalization refused it and its text is unchanged.
      this.#connection.run(
        `DELETE FROM refusals WHERE source = ?
         AND NOT EXISTS (SELECT 1 FROM run_keys WHERE run_keys.run = ? AND run_keys.key = refusals.key)`,
        source,
        batch.run,
      );
      this.#connection.run('UPDATE runs SET tombstoned = tombstoned + ? WHERE run = ?', unseen.length, batch.run);
      return unseen.length;
    });
  }

  async closeRun(run: number, state: 'finished' | 'interrupted' | 'failed', at: string): Promise<RunSummary> {
    return this.#connection.transaction(() => {
      this.#connection.run('UPDATE runs SET state = ?, finished_at = ? WHERE run = ?', state, at, run);
      // What a run has met is only needed while it can be resumed.
      if (state !== 'interrupted') this.#connection.run('DELETE FROM run_keys WHERE run = ?', run);
      const row = this.#connection.get(
        'SELECT runs.*, slug FROM runs JOIN sources ON sources.id = source WHERE run = ?',
        run,
      );
      if (!row) throw new NotFoundError('unknown_run', `There is no run ${run}. Open one with openRun first.`);
      return runSummary(row);
    });
  }

  #writeRecord(record: SourceRecord): Outcome {
    const source = sourceNumber(this.#connection, record.source);
    const envelope = record.envelope ? JSON.stringify(record.envelope) : null;
    const known = this.#connection.get(
      'SELECT id, hash, deleted_at, envelope, modified_at, version FROM records WHERE source = ? AND key = ?',
      source,
      record.key,
    );
    const isUnchanged = known?.hash === record.contentHash && known.deleted_at === null;
    // What only normalization refused stays refused until its text changes.
    const ending = isUnchanged ? "AND code NOT LIKE 'normalize_%'" : '';
    this.#connection.run(`DELETE FROM refusals WHERE source = ? AND key = ? ${ending}`, source, record.key);
    const place = [
      record.uri,
      record.mediaType,
      record.text,
      record.contentHash,
      record.run,
      record.fetchedAt,
    ] as const;
    if (!known) {
      const seq = nextSeq(this.#connection);
      this.#connection.run(
        insertRecord,
        source,
        record.key,
        ...place,
        record.modifiedAt ?? null,
        envelope,
        record.fetchedAt,
        seq,
      );
      return 'written';
    }
    if (isUnchanged) {
      this.#moveFacts(known, record, envelope);
      return 'unchanged';
    }
    this.#keepVersion(number(known, 'id'));
    const seq = nextSeq(this.#connection);
    this.#connection.run(replaceRecord, ...place, record.modifiedAt ?? null, envelope, seq, number(known, 'id'));
    return 'written';
  }

  /** Envelope facts may move while the content stays; a moved clock alone changes nothing. */
  #moveFacts(known: Row, record: SourceRecord, envelope: string | null): void {
    if (envelope === null || envelope === known.envelope) return;
    const seq = nextSeq(this.#connection);
    this.#connection.run('UPDATE records SET envelope = ?, seq = ? WHERE id = ?', envelope, seq, number(known, 'id'));
    if (record.modifiedAt) {
      this.#connection.run('UPDATE records SET modified_at = ? WHERE id = ?', record.modifiedAt, number(known, 'id'));
    }
  }

  #keepVersion(record: number): void {
    this.#connection.run(
      `INSERT OR IGNORE INTO versions (record, version, hash, fetched_at, run, text)
       SELECT id, version, hash, fetched_at, run, text FROM records WHERE id = ?`,
      record,
    );
  }

  #writeRefusal(refusal: Refusal): void {
    this.#connection.run(
      'INSERT OR REPLACE INTO refusals (source, key, uri, run, at, code, reason, line, col) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      sourceNumber(this.#connection, refusal.source),
      refusal.key,
      refusal.uri,
      refusal.run,
      refusal.at,
      refusal.code,
      refusal.reason,
      refusal.line ?? null,
      refusal.column ?? null,
    );
  }

  #bury({ source, key, at, reason }: { source: number; key: string; at: string; reason: string }): number {
    this.#connection.run('DELETE FROM refusals WHERE source = ? AND key = ?', source, key);
    const live = this.#connection.get(
      'SELECT id FROM records WHERE source = ? AND key = ? AND deleted_at IS NULL',
      source,
      key,
    );
    if (!live) return 0;
    const seq = nextSeq(this.#connection);
    this.#connection.run(
      'UPDATE records SET deleted_at = ?, deleted_reason = ?, seq = ? WHERE id = ?',
      at,
      reason,
      seq,
      number(live, 'id'),
    );
    return 1;
  }

  /** A key met again counts once: as written if it ever was, else as what it was last. */
  #note(run: number, key: string, outcome: Outcome): void {
    const before = this.#connection.get('SELECT outcome FROM run_keys WHERE run = ? AND key = ?', run, key)?.outcome;
    if (before === outcome || (before === 'written' && outcome === 'unchanged')) return;
    this.#connection.run('INSERT OR REPLACE INTO run_keys (run, key, outcome) VALUES (?, ?, ?)', run, key, outcome);
    if (before) this.#connection.run(`UPDATE runs SET ${before} = ${before} - 1 WHERE run = ?`, run);
    this.#connection.run(`UPDATE runs SET ${outcome} = ${outcome} + 1 WHERE run = ?`, run);
  }

  #count(run: number, checkpoint: string | undefined): RunCounts {
    this.#connection.run(
      'UPDATE runs SET seen = written + unchanged + refused, checkpoint = coalesce(?, checkpoint) WHERE run = ?',
      checkpoint ?? null,
      run,
    );
    return countsOf(this.#connection.get('SELECT * FROM runs WHERE run = ?', run)!);
  }
}

function countsOf(row: Row): RunCounts {
  return {
    seen: number(row, 'seen'),
    written: number(row, 'written'),
    unchanged: number(row, 'unchanged'),
    refused: number(row, 'refused'),
    tombstoned: number(row, 'tombstoned'),
  };
}

export function runSummary(row: Row): RunSummary {
  const finishedAt = optional(row, 'finished_at');
  return {
    run: number(row, 'run'),
    source: text(row, 'slug'),
    mode: row.mode as RunSummary['mode'],
    state: row.state as RunSummary['state'],
    startedAt: text(row, 'started_at'),
    ...(finishedAt ? { finishedAt } : {}),
    ...countsOf(row),
  };
}
