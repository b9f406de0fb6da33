import { Writable } from 'node:stream';
import type { MarketTable } from '@credatlas/query';
import { expect, test } from 'vitest';
import { Terminal } from '../Terminal.ts';
import { printTable } from './marketPrinting.ts';

/** Lines on standard output, and words on standard error. */
function printed(
  metrics: { name: string; unit: string }[],
  cells: [number, (number | null)[], number[]][],
  width = 100,
) {
  const [out, error] = [[], []] as [string[], string[]];
  const into = (lines: string[]) =>
    new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    });
  const streams = { out: Object.assign(into(out), { columns: width }), error: into(error), plain: true };
  const terminal = new Terminal({ streams, now: () => 0 });
  const rows = cells.map(([n, values, unknown], at) => ({
    by: [`k${at}`],
    labels: [`Kind ${at}`],
    n,
    values,
    unknown,
  }));
  const [all, ...others] = rows.toReversed();
  const dimension = { name: 'kind', kind: 'dimension', label: 'kind', unit: null };
  const meta = { total: all!.n, rows: others.length, truncated: false, overlapping: [], approximate: [], warnings: [] };
  const basis = { sources: [], coverage: [], snapshot: 7, on: '2026-06-01', query: { hash: 'abc' } };
  printTable(terminal, {
    meta: { ...meta, suppressed: null },
    columns: [dimension, ...metrics.map((each) => ({ ...each, kind: 'metric', label: each.name }))],
    rows: others.toReversed(),
    totals: all,
    basis,
  } as unknown as MarketTable);
  return { lines: out.join('').trimEnd().split('\n'), words: error.join('') };
}

const told = (name: string, unit = 'days') => ({ name, unit });

test('what is told of the same credentials says once of how many, and nothing where it is all of them', () => {
  const { lines } = printed(
    [told('count', 'credentials'), told('lowest'), told('highest'), told('providers')],
    [
      [5, [5, 1, 9, 2], [0, 2, 2, 0]],
      [4, [4, 3, 7, 1], [0, 0, 0, 0]],
      [9, [9, 1, 9, 3], [0, 2, 2, 0]],
    ],
  );
  expect(lines).toEqual([
    'kind    count  lowest  highest  of  providers',
    'Kind 0      5       1        9   3          2',
    'Kind 1      4       3        7   4          1',
    'all         9       1        9   7          3',
  ]);
});

test('n is shown beside a figure that is only called count, and a column without any value is named below', () => {
  const { lines, words } = printed(
    [told('count', 'as stated'), told('rate', 'as stated')],
    [
      [2, [34, null], [0, 2]],
      [2, [34, null], [0, 2]],
    ],
  );
  expect(lines).toEqual(['kind    n  count', 'Kind 0  2     34', 'all     2     34']);
  expect(words).toContain('Nothing to tell of: rate.');
});

test('what stands together is not parted where a line has room for it', () => {
  const { lines } = printed(
    [told('aFirstFigure'), told('aSecondFigure'), told('aThirdFigure')],
    [
      [5, [1, 2, 3], [0, 1, 1]],
      [5, [1, 2, 3], [0, 1, 1]],
    ],
    70,
  );
  expect(lines).toEqual([
    'kind    n  aFirstFigure',
    'Kind 0  5             1',
    'all     5             1',
    'kind    aSecondFigure  aThirdFigure  of',
    'Kind 0              2             3   4',
    'all                 2             3   4',
  ]);
});
