import type { Shortlist } from '@credatlas/model';
import type { ShortlistHeading, ShortlistReader, ShortlistWriter } from '@credatlas/ports';
import { type Connection, number, type Row, text } from './Connection.ts';
import { nextSeq } from './sequence.ts';

/** A row per list: lists are read and replaced whole. */
export class SqliteShortlists implements ShortlistReader, ShortlistWriter {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async shortlists(): Promise<ShortlistHeading[]> {
    return this.#connection
      .all('SELECT heading, size, seq FROM shortlists ORDER BY name')
      .map((row) => ({ ...headingOf(row), size: number(row, 'size') }));
  }

  async shortlist(name: string): Promise<Shortlist | undefined> {
    const row = this.#connection.get('SELECT heading, entries, seq FROM shortlists WHERE name = ?', name);
    return row && { ...headingOf(row), entries: JSON.parse(text(row, 'entries')) as Shortlist['entries'] };
  }

  async putShortlist({ entries, ...heading }: Omit<Shortlist, 'seq'>): Promise<number> {
    return this.#connection.transaction(() => {
      const seq = nextSeq(this.#connection);
      this.#connection.run(
        'INSERT OR REPLACE INTO shortlists (name, heading, entries, size, seq) VALUES (?, ?, ?, ?, ?)',
        heading.name,
        JSON.stringify(heading),
        JSON.stringify(entries),
        entries.length,
        seq,
      );
      return seq;
    });
  }

  async removeShortlist(name: string): Promise<boolean> {
    return this.#connection.run('DELETE FROM shortlists WHERE name = ?', name) > 0;
  }
}

function headingOf(row: Row): Omit<Shortlist, 'entries'> {
  return { ...(JSON.parse(text(row, 'heading')) as Omit<Shortlist, 'entries' | 'seq'>), seq: number(row, 'seq') };
}
