import { createHash } from 'node:crypto';
import type { Credential, IdentityDecision, IdentityFacts, IdentityPair } from '@credatlas/model';
import type { IdentityBatch, IdentityReader, IdentityWriter, PendingIdentities } from '@credatlas/ports';
import { type Connection, number, optional, type Row, text } from './Connection.ts';
import { nextSeq } from './sequence.ts';

const upToName = 'identified up to';
/** Bytes of a key's hash: as a number that JavaScript holds exactly. What meets by chance is told apart by its facts. */
const keyBytes = 6;

export class SqliteIdentities implements IdentityReader, IdentityWriter {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async pending(limit: number): Promise<PendingIdentities> {
    const since = Number(this.#connection.get('SELECT value FROM state WHERE name = ?', upToName)?.value ?? 0);
    const rows = this.#connection.all(
      "SELECT id, seq, json FROM credentials WHERE kind = 'credential' AND seq > ? ORDER BY seq LIMIT ?",
      since,
      limit,
    );
    const last = rows.at(-1);
    return {
      changes: rows.map((row) => ({
        id: text(row, 'id'),
        ...(row.json === null ? {} : { credential: JSON.parse(text(row, 'json')) as Credential }),
      })),
      decided: this.#connection.all('SELECT id FROM identity_queue ORDER BY id LIMIT ?', limit).map(idOf),
      upTo: last ? number(last, 'seq') : since,
    };
  }

  async facts(ids: string[]): Promise<Map<string, IdentityFacts>> {
    const found = new Map<string, IdentityFacts>();
    for (const id of ids) {
      const row = this.#connection.get('SELECT facts FROM identities WHERE id = ?', id);
      if (row) found.set(id, JSON.parse(text(row, 'facts')) as IdentityFacts);
    }
    return found;
  }

  async sharing(keys: string[], limit: number): Promise<Map<string, string[]>> {
    const sql = `SELECT id FROM identity_keys JOIN identities ON identities.number = identity_keys.number
      WHERE key = ? ORDER BY id LIMIT ?`;
    const found = keys.map((key): [string, string[]] => [key, this.#connection.all(sql, hashOf(key), limit).map(idOf)]);
    return new Map(found.filter(([, ids]) => ids.length > 0));
  }

  async pairs(ids: string[]): Promise<IdentityPair[]> {
    const rows = this.#touching('identity_pairs', ids);
    return rows.map((row) => ({
      a: text(row, 'a'),
      b: text(row, 'b'),
      evidence: JSON.parse(text(row, 'evidence')) as IdentityPair['evidence'],
    }));
  }

  async leads(ids: string[]): Promise<Map<string, string>> {
    const rows = this.#connection.all(
      `SELECT identities.id AS id, lead FROM json_each(?) CROSS JOIN identities ON identities.id = json_each.value
       WHERE lead IS NOT NULL`,
      JSON.stringify(ids),
    );
    return new Map(rows.map((row) => [idOf(row), text(row, 'lead')]));
  }

  async members(leads: string[]): Promise<Map<string, string[]>> {
    const sql = 'SELECT id FROM identities WHERE lead = ? ORDER BY id';
    return new Map(leads.map((lead) => [lead, this.#connection.all(sql, lead).map(idOf)]));
  }

  async clusters({ after, limit }: { after: string; limit: number }): Promise<{ leads: string[]; total: number }> {
    const rows = this.#connection.all(
      'SELECT DISTINCT lead AS id FROM identities WHERE lead > ? ORDER BY lead LIMIT ?',
      after,
      limit,
    );
    const counted = this.#connection.get('SELECT count(DISTINCT lead) AS n FROM identities WHERE lead IS NOT NULL')!;
    return { leads: rows.map(idOf), total: number(counted, 'n') };
  }

  async decisions(ids: string[]): Promise<IdentityDecision[]> {
    return this.#touching('identity_decisions', ids).map((row) => {
      const why = optional(row, 'why');
      return { a: text(row, 'a'), b: text(row, 'b'), ...(why ? { why } : {}), decidedAt: text(row, 'decided_at') };
    });
  }

  async commit({ facts, paired, leads, decided, upTo }: IdentityBatch): Promise<void> {
    this.#connection.transaction(() => {
      for (const each of facts) this.#writeFacts(each);
      for (const id of paired.of) this.#connection.run('DELETE FROM identity_pairs WHERE a = ?1 OR b = ?1', id);
      for (const { a, b, evidence } of paired.pairs)
        this.#connection.run(
          'INSERT OR REPLACE INTO identity_pairs (a, b, evidence) VALUES (?, ?, ?)',
          a,
          b,
          JSON.stringify(evidence),
        );
      for (const [id, lead] of leads) this.#writeLead(id, lead ?? null);
      for (const id of decided) this.#connection.run('DELETE FROM identity_queue WHERE id = ?', id);
      this.#connection.run('INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)', upToName, String(upTo));
    });
  }

  async decide({ a, b, why, decidedAt }: IdentityDecision): Promise<void> {
    this.#connection.transaction(() => {
      this.#connection.run(
        'INSERT OR REPLACE INTO identity_decisions (a, b, why, decided_at) VALUES (?, ?, ?, ?)',
        a,
        b,
        why ?? null,
        decidedAt,
      );
      this.#queue(a, b);
    });
  }

  async undecide({ a, b }: { a: string; b: string }): Promise<boolean> {
    return this.#connection.transaction(() => {
      const removed = this.#connection.run('DELETE FROM identity_decisions WHERE a = ? AND b = ?', a, b);
      if (removed > 0) this.#queue(a, b);
      return removed > 0;
    });
  }

  #queue(...ids: string[]): void {
    for (const id of ids) this.#connection.run('INSERT OR IGNORE INTO identity_queue (id) VALUES (?)', id);
  }

  /** Rows that name one of the records at either end, each once. */
  #touching(table: 'identity_pairs' | 'identity_decisions', ids: string[]): Row[] {
    const found = new Map<string, Row>();
    for (const id of ids)
      for (const row of this.#connection.all(`SELECT * FROM ${table} WHERE a = ?1 OR b = ?1 ORDER BY a, b`, id))
        found.set(`${row.a}\n${row.b}`, row);
    return [...found.values()];
  }

  #writeFacts({ id, facts, keys }: IdentityBatch['facts'][number]): void {
    const known = this.#connection.get('SELECT number FROM identities WHERE id = ?', id);
    if (known) this.#connection.run('DELETE FROM identity_keys WHERE number = ?', number(known, 'number'));
    if (!facts) {
      this.#connection.run('DELETE FROM identities WHERE id = ?', id);
      return;
    }
    const row = this.#connection.get(
      `INSERT INTO identities (id, facts) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET facts = excluded.facts RETURNING number`,
      id,
      JSON.stringify(facts),
    )!;
    for (const key of keys)
      this.#connection.run(
        'INSERT OR IGNORE INTO identity_keys (key, number) VALUES (?, ?)',
        hashOf(key),
        number(row, 'number'),
      );
  }

  #writeLead(id: string, lead: string | null): void {
    const isOther = this.#connection.get('SELECT 1 FROM identities WHERE id = ? AND lead IS NOT ?', id, lead);
    if (isOther)
      this.#connection.run('UPDATE identities SET lead = ?, seq = ? WHERE id = ?', lead, nextSeq(this.#connection), id);
  }
}

function idOf(row: Row): string {
  return text(row, 'id');
}

function hashOf(key: string): number {
  return createHash('sha256').update(key).digest().readUIntBE(0, keyBytes);
}
