import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, findDistribution } from './distribution.ts';
import { endServer, serverPid } from './serverProcess.ts';
import { startElasticsearch } from './startElasticsearch.ts';

/** What `stop` and `status` must know of what `start` left running. */
interface Note {
  folder: string;
  nodes: { folder: string; url: string }[];
}

const usage = 'Usage: node ops/run.mjs elastic start [--nodes 3] | stop | status';
const noteFile = join(cacheFolder(), 'running.json');
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const { positionals, values } = parseArgs({ allowPositionals: true, options: { nodes: { type: 'string' } } });
const commands: Record<string, () => Promise<number>> = { start, stop, status };
process.exitCode = await (commands[positionals[0] ?? ''] ?? explain)();

async function explain(): Promise<number> {
  process.stderr.write(`${usage}\n`);
  return 2;
}

/** Prints the addresses of a running Elasticsearch: the one given, the one left running, else a new one. */
async function start(): Promise<number> {
  const given = process.env.ELASTICSEARCH_URL;
  if (given) return told(given);
  const nodes = Number(values.nodes ?? 1);
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 5) return explain();
  const running = noted();
  if (running?.nodes.every((node) => serverPid(node.folder))) return told(addressOf(running));
  const distribution = findDistribution();
  if ('missing' in distribution) {
    process.stderr.write(`${distribution.missing}\n`);
    return 3;
  }
  const started = await startElasticsearch({ distribution, nodes });
  const note: Note = { folder: started.folder, nodes: started.nodes.map(({ folder, url }) => ({ folder, url })) };
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(noteFile, JSON.stringify(note));
  return told(addressOf(note));
}

/** Ends exactly the processes that `start` began, and removes their data. */
async function stop(): Promise<number> {
  const running = noted();
  if (!running) return told('Nothing is running.');
  await Promise.all(running.nodes.map((node) => endServer(node.folder)));
  rmSync(running.folder, { recursive: true, force: true });
  rmSync(noteFile);
  return told('Stopped.');
}

async function status(): Promise<number> {
  const running = noted();
  if (!running) return told('Nothing is running.');
  const pids = running.nodes.map((node) => `${node.url} (pid ${serverPid(node.folder) ?? 'none: it has ended'})`);
  return told(pids.join('\n'));
}

function told(text: string): number {
  say(text);
  return 0;
}

function addressOf({ nodes }: Note): string {
  return nodes.map(({ url }) => url).join(',');
}

function noted(): Note | undefined {
  return existsSync(noteFile) ? (JSON.parse(readFileSync(noteFile, 'utf8')) as Note) : undefined;
}
