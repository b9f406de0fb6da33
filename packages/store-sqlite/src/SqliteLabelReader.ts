import type { Label } from '@credatlas/model';
import type { LabelEntry, LabelReader } from '@credatlas/ports';
import { fold, tokensOf } from '@credatlas/skills';
import { type Connection, number, text } from './Connection.ts';

export class SqliteLabelReader implements LabelReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async labels(field: Label['field'], values: string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const value of new Set(values)) {
      const label = this.#label(field, value);
      if (label !== undefined) found.set(value, label);
    }
    return found;
  }

  async values(field: Label['field'], name: string): Promise<string[]> {
    const folded = fold(name);
    const rows = this.#connection.all(
      `SELECT value FROM label_values WHERE field = ?1 AND value = ?2
       UNION SELECT value FROM labels WHERE field = ?1 AND folded = ?3
       UNION SELECT value FROM label_aliases WHERE field = ?1 AND alias = ?3 ORDER BY value`,
      field,
      name,
      folded,
    );
    return rows.map((row) => text(row, 'value'));
  }

  async valuesOfNames(field: Label['field'], names: string[]): Promise<Map<string, string[]>> {
    const rows = this.#connection.all(
      `SELECT names.value AS name, labels.value AS value FROM json_each(?2) AS names
         CROSS JOIN labels ON labels.field = ?1 AND labels.folded = names.value
       UNION SELECT names.value, label_aliases.value FROM json_each(?2) AS names
         CROSS JOIN label_aliases ON label_aliases.field = ?1 AND alias = names.value ORDER BY name, value`,
      field,
      JSON.stringify(names),
    );
    const found = new Map<string, string[]>();
    for (const row of rows) found.set(text(row, 'name'), [...(found.get(text(row, 'name')) ?? []), text(row, 'value')]);
    return found;
  }

  async list(query: {
    field: Label['field'];
    prefix?: string;
    limit: number;
    offset: number;
  }): Promise<{ entries: LabelEntry[]; total: number }> {
    const words = tokensOf(query.prefix ?? '');
    // Every word of the prefix is a whole word of the label, the last one its beginning.
    const conditions = words.map(
      (_, index) =>
        `AND value IN (SELECT value FROM label_words WHERE field = ? AND word ${index < words.length - 1 ? '= ?' : '>= ? AND word < ?'})`,
    );
    const values = words.flatMap((word, index) =>
      index < words.length - 1 ? [query.field, word] : [query.field, word, `${word}\u{10FFFF}`],
    );
    const where = `FROM label_values WHERE field = ? ${conditions.join(' ')}`;
    const rows = this.#connection.all(
      `SELECT value, credentials ${where} ORDER BY credentials DESC, value LIMIT ? OFFSET ?`,
      query.field,
      ...values,
      query.limit,
      query.offset,
    );
    const total = number(this.#connection.get(`SELECT count(*) AS n ${where}`, query.field, ...values)!, 'n');
    return {
      total,
      entries: rows.map((row) => this.#entry(query.field, text(row, 'value'), number(row, 'credentials'))),
    };
  }

  #entry(field: Label['field'], value: string, credentials: number): LabelEntry {
    const aliases = this.#connection.all(
      'SELECT alias FROM label_aliases WHERE field = ? AND value = ? ORDER BY alias',
      field,
      value,
    );
    return {
      value,
      label: this.#label(field, value) ?? value,
      aliases: aliases.map((row) => text(row, 'alias')),
      credentials,
    };
  }

  #label(field: Label['field'], value: string): string | undefined {
    const row = this.#connection.get(
      'SELECT label FROM labels WHERE field = ? AND value = ? ORDER BY credentials DESC, label LIMIT 1',
      field,
      value,
    );
    return row && text(row, 'label');
  }
}
