import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isWithinBar, type Line, table } from './Line.ts';
import { jsonldRatios, linearity, parseRatios } from './normalizeRatios.ts';
import { partitionLines } from './partitionLines.ts';
import type { RawDocument } from './pipeline.ts';
import { registryDocument } from './registryCorpus.ts';
import { storeLine } from './storeLine.ts';

// npm run bench:normalize -- [--documents 2000] [--stream 100000] [--nodes 10000] [--rounds 7]
const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '2000' },
    stream: { type: 'string', default: '100000' },
    nodes: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '7' },
  },
});
const [documents, stream, nodes, rounds] = [values.documents, values.stream, values.nodes, values.rounds].map(
  Number,
) as [number, number, number, number];

const corpus = Array.from({ length: documents }, (_, index): RawDocument => {
  const { uri, text } = registryDocument(index);
  return { uri, bytes: Buffer.from(text) };
});
const lines: Line[] = [
  ...(await parseRatios({ documents: corpus, rounds, warmUps: 3 })),
  ...(await jsonldRatios({ documents: corpus.slice(0, 500), rounds, warmUps: 2 })),
  ...(await linearity({ nodes, rounds, warmUps: 2 })),
  ...(await partitionLines(stream)),
  await withStore(corpus),
];
const real = realDocuments();
if (real.length > 0) {
  const measured = await parseRatios({ documents: real, rounds, warmUps: 3 });
  lines.push(
    ...measured.map((line) => ({ ...line, name: `${line.name}, ${real.length} real documents`, atMost: undefined })),
  );
}
const bytes = corpus.reduce((sum, each) => sum + each.bytes.length, 0) / corpus.length;
process.stdout.write(
  `${documents} registry-shaped documents of ${(bytes / 1_000).toFixed(1)} KB; median CPU time of ${rounds} interleaved rounds\n` +
    `${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, Node ${process.version}\n\n${table(lines)}\n`,
);
process.exitCode = lines.every(isWithinBar) ? 0 : 1;

async function withStore(given: readonly RawDocument[]): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-bench-'));
  try {
    return await storeLine(given, join(folder, 'store.sqlite'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Real documents of 1 to 20 KB with the context in their text, where the folder of test data is given. */
function realDocuments(): RawDocument[] {
  const folder = process.env.CREDATLAS_TEST_DATA;
  if (!folder) return [];
  return readdirSync(join(folder, 'ctdl-docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ uri: name, bytes: readFileSync(join(folder, 'ctdl-docs', name)) }))
    .filter(({ bytes }) => bytes.length >= 1_000 && bytes.length <= 20_000 && isPlainGraph(bytes.toString()));
}

function isPlainGraph(text: string): boolean {
  try {
    const context = (JSON.parse(text) as Record<string, unknown>)['@context'];
    return typeof context === 'string' && context.includes('credreg.net');
  } catch (error) {
    return !(error instanceof SyntaxError);
  }
}
