import type { Label } from '@credatlas/model';
import { fold, tokensOf } from '@credatlas/skills';
import type { Connection } from './Connection.ts';

type Table = 'label_values' | 'labels' | 'label_aliases' | 'label_words';

interface Line {
  table: Table;
  values: readonly string[];
  by: number;
}

const tables: Readonly<Record<Table, Statements>> = {
  label_values: statementsOf('label_values', ['field', 'value'], 'credentials'),
  labels: statementsOf('labels', ['field', 'value', 'label'], 'credentials'),
  label_aliases: statementsOf('label_aliases', ['field', 'alias', 'value'], 'credentials'),
  label_words: statementsOf('label_words', ['field', 'word', 'value'], 'uses'),
};

interface Statements {
  add: string;
  take: string;
  clear: string;
}

/** By what identifies a row of a table, and the column that counts. A name is also kept folded, as people search for it. */
function statementsOf(table: Table, columns: readonly string[], count: string): Statements {
  const all = table === 'labels' ? [...columns, 'folded'] : columns;
  const where = columns.map((column) => `${column} = ?`).join(' AND ');
  return {
    add: `INSERT INTO ${table} (${all.join(', ')}, ${count}) VALUES (${all.map(() => '?').join(', ')}, ?)
       ON CONFLICT DO UPDATE SET ${count} = ${count} + excluded.${count}`,
    take: `UPDATE ${table} SET ${count} = ${count} + ? WHERE ${where}`,
    clear: `DELETE FROM ${table} WHERE ${where} AND ${count} <= 0`,
  };
}

/** Use counts of names, exact: gathers what the credentials of one transaction add and take away, then writes each changed row once. */
export class LabelCounts {
  readonly #lines = new Map<string, Line>();

  /** A credential had the labels of `before` (as stored) and has those of `after`, which are stored as `json`. */
  replace(before: string, { after, json }: { after: Label[]; json: string }): void {
    if (before === json) return;
    this.#count(JSON.parse(before) as Label[], -1);
    this.#count(after, 1);
  }

  write(connection: Connection): void {
    for (const line of this.#lines.values()) if (line.by !== 0) add(connection, line);
    this.#lines.clear();
  }

  /** Each value, name and alias counts once for a credential, however often it uses it; a word once for each name. */
  #count(labels: Label[], by: 1 | -1): void {
    const counted = new Set<string>();
    const once = (table: Table, values: readonly string[]): boolean => {
      const id = idOf(table, values);
      if (counted.has(id)) return false;
      counted.add(id);
      this.#add(id, { table, values, by });
      return true;
    };
    for (const { field, value, label, aliases } of labels) {
      once('label_values', [field, value]);
      if (once('labels', [field, value, label])) {
        for (const word of new Set(tokensOf(label))) {
          const values = [field, word, value];
          this.#add(idOf('label_words', values), { table: 'label_words', values, by });
        }
      }
      for (const alias of aliases) once('label_aliases', [field, fold(alias), value]);
    }
  }

  #add(id: string, line: Line): void {
    const known = this.#lines.get(id);
    if (known) known.by += line.by;
    else this.#lines.set(id, line);
  }
}

function idOf(table: Table, values: readonly string[]): string {
  return `${table}\n${values.join('\n')}`;
}

function add(connection: Connection, { table, values, by }: Line): void {
  const { add, take, clear } = tables[table];
  if (by > 0) {
    connection.run(add, ...values, ...(table === 'labels' ? [fold(values[2] ?? '')] : []), by);
    return;
  }
  connection.run(take, by, ...values);
  connection.run(clear, ...values);
}
