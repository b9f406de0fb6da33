import type { CursorStore, Validators } from '@credatlas/ports';
import { type Connection, optional, text } from './Connection.ts';

export class SqliteCursorStore implements CursorStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async cursor(name: string): Promise<string | undefined> {
    const row = this.#connection.get('SELECT value FROM state WHERE name = ?', `cursor ${name}`);
    return row && text(row, 'value');
  }

  async setCursor(name: string, value: string): Promise<void> {
    this.#connection.run('INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)', `cursor ${name}`, value);
  }

  async validators(url: string): Promise<Validators | undefined> {
    const row = this.#connection.get('SELECT etag, last_modified FROM validators WHERE url = ?', url);
    if (!row) return undefined;
    const [etag, lastModified] = [optional(row, 'etag'), optional(row, 'last_modified')];
    return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
  }

  async setValidators(url: string, { etag, lastModified }: Validators): Promise<void> {
    this.#connection.run(
      'INSERT OR REPLACE INTO validators (url, etag, last_modified) VALUES (?, ?, ?)',
      url,
      etag ?? null,
      lastModified ?? null,
    );
  }
}
