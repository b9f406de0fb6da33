import type { SavedQuery } from '@credatlas/model';
import type { SavedQueryReader, SavedQueryWriter } from '@credatlas/ports';
import { type Connection, type Row, text } from './Connection.ts';

export class SqliteSavedQueries implements SavedQueryReader, SavedQueryWriter {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async savedQueries(): Promise<SavedQuery[]> {
    return this.#connection.all('SELECT content FROM saved_queries ORDER BY name').map(contentOf);
  }

  async savedQuery(name: string): Promise<SavedQuery | undefined> {
    const row = this.#connection.get('SELECT content FROM saved_queries WHERE name = ?', name);
    return row && contentOf(row);
  }

  async putSavedQuery(query: SavedQuery): Promise<void> {
    this.#connection.run(
      'INSERT OR REPLACE INTO saved_queries (name, content) VALUES (?, ?)',
      query.name,
      JSON.stringify(query),
    );
  }

  async removeSavedQuery(name: string): Promise<boolean> {
    return this.#connection.run('DELETE FROM saved_queries WHERE name = ?', name) > 0;
  }
}

function contentOf(row: Row): SavedQuery {
  return JSON.parse(text(row, 'content')) as SavedQuery;
}
