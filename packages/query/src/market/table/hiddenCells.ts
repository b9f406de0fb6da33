import type { CountedCell, CountedTable } from './CountedTable.ts';
import { hideSmall, linesOf } from './suppression.ts';
import type { TableMeta, TableRow } from './tableSchemas.ts';

type WrittenCell = Pick<TableRow, 'n' | 'values' | 'unknown' | 'suppressed'>;

interface HiddenCells {
  /** 1 for each row that is hidden as a whole. */
  rows: Uint8Array;
  without(cell: CountedCell, row: number): WrittenCell;
  withoutTotals(cell: CountedCell): Pick<WrittenCell, 'n' | 'values' | 'unknown'>;
  told: TableMeta['suppressed'];
}

const rule =
  'Cells that rest on fewer credentials than the threshold are left out, and so are the next smallest, until in each line and in the whole table at least two cells that together reach the threshold are missing. Other tables of the same market can tell them all the same.';

/** What is suppressed below a threshold: rows of few credentials, and cells of rows where few of them state the value. */
export function hiddenCells(table: CountedTable, threshold: number | undefined): HiddenCells {
  const rows = new Uint8Array(table.rows.length);
  if (threshold === undefined) return { rows, without: (cell) => cell, withoutTotals: (cell) => cell, told: null };
  const lines = linesOf(table.rows.map(({ by }) => by));
  hideSmall(rows, { weights: table.rows.map(({ n }) => n), lines, threshold });
  const columns = table.columns.map((_, column) => {
    const weights = table.rows.map(({ n, unknown }) => n - unknown[column]!);
    const hidden = Uint8Array.from(rows);
    hideSmall(hidden, { weights, lines, threshold });
    return hidden;
  });
  const isSmall = (n: number): boolean => n > 0 && n < threshold;
  return {
    rows,
    without: (cell, row) => {
      if (rows[row]) return { ...blank(cell), n: null, suppressed: true };
      return { n: cell.n, ...blank(cell, (column) => columns[column]![row] === 1) };
    },
    withoutTotals: (cell) => {
      const isHidden = isSmall(cell.n);
      const { values, unknown } = blank(cell, (column) => isHidden || isSmall(cell.n - cell.unknown[column]!));
      return { n: isHidden ? null : cell.n, values, unknown };
    },
    told: { threshold, rows: sumOf(rows), cells: columns.reduce((sum, column) => sum + sumOf(column), 0), rule },
  };
}

function blank(
  { values, unknown }: CountedCell,
  isHidden: (column: number) => boolean = () => true,
): Pick<WrittenCell, 'values' | 'unknown'> {
  return {
    values: values.map((value, column) => (isHidden(column) ? null : value)),
    unknown: unknown.map((count, column) => (isHidden(column) ? null : count)),
  };
}

function sumOf(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0);
}
