import { nearestName } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { type ListItem, listItems, parameterFault } from '../../parameterFault.ts';
import type { CountedRow, CountedTable } from './CountedTable.ts';
import { hiddenCells } from './hiddenCells.ts';
import type { MarketTable, TableMeta, TableRow } from './tableSchemas.ts';

export interface TableShape {
  sort?: string | undefined;
  top?: number | undefined;
  suppress?: number | undefined;
}

export const notStated = '(not stated)';

type Finished = Pick<MarketTable, 'columns' | 'rows' | 'totals'> & {
  meta: Pick<TableMeta, 'total' | 'rows' | 'truncated' | 'overlapping' | 'approximate' | 'suppressed'>;
  /** The rows as they were counted, beside those that are answered. */
  shown: readonly CountedRow[];
};

/**
 * A counted table as it is answered: small cells suppressed, sorted, cut to its first rows, in words. Throws InvalidInputError
 * `unknown_sort`.
 */
export async function finishTable(table: CountedTable, { sort, top, suppress }: TableShape): Promise<Finished> {
  const keys = sortKeys(sort, table);
  const hidden = hiddenCells(table, suppress);
  const order = sortedRows(table, keys, hidden.rows);
  const shown = order.slice(0, top);
  const labels = await Promise.all(
    table.dimensions.map((dimension, at) =>
      dimension.shown([...new Set(shown.flatMap((row) => table.rows[row]!.by[at] ?? []))]),
    ),
  );
  const { columns, dimensions, overlapping, rows, totals } = table;
  return {
    meta: {
      total: totals.n,
      rows: rows.length,
      truncated: shown.length < rows.length,
      overlapping: [...overlapping],
      approximate: columns.flatMap(({ name, isApproximate }) => (isApproximate ? [name] : [])),
      suppressed: hidden.told,
    },
    columns: [
      ...dimensions.map(({ name, label }) => ({ name, kind: 'dimension' as const, label, unit: null })),
      ...columns.map(({ name, label, unit }) => ({ name, kind: 'metric' as const, label, unit })),
    ],
    rows: shown.map((at) => {
      const { by, ...cell } = rows[at]!;
      const words = by.map((value, dimension) => (value === null ? undefined : labels[dimension]!.get(value)));
      return {
        by: words.map((word) => word?.value ?? null),
        labels: words.map((word) => word?.label ?? notStated),
        ...hidden.without(cell, at),
      } satisfies TableRow;
    }),
    totals: hidden.withoutTotals(totals),
    shown: shown.map((at) => rows[at]!),
  };
}

interface TableSort {
  descending: boolean;
  /** Positions of a dimension, or of a column. */
  dimension?: number;
  column?: number;
}

function sortKeys(text: string | undefined, { dimensions, columns }: CountedTable): TableSort[] {
  return listItems(text).map((item: ListItem) => {
    const descending = item.text.startsWith('-');
    const name = descending ? item.text.slice(1) : item.text;
    const dimension = dimensions.findIndex((each) => each.name === name);
    if (dimension >= 0) return { descending, dimension };
    const column = columns.findIndex((each) => each.name === name);
    if (column >= 0) return { descending, column };
    if (name === 'n') return { descending };
    const names = ['n', ...dimensions.map((each) => each.name), ...columns.map((each) => each.name)];
    throw parameterFault('unknown_sort', {
      parameter: 'sort',
      position: item.position,
      detail: `There is no column "${name}". Columns: ${names.join(', ')}; with "-" in front: the other way round.`,
      suggestion: nearestName(name, names),
    });
  });
}

/**
 * Positions of the rows in order. Missing comes last either way; so does what is suppressed, in the order of its values alone: its
 * place would tell its size. Ties, and all when nothing is asked for: most credentials first, then by values.
 */
function sortedRows(table: CountedTable, keys: readonly TableSort[], hidden: Uint8Array): number[] {
  const { rows, dimensions } = table;
  const ranks = dimensions.map(({ order }) => order && new Map(order.map((value, at) => [value, at])));
  const compareBy = (a: CountedRow, b: CountedRow, at: number): number => {
    const [left, right] = [a.by[at]!, b.by[at]!];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const rank = ranks[at];
    return rank ? rank.get(left)! - rank.get(right)! : compareUtf8(left, right);
  };
  const compareKey = (a: CountedRow, b: CountedRow, { dimension, column, descending }: TableSort): number => {
    const sign = descending ? -1 : 1;
    if (dimension !== undefined) {
      const isMissing = a.by[dimension] === null || b.by[dimension] === null;
      return (isMissing ? 1 : sign) * compareBy(a, b, dimension);
    }
    if (column === undefined) return sign * (a.n - b.n);
    return compareValues(a.values[column]!, b.values[column]!, sign);
  };
  const compareAll = (a: CountedRow, b: CountedRow): number => {
    for (let at = 0; at < dimensions.length; at++) {
      const difference = compareBy(a, b, at);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return [...rows.keys()].sort((left, right) => {
    const [a, b] = [rows[left]!, rows[right]!];
    if (hidden[left] || hidden[right]) return hidden[left]! - hidden[right]! || compareAll(a, b);
    for (const key of keys) {
      const difference = compareKey(a, b, key);
      if (difference !== 0) return difference;
    }
    return b.n - a.n || compareAll(a, b);
  });
}

function compareValues(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a === b ? 0 : sign * (a < b ? -1 : 1);
}
