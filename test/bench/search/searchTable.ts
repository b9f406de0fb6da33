import type { SearchReport } from './benchSearch.ts';
import type { Measured } from './measure.ts';
import type { ServingLine } from './serving.ts';

/** The report as a person reads it, in Markdown; bars that are not met are marked, at the size they are set for. */
export function searchTable(report: SearchReport, { barsHold }: { barsHold: boolean }): string {
  const names = report.builds.map(({ contender }) => contender);
  const head = ['question', ...names.map((name) => `${name} p50 / p95 / p99 ms`), 'bar', 'times Elasticsearch'];
  return [
    row(head),
    row(head.map(() => '---')),
    ...report.measures.map((measures) => row(measureCells(measures, { names, barsHold }))),
    '',
    row(['', 'build s', 'disk MB']),
    row(['---', '---', '---']),
    ...report.builds.map(({ contender, seconds, diskMb }) => row([contender, seconds.toFixed(1), diskMb.toFixed(0)])),
    row(['making the documents, a part of each', report.makingSeconds.toFixed(1), '']),
    '',
    row(['embedded, as a server has it', '', 'bar']),
    row(['---', '---', '---']),
    ...report.serving.map((line) => row(servingCells(line, barsHold))),
    '',
    report.disagreements.length === 0
      ? 'All totals, and all tables that are exact, agree.'
      : `DISAGREE: ${report.disagreements.join('; ')}`,
  ].join('\n');
}

function measureCells(
  measures: readonly Measured[],
  { names, barsHold }: { names: readonly string[]; barsHold: boolean },
): string[] {
  const of = (name: string): Measured | undefined => measures.find(({ contender }) => contender === name);
  const [embedded, elastic] = [of('embedded')!, of('Elasticsearch')];
  const { kind } = embedded;
  const times = elastic && elastic.p95 / embedded.p95;
  return [
    kind.name,
    ...names.map((name) => (of(name) ? [of(name)!.p50, of(name)!.p95, of(name)!.p99].map(shortly).join(' / ') : '')),
    judged(
      kind.atMostMs === undefined ? '' : `≤ ${kind.atMostMs} ms`,
      !barsHold || embedded.p95 <= (kind.atMostMs ?? Infinity),
    ),
    times === undefined
      ? ''
      : `${times.toFixed(1)} ${judged(kind.atLeastTimes === undefined ? '' : `(≥ ${kind.atLeastTimes})`, !barsHold || times >= (kind.atLeastTimes ?? 0))}`.trim(),
  ];
}

function servingCells({ name, value, unit, atMost, atLeast }: ServingLine, barsHold: boolean): string[] {
  const bar = atMost === undefined ? (atLeast === undefined ? '' : `≥ ${atLeast} ${unit}`) : `≤ ${atMost} ${unit}`;
  const isMet = !barsHold || (value <= (atMost ?? Infinity) && value >= (atLeast ?? 0));
  return [
    name,
    `${value >= 1_000 ? Math.round(value).toLocaleString('en') : shortly(value)} ${unit}`,
    judged(bar, isMet),
  ];
}

function judged(bar: string, isMet: boolean): string {
  return isMet ? bar : `${bar} **not met**`;
}

function shortly(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
