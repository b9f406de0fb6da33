import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { ConflictError } from '@credatlas/model';
import type { Clock, WriterLock } from '@credatlas/ports';
import { type Connection, number, type Row, text } from './Connection.ts';

/** A holder on another host counts as gone after this long without a sign of life; it gives one every tenth of it. */
const staleAfterMs = 60_000;
/** How often a waiting process looks again. */
const pollMs = 200;

/** A row per lock in the store's own file. A holder that died on this host is noticed at once. */
export class SqliteWriterLock implements WriterLock {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async acquire(
    name: 'records' | 'index',
    purpose: string,
    options: { waitMs: number; signal?: AbortSignal },
  ): Promise<() => Promise<void>> {
    const token = randomUUID();
    const deadline = this.#clock.now() + options.waitMs;
    while (!this.#take(name, purpose, token)) {
      options.signal?.throwIfAborted();
      if (this.#clock.now() >= deadline) throw this.#held(name);
      await this.#clock.sleep(pollMs, options.signal);
    }
    const beat = setInterval(() => this.#beat(name, token), staleAfterMs / 10);
    beat.unref();
    return async () => {
      clearInterval(beat);
      this.#connection.run('DELETE FROM locks WHERE name = ? AND token = ?', name, token);
    };
  }

  async holder(name: 'records' | 'index'): Promise<{ pid: number; since: string; purpose: string } | undefined> {
    const row = this.#connection.get('SELECT * FROM locks WHERE name = ?', name);
    if (!row || this.#isGone(row)) return undefined;
    return { pid: number(row, 'pid'), since: text(row, 'since'), purpose: text(row, 'purpose') };
  }

  #take(name: string, purpose: string, token: string): boolean {
    return this.#connection.transaction(() => {
      const row = this.#connection.get('SELECT * FROM locks WHERE name = ?', name);
      if (row && !this.#isGone(row)) return false;
      const now = this.#clock.now();
      this.#connection.run(
        'INSERT OR REPLACE INTO locks (name, token, pid, host, started, since, purpose, heartbeat) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        name,
        token,
        process.pid,
        hostname(),
        startOf(process.pid),
        new Date(now).toISOString(),
        purpose,
        now,
      );
      return true;
    });
  }

  #beat(name: string, token: string): void {
    this.#connection.run('UPDATE locks SET heartbeat = ? WHERE name = ? AND token = ?', this.#clock.now(), name, token);
  }

  #isGone(row: Row): boolean {
    if (text(row, 'host') !== hostname()) return this.#clock.now() - number(row, 'heartbeat') > staleAfterMs;
    return !isAlive(number(row, 'pid')) || startOf(number(row, 'pid')) !== text(row, 'started');
  }

  #held(name: string): ConflictError {
    const row = this.#connection.get('SELECT * FROM locks WHERE name = ?', name);
    const who = row ? `process ${row.pid} (${row.purpose}, since ${row.since})` : 'another process';
    return new ConflictError(
      'locked',
      `The ${name} of ${this.#connection.path} are being written by ${who}. Wait until it has finished, or end that process.`,
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When the process began, as the kernel counts it, so that a reused process id is not taken for the holder; empty where unknown. */
function startOf(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
