import { writeParquet } from '@credatlas/documents';
import { centsOf } from '@credatlas/model';
import { type Column, cellOf, type Scalar } from '../forms/Column.ts';
import { csvHead, csvRows } from '../forms/csvRows.ts';

/** Rows of a Parquet row group: enough for its columns to compress, few enough to be held. */
const groupRows = 10_000;

export async function* ndjsonPieces(batches: AsyncIterable<string[]>): AsyncIterable<string> {
  for await (const texts of batches) if (texts.length > 0) yield `${texts.join('\n')}\n`;
}

export async function* csvPieces(batches: AsyncIterable<string[]>, columns: readonly Column[]): AsyncIterable<string> {
  yield csvHead(columns);
  for await (const texts of batches) yield csvRows(texts.map(parsed), columns);
}

/** Money in hundredths, times as milliseconds; a time that cannot be read is null. */
export function parquetPieces(batches: AsyncIterable<string[]>, columns: readonly Column[]): AsyncIterable<Uint8Array> {
  return writeParquet(columns, cellsByGroup(batches, columns));
}

async function* cellsByGroup(batches: AsyncIterable<string[]>, columns: readonly Column[]): AsyncIterable<unknown[][]> {
  let cells: unknown[][] = columns.map(() => []);
  for await (const texts of batches) {
    for (const row of texts.map(parsed))
      for (const [at, column] of columns.entries()) cells[at]!.push(typed(cellOf(row, column), column.kind));
    if (cells[0]!.length < groupRows) continue;
    yield cells;
    cells = columns.map(() => []);
  }
  if (cells[0]!.length > 0) yield cells;
}

function typed(cell: ReturnType<typeof cellOf>, kind: Column['kind']): unknown {
  if (kind !== 'decimal' && kind !== 'timestamp') return cell;
  return Array.isArray(cell) ? cell.map((each) => typedText(each, kind)) : typedText(cell, kind);
}

function typedText(value: Scalar | null, kind: 'decimal' | 'timestamp'): bigint | number | null {
  if (value === null) return null;
  const read = kind === 'decimal' ? centsOf(String(value)) : Date.parse(String(value));
  if (read === undefined || Number.isNaN(read)) return null;
  return kind === 'decimal' ? BigInt(read) : read;
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}
