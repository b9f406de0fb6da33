import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { median } from './interleaved.ts';
import type { Line } from './Line.ts';
import type { PartitionReport } from './partition.ts';
import { cellSize } from './registryCorpus.ts';

/** Memory over a long run, and what two partitions side by side cost against one. Partitions are processes; each makes its documents itself. */
export async function partitionLines(documents: number): Promise<Line[]> {
  const half = Math.ceil(documents / 2 / cellSize) * cellSize;
  const whole = await partition(0, documents);
  const halves = await Promise.all([partition(0, half), partition(half, documents)]);
  const perSecond = (reports: PartitionReport[]): number =>
    reports.reduce((sum, report) => sum + report.documents, 0) /
    reports.reduce((sum, report) => sum + report.cpuSeconds, 0);
  const speed = perSecond([whole]);
  return [
    {
      name: `heap, last third ÷ first third of ${documents}`,
      value: growth(whole.heap),
      atMost: 1.1,
      note: megabytes(whole.heap),
    },
    {
      name: `resident memory, last third ÷ first third`,
      value: growth(whole.resident),
      atMost: 1.1,
      note: megabytes(whole.resident),
    },
    {
      name: 'documents a CPU second, two partitions ÷ one',
      value: perSecond(halves) / speed,
      atLeast: 0.9,
      note: `${speed.toFixed(0)} a second`,
    },
  ];
}

function growth(samples: number[]): number {
  const third = Math.ceil(samples.length / 3);
  return median(samples.slice(-third)) / median(samples.slice(0, third));
}

function megabytes(samples: number[]): string {
  return `${median(samples).toFixed(0)} MB in the middle`;
}

async function partition(from: number, to: number): Promise<PartitionReport> {
  const child = fork(join(import.meta.dirname, 'partitionProcess.ts'), [String(from), String(to)], {
    // The room for short-lived objects that ops/run.mjs gives the program.
    execArgv: ['--max-semi-space-size=32', '--expose-gc'],
  });
  const [report] = (await once(child, 'message')) as [PartitionReport];
  return report;
}
