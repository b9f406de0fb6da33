import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { UnavailableError } from '@credatlas/model';

export type Row = Record<string, string | number | null>;

/** One SQLite connection: statements prepared once, transactions all or nothing, SQLite's refusals in plain words. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly path: string;

  constructor(options: { path: string; readOnly: boolean }) {
    this.path = options.path;
    this.#database = guarded(options.path, () => new DatabaseSync(options.path, { readOnly: options.readOnly }));
    // WAL lets readers go on while one process writes; NORMAL loses nothing on a kill, only on a power cut.
    // Checkpoints after 16,000 pages (64 MB) instead of 1,000: a batch of records writes more, and would checkpoint each time.
    const pragmas = options.readOnly
      ? ''
      : 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16000;';
    guarded(options.path, () =>
      this.#database.exec(`${pragmas} PRAGMA busy_timeout = 15000; PRAGMA cache_size = -65536;`),
    );
  }

  exec(sql: string): void {
    guarded(this.path, () => this.#database.exec(sql));
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return guarded(this.path, () => Number(this.#prepare(sql).run(...values).changes));
  }

  /** Runs an INSERT and answers the number of its row. */
  insert(sql: string, ...values: SQLInputValue[]): number {
    return guarded(this.path, () => Number(this.#prepare(sql).run(...values).lastInsertRowid));
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return guarded(this.path, () => this.#prepare(sql).get(...values) as Row | undefined);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return guarded(this.path, () => this.#prepare(sql).all(...values) as Row[]);
  }

  /** Runs `work` between BEGIN IMMEDIATE and COMMIT; anything thrown rolls all of it back. */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const answer = work();
      this.exec('COMMIT');
      return answer;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  get database(): DatabaseSync {
    return this.#database;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Wraps SQLite's own errors once, with the file and what to do. */
function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnavailableError('store_unavailable', `The store ${path} refused: ${reason}. ${advice(reason)}`, {
      cause: error,
    });
  }
}

function advice(reason: string): string {
  if (/not a database|malformed|corrupt/i.test(reason))
    return 'Restore it from a backup with `credatlas restore`, or move it away and crawl again.';
  if (/full/i.test(reason)) return 'Free some space on the disk and try again; nothing half-written was kept.';
  if (/locked|busy/i.test(reason)) return 'Another process writes; try again when it has finished.';
  if (/unable to open|readonly|permission/i.test(reason)) return 'Check that the folder exists and may be written to.';
  return 'If it happens again, check the disk and restore from a backup.';
}

/** Text column of a row. */
export function text(row: Row, column: string): string {
  return String(row[column]);
}

/** Text column that may be empty. */
export function optional(row: Row, column: string): string | undefined {
  const value = row[column];
  return value === null || value === undefined ? undefined : String(value);
}

export function number(row: Row, column: string): number {
  return Number(row[column]);
}
