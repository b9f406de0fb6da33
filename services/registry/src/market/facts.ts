import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Fact = Record<string, string>;

/** The rows of one fact table (made by ops/market/build.ts). */
export function facts(table: string): Fact[] {
  const [header = '', ...lines] = readFileSync(join(import.meta.dirname, '..', '..', 'facts', `${table}.tsv`), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = header.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, index) => [columns[index] ?? '', cell])));
}
