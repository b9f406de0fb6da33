import { tableRows } from '@credatlas/documents';
import { InvalidInputError, type Shortlist, type ShortlistEntry } from '@credatlas/model';
import { csvText } from '../csvText.ts';

const columns = ['id', 'name', 'why', 'source', 'date'] as const satisfies (keyof ShortlistEntry)[];
/** Other headings under which people keep identifiers. */
const idHeadings = new Set(['id', 'ctid', 'iri', 'uri', 'url', 'issuer', 'credential', 'identifier']);

/** The entries as a table (RFC 4180); a cell that a spreadsheet would take for a formula gets an apostrophe in front. */
export function shortlistCsv({ entries }: Pick<Shortlist, 'entries'>): string {
  const rows = [[...columns], ...entries.map((entry) => columns.map((column) => entry[column] ?? ''))];
  return csvText(rows);
}

/** What `shortlistCsv` wrote, or a table with such headings. Throws InvalidInputError `malformed_csv` with the line. */
export function readShortlistCsv(bytes: Uint8Array): { entries: unknown[] } {
  const entries: unknown[] = [];
  for (const row of tableRows(bytes, '')) {
    if ('refused' in row) throw malformed(row.refused.reason);
    const entry = entryOf(row.value as Record<string, string>);
    if (!('id' in entry) && !('name' in entry))
      throw malformed(`Line ${row.line} has neither id nor name. Headings: ${columns.join(', ')}.`);
    entries.push(entry);
  }
  return { entries };
}

function entryOf(row: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([heading, value]) => {
      const name = heading.trim().toLowerCase();
      const text = value.trim().replace(/^'(?=[=+\-@\t\r])/, '');
      const column = idHeadings.has(name) ? 'id' : columns.find((each) => each === name);
      return column && text !== '' ? [[column, text]] : [];
    }),
  );
}

function malformed(detail: string): InvalidInputError {
  return new InvalidInputError('malformed_csv', detail, { faults: [{ code: 'malformed_csv', detail }] });
}
