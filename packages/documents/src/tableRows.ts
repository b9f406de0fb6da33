import { parse } from 'csv-parse/sync';
import { decodeText } from './decodeText.ts';
import type { FoundDocument } from './FoundDocument.ts';
import { maxCellLength, maxRows, type RefusedDocument } from './readLimits.ts';

/** The rows of a CSV table with headings, each as an object of texts; a row that cannot be read is refused with its line, the rest goes on. */
export function* tableRows(bytes: Uint8Array, entry: string): Iterable<FoundDocument | RefusedDocument> {
  const { text, warning } = decodeText(bytes);
  const refused: RefusedDocument[] = [];
  let rows: { record: Record<string, string>; info: { lines: number } }[] = [];
  try {
    rows = parse(text, {
      bom: true,
      columns: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
      max_record_size: maxCellLength,
      to: maxRows,
      skip_records_with_error: true,
      on_skip: (error) => {
        refused.push(malformed(entry, error));
        return undefined;
      },
    });
  } catch (error) {
    yield malformed(entry, error as Error);
    return;
  }
  yield* refused;
  for (const [index, { record, info }] of rows.entries()) {
    const part = entry === '' ? `${index}` : `${entry}#${index}`;
    yield { part, text: JSON.stringify(record), value: record, line: info.lines, ...(warning ? { warning } : {}) };
  }
}

function malformed(entry: string, error: (Error & { lines?: number }) | undefined): RefusedDocument {
  const line = error?.lines;
  const reason = `${line === undefined ? 'The table' : `Line ${line}`} cannot be read: ${error?.message ?? 'it is malformed'}. Close quotes and give each row as many cells as there are headings.`;
  return {
    part: entry,
    refused: { code: 'malformed_row', reason, ...(line === undefined ? {} : { line, column: 1 }) },
  };
}
