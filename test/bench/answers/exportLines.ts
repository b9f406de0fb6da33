import { invokeRoute } from '@credatlas/http-express';
import type { Line } from '../Line.ts';
import { type Answers, clock, log, publicUrl } from './openAnswers.ts';

/** Everything as NDJSON, as whoever takes it away gets it: how soon the first bytes are there, and how many rows follow in a second. */
export async function exportLines(answers: Answers, size: number): Promise<Line[]> {
  // The first one compiles the code.
  await timedExport(answers, size);
  return timedExport(answers, size);
}

async function timedExport({ routes }: Answers, size: number): Promise<Line[]> {
  const invocation = { path: '/v1/credentials', query: { size: 'all', format: 'ndjson' } };
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  const { status, stream } = await invokeRoute(routes, invocation, { log, clock, publicUrl });
  if (status !== 200 || !stream) throw new TypeError(`the export answered ${status}`);
  let [first, rows] = [0, 0];
  for await (const piece of stream) {
    first ||= performance.now() - startedAt;
    rows += String(piece).split('\n').length - 1;
  }
  if (rows !== size) throw new TypeError(`the export has ${rows} rows of ${size}`);
  const { user, system } = process.cpuUsage(before);
  const perSecond = (milliseconds: number): number => (rows * 1_000) / milliseconds;
  return [
    { name: 'export of everything as NDJSON, first bytes in ms', value: first, atMost: 100 },
    {
      name: 'export of everything as NDJSON, rows a second',
      value: perSecond(performance.now() - startedAt),
      atLeast: 100_000,
      note: `${perSecond((user + system) / 1_000).toFixed(0)} a second of processor time`,
    },
  ];
}
