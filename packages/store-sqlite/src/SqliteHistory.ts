import { inflateRawSync } from 'node:zlib';
import type { Credential } from '@credatlas/model';
import type { HistoryReader, PastCredential } from '@credatlas/ports';
import { type Connection, number, optional, type Row, text } from './Connection.ts';

export class SqliteHistory implements HistoryReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async changed(query: { after: number; until: number; limit: number }): Promise<{ id: string; seq: number }[]> {
    const rows = this.#connection.all(
      "SELECT id, seq FROM credentials WHERE kind = 'credential' AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
      query.after,
      query.until,
      query.limit,
    );
    return rows.map((row) => ({ id: text(row, 'id'), seq: number(row, 'seq') }));
  }

  async changedOf(ids: string[], seq: number): Promise<Set<string>> {
    const sql = 'SELECT 1 FROM credentials WHERE id = ? AND seq > ?';
    return new Set(ids.filter((id) => this.#connection.get(sql, id, seq)));
  }

  async asOf(ids: string[], seq: number): Promise<Map<string, PastCredential>> {
    return new Map(ids.map((id) => [id, this.#past(id, seq)]));
  }

  async seqAt(moment: number): Promise<number | undefined> {
    const row = this.#connection.get('SELECT seq FROM moments WHERE at <= ? ORDER BY at DESC LIMIT 1', moment);
    if (row) return number(row, 'seq');
    // Before the first change there was nothing, if that one is known.
    return (await this.reachesBackTo()) === 0 ? 0 : undefined;
  }

  async momentOf(seq: number): Promise<number | undefined> {
    const row = this.#connection.get('SELECT at FROM moments WHERE seq <= ? ORDER BY at DESC LIMIT 1', seq);
    return row && number(row, 'at');
  }

  async reachesBackTo(): Promise<number> {
    return Number(this.#connection.get("SELECT value FROM state WHERE name = 'history from'")?.value ?? 0);
  }

  #past(id: string, seq: number): PastCredential {
    const now = this.#connection.get('SELECT json FROM credentials WHERE id = ? AND seq <= ?', id, seq);
    if (now) return known(optional(now, 'json'));
    const row = this.#connection.get(
      'SELECT json, is_lost FROM credential_history WHERE id = ? AND seq <= ? ORDER BY seq DESC LIMIT 1',
      id,
      seq,
    );
    if (!row) return { state: 'absent' };
    return row.is_lost === 1 ? { state: 'lost' } : known(inflated(row));
  }
}

function known(json: string | undefined): PastCredential {
  return json === undefined ? { state: 'absent' } : { state: 'known', credential: JSON.parse(json) as Credential };
}

function inflated(row: Row): string | undefined {
  const bytes = row.json as unknown as Uint8Array | null;
  return bytes === null ? undefined : inflateRawSync(bytes).toString('utf8');
}
