import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { engineContender } from './contender.ts';
import { type Asked, measured } from './measure.ts';
import { questionMix } from './questions.ts';
import { clock, log } from './serving.ts';

// node askProcess.ts FOLDER SIZE LIMIT_MS: asks an index as it lies in the folder the whole mix, in a process of its own: one that has built
// an index has its garbage to collect, as no server does that answers from threads. Reports on one line of JSON.
const [folder = '', size = '0', limitMs = '60000'] = process.argv.slice(2);
const engine = EmbeddedSearchEngine.open({ folder, writable: false, searchThreads: 0, clock, log });
const contender = engineContender({ name: 'embedded', engine, diskBytes: async () => 0 });
const report: Asked[] = [];
for (const kind of questionMix(Number(size))) {
  const { kind: _, ...asked } = (await measured(contender, kind, { limitMs: Number(limitMs) }))!;
  report.push(asked);
}
await contender.close();
process.stdout.write(`${JSON.stringify(report)}\n`);
