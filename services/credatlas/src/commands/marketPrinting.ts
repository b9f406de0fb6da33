import type { MarketTable } from '@credatlas/query';
import type { Terminal } from '../Terminal.ts';
import { textTable } from '../textTable.ts';

type Cell = string | number | null;
type Told = MarketTable['totals'];

/** A table with a line for all; beside a metric that some credentials do not state, of how many it is told. */
export function printTable(terminal: Terminal, { meta, columns, rows, totals, basis }: MarketTable): void {
  const dimensions = columns.filter(({ kind }) => kind === 'dimension').map(({ name }) => name);
  const metrics = columns.filter(({ kind }) => kind === 'metric');
  const isPartial = metrics.map((_, at) => [totals, ...rows].some(({ unknown }) => (unknown[at] ?? 0) > 0));
  const withCounts = <T>(values: readonly T[], count: (at: number) => T): T[] =>
    values.flatMap((value, at) => (isPartial[at] ? [value, count(at)] : [value]));
  const heads = metrics.map(({ name, unit }) => (/^[A-Z]{3}$/.test(unit ?? '') ? `${name} ${unit}` : name));
  const lines = textTable(
    [
      [...dimensions, ...withCounts(heads, () => 'of')],
      ...rows.map((row): Cell[] => [...row.labels, ...withCounts<Cell>(row.values, (at) => statedOf(row, at))]),
      [
        ...dimensions.map((_, at) => (at === 0 ? 'all' : '')),
        ...withCounts<Cell>(totals.values, (at) => statedOf(totals, at)),
      ],
    ],
    terminal.width,
  );
  for (const [at, line] of lines.entries()) terminal.print(at === 0 ? terminal.strong(line) : line);
  for (const note of [...notesOf(meta, rows.length), basisOf(basis)]) terminal.say(note);
}

function statedOf({ n, unknown }: Told, at: number): number | null {
  const missing = unknown[at];
  return n === null || missing === null || missing === undefined ? null : n - missing;
}

function notesOf(meta: MarketTable['meta'], shown: number): string[] {
  const { truncated, rows, overlapping, approximate, suppressed, warnings } = meta;
  const count = (number: number): string => number.toLocaleString('en');
  return [
    ...(truncated ? [`The first ${count(shown)} of ${count(rows)} rows.`] : []),
    ...(overlapping.length > 0
      ? [`Rows add up to more than all: some credentials have several values of ${overlapping.join(', ')}.`]
      : []),
    ...(approximate.length > 0 ? [`Estimated: ${approximate.join(', ')}.`] : []),
    ...(suppressed
      ? [
          `Left empty: ${count(suppressed.rows)} rows of fewer than ${suppressed.threshold} credentials, or beside such.`,
        ]
      : []),
    ...warnings.map((warning) => `Note: ${warning}`),
  ];
}

function basisOf({ snapshot, on, sources, coverage, query }: MarketTable['basis']): string {
  const read = sources.map(
    ({ name, ageDays }) => `${name} (${ageDays === null ? 'never to its end' : `read ${ageDays} days ago`})`,
  );
  const total = coverage.find(({ of }) => of.join() === 'total');
  const share = total
    ? ` The store holds ${total.counted.toLocaleString('en')} of the ${total.published.toLocaleString('en')} credentials published for ${total.asOf}.`
    : '';
  return `Basis: credentials of snapshot ${snapshot}, judged on ${on}, from ${read.join(', ') || 'no source'}.${share} Question ${query.hash.slice(0, 12)}.`;
}
