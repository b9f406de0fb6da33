import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDistribution, startElasticsearch } from '@credatlas/elasticsearch-node';
import { benchSearch } from './search/benchSearch.ts';
import { marketSize } from './search/market.ts';
import { searchTable } from './search/searchTable.ts';

// npm run bench:search -- [--size 1850034] [--elastic no] [--yardsticks no] [--seconds 20] [--json]: the embedded engine beside Elasticsearch
// (ELASTICSEARCH_URL, else a node of our own), SQLite FTS5 and DuckDB over the same market, in one run.
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: String(marketSize) },
    elastic: { type: 'string', default: 'yes' },
    yardsticks: { type: 'string', default: 'yes' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const size = Number(values.size);
const say = (text: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
};
const folder = mkdtempSync(join(tmpdir(), 'credatlas-bench-search-'));
const distribution = findDistribution();
const given = process.env.ELASTICSEARCH_URL;
if (values.elastic === 'yes' && !given && 'missing' in distribution) say(distribution.missing);
const node =
  values.elastic === 'yes' && !given && !('missing' in distribution)
    ? await startElasticsearch({ distribution, heapMb: size > 500_000 ? 2_048 : 512 })
    : undefined;
const elasticsearchUrl = values.elastic === 'yes' ? (given ?? node?.nodes[0]?.url) : undefined;
try {
  const report = await benchSearch({
    size,
    folder,
    ...(elasticsearchUrl ? { elasticsearchUrl } : {}),
    yardsticks: values.yardsticks === 'yes',
    seconds: Number(values.seconds),
    limitMs: 60_000,
    say,
  });
  const machine = `${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, Node ${process.version}`;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ...report, machine })}\n`
      : `${size.toLocaleString('en')} credentials, ${machine}, ${new Date().toISOString().slice(0, 10)}\n\n${searchTable(report, { barsHold: size === marketSize })}\n`,
  );
  process.exitCode = report.disagreements.length === 0 ? 0 : 1;
} finally {
  await node?.stop();
  rmSync(folder, { recursive: true, force: true });
}
