import type { Label } from '@credatlas/model';
import { fold, tokensOf } from '@credatlas/skills';
import type { Connection } from './Connection.ts';

type Table = 'label_values' | 'labels' | 'label_aliases' | 'label_words';

interface Line {
  table: Table;
  values: readonly string[];
  by: number;
}

/** What identifies a row of each table, and the column that counts. */
const tables: Record<Table, { columns: readonly string[]; count: string }> = {
  label_values: { columns: ['field', 'value'], count: 'credentials' },
  labels: { columns: ['field', 'value', 'label'], count: 'credentials' },
  label_aliases: { columns: ['field', 'alias', 'value'], count: 'credentials' },
  label_words: { columns: ['field', 'word', 'value'], count: 'uses' },
};

/** Use counts of names, exact: gathers what the credentials of one transaction add and take away, then writes each changed row once. */
export class LabelCounts {
  readonly #lines = new Map<string, Line>();

  /** A credential had the labels of `before` (as stored) and has those of `after`. */
  replace(before: string, after: Label[]): void {
    if (before === JSON.stringify(after)) return;
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
    const isFirst = (...parts: string[]): boolean => {
      const id = parts.join('\n');
      return !counted.has(id) && Boolean(counted.add(id));
    };
    for (const { field, value, label, aliases } of labels) {
      if (isFirst('value', field, value)) this.#add({ table: 'label_values', values: [field, value], by });
      if (isFirst('label', field, value, label)) {
        this.#add({ table: 'labels', values: [field, value, label], by });
        for (const word of new Set(tokensOf(label)))
          this.#add({ table: 'label_words', values: [field, word, value], by });
      }
      for (const alias of aliases.map(fold)) {
        if (isFirst('alias', field, alias, value))
          this.#add({ table: 'label_aliases', values: [field, alias, value], by });
      }
    }
  }

  #add({ table, values, by }: Line): void {
    const id = `${table}\n${values.join('\n')}`;
    const known = this.#lines.get(id);
    if (known) known.by += by;
    else this.#lines.set(id, { table, values, by });
  }
}

/** A name is also kept folded, as people search for it. */
function add(connection: Connection, { table, values, by }: Line): void {
  const { columns, count } = tables[table];
  const where = columns.map((column) => `${column} = ?`).join(' AND ');
  if (by > 0) {
    const folded = table === 'labels' ? [fold(values[2] ?? '')] : [];
    const all = [...columns, ...(table === 'labels' ? ['folded'] : [])];
    connection.run(
      `INSERT INTO ${table} (${all.join(', ')}, ${count}) VALUES (${all.map(() => '?').join(', ')}, ?)
       ON CONFLICT DO UPDATE SET ${count} = ${count} + excluded.${count}`,
      ...values,
      ...folded,
      by,
    );
    return;
  }
  connection.run(`UPDATE ${table} SET ${count} = ${count} + ? WHERE ${where}`, by, ...values);
  connection.run(`DELETE FROM ${table} WHERE ${where} AND ${count} <= 0`, ...values);
}
