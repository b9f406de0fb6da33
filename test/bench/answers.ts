import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerLines } from './answers/answerLines.ts';
import { exportLines } from './answers/exportLines.ts';
import { openAnswers } from './answers/openAnswers.ts';
import { Ties } from './answers/Ties.ts';
import { table } from './Line.ts';
import { marketSize } from './search/market.ts';

// npm run bench:answers -- [--size 1850034] [--only coverage] [--folder DIR]: what one question costs through the API's routes, over a store
// in a file and the embedded engine on one thread, both holding the market of the search benchmark. A folder is kept, and used again.
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: String(marketSize) },
    only: { type: 'string', default: '' },
    folder: { type: 'string' },
  },
});
const size = Number(values.size);
const say = (text: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
};
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'credatlas-bench-answers-'));
const ties = new Ties(size);
try {
  const answers = await openAnswers({ folder, size, ties, say });
  const lines = await answerLines(answers, { size, ties, only: values.only, say });
  if ('export'.includes(values.only)) lines.push(...(await exportLines(answers, size)));
  await answers.close();
  process.stdout.write(`${size} credentials, ${cpus()[0]?.model}, one thread\n${table(lines)}\n`);
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
}
