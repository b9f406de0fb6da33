/** Spreadsheets pass over blanks in front, and some read the wide forms of these signs as the signs. */
const formula = /^(?:[\s\0]*[=+\-@＝＋－＠]|[\t\r\n])/;

/**
 * A table as RFC 4180 text. A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line end)
 * gets an apostrophe in front; numbers stay as they are. Nothing is an empty cell.
 */
export function csvText(rows: Iterable<readonly (string | number | null)[]>): string {
  return Array.from(rows, (row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (typeof value !== 'string') return String(value ?? '');
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
