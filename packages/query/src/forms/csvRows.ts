import { csvText } from '../csvText.ts';
import { type Column, cellOf, type Scalar } from './Column.ts';

/** The line of headings. */
export function csvHead(columns: readonly Column[]): string {
  return csvText([columns.map(({ name }) => name)]);
}

/** Lines of a table. Several values of one cell are joined by `|`; a bar or backslash within one has a backslash in front. */
export function csvRows(rows: readonly unknown[], columns: readonly Column[]): string {
  return csvText(rows.map((row) => columns.map((column) => csvCell(cellOf(row, column)))));
}

function csvCell(cell: ReturnType<typeof cellOf>): string | number | null {
  if (Array.isArray(cell)) return cell.length > 0 ? cell.map(inList).join('|') : null;
  return typeof cell === 'boolean' ? String(cell) : cell;
}

function inList(value: Scalar | null): string {
  return String(value ?? '').replace(/[\\|]/g, '\\$&');
}
