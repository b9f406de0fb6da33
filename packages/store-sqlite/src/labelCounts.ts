import type { Label } from '@credatlas/model';
import { fold, tokensOf } from '@credatlas/skills';
import type { Connection } from './Connection.ts';

/** Moves the use counts of names from what a credential had to what it has now, exactly. */
export function replaceLabels(connection: Connection, before: string, after: Label[]): void {
  if (before === JSON.stringify(after)) return;
  count(connection, JSON.parse(before) as Label[], -1);
  count(connection, after, 1);
}

function count(connection: Connection, labels: Label[], by: 1 | -1): void {
  for (const { field, value } of distinct(labels, ({ field, value }) => `${field}\n${value}`)) {
    add(connection, { table: 'label_values', count: 'credentials', by }, { field, value });
  }
  for (const { field, value, label } of distinct(labels, ({ field, value, label }) => `${field}\n${value}\n${label}`)) {
    add(connection, { table: 'labels', count: 'credentials', by }, { field, value, label }, { folded: fold(label) });
    for (const word of new Set(tokensOf(label)))
      add(connection, { table: 'label_words', count: 'uses', by }, { field, word, value });
  }
  const aliases = labels.flatMap(({ field, value, aliases }) =>
    aliases.map((alias) => ({ field, alias: fold(alias), value })),
  );
  for (const alias of distinct(aliases, ({ field, alias, value }) => `${field}\n${alias}\n${value}`)) {
    add(connection, { table: 'label_aliases', count: 'credentials', by }, alias);
  }
}

function add(
  connection: Connection,
  { table, count, by }: { table: string; count: string; by: 1 | -1 },
  ...[key, extra = {}]: [Record<string, string>, Record<string, string>?]
): void {
  const columns = Object.keys(key);
  const where = columns.map((column) => `${column} = ?`).join(' AND ');
  if (by === 1) {
    const all = [...columns, ...Object.keys(extra)];
    connection.run(
      `INSERT INTO ${table} (${all.join(', ')}, ${count}) VALUES (${all.map(() => '?').join(', ')}, 1)
       ON CONFLICT DO UPDATE SET ${count} = ${count} + 1`,
      ...Object.values(key),
      ...Object.values(extra),
    );
    return;
  }
  connection.run(`UPDATE ${table} SET ${count} = ${count} - 1 WHERE ${where}`, ...Object.values(key));
  connection.run(`DELETE FROM ${table} WHERE ${where} AND ${count} <= 0`, ...Object.values(key));
}

function distinct<T>(items: T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
