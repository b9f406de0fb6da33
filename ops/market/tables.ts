import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export type Row = Record<string, string>;

/** The rows of a public table, by the names of its first line. */
export function read(folder: string, file: string): Row[] {
  return parse(readFileSync(join(folder, file)), {
    columns: true,
    bom: true,
    delimiter: file.endsWith('.tsv') ? '\t' : ',',
    relax_quotes: true,
    skip_empty_lines: true,
  }) as Row[];
}

/** A fact table as it is kept: tabs between cells, a line per row. */
export function table(columns: string[], rows: (string | undefined)[][]): string {
  return `${[columns, ...rows].map((row) => row.map(clean).join('\t')).join('\n')}\n`;
}

/** One line, single blanks; what the agencies' own conversions lost shows as ¿: a dash between blanks, a mark after a name. */
export function clean(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').replaceAll(' ¿ ', ' – ').replaceAll('¿', '').trim();
}

/** A web address that leads to a host; other columns have slipped into this one in places. */
export function website(text: string | undefined): string {
  const address = clean(text);
  return /^(https?:\/\/)?[\w-]+(\.[\w-]+)+([/?#]\S*)?$/i.test(address) ? address : '';
}

/** Five digits, or nine with a dash; spreadsheets have eaten the zeros in front. */
export function zip(text: string | undefined): string {
  const [code = '', more] = clean(text).split('-');
  if (!/^\d{3,5}$/.test(code)) return '';
  return more ? `${code.padStart(5, '0')}-${more}` : code.padStart(5, '0');
}
