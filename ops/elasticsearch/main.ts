import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, findDistribution } from './distribution.ts';
import { endServer, serverPid } from './serverProcess.ts';
import { startAgain, startElasticsearch } from './startElasticsearch.ts';

/** What `stop` and `status` must know of what `start` left running. */
interface Note {
  folder: string;
  nodes: { folder: string; url: string }[];
}

const usage = 'Usage: node ops/run.mjs elastic start [--nodes 3] | stop | status';
const noteFile = join(cacheFolder(), 'running.json');
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const tell = (text: string): void => void process.stderr.write(`${text}\n`);

const commands: Record<string, (given: Arguments) => Promise<number>> = { start, stop, status };
const { name, ...given } = read();
process.exitCode = await (commands[name] ?? explain)(given);

interface Arguments {
  nodes?: string;
  fault?: string;
}

function read(): Arguments & { name: string } {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { nodes: { type: 'string' } } });
    return { name: positionals[0] ?? '', ...values };
  } catch (error) {
    return { name: '', fault: error instanceof Error ? error.message : String(error) };
  }
}

async function explain({ fault }: Arguments): Promise<number> {
  return refused(fault ? `${fault}\n${usage}` : usage, 2);
}

/**
 * Prints the addresses of a running Elasticsearch: the one given, the one left running (what has ended of it is started again with its
 * data), else a new one.
 */
async function start(asked: Arguments): Promise<number> {
  const url = process.env.ELASTICSEARCH_URL;
  if (url)
    return (await answers(url)) ? told(url) : refused(`Nothing answers at ELASTICSEARCH_URL, which is ${url}.`, 3);
  const nodes = Number(asked.nodes ?? 1);
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 5)
    return explain({ fault: `--nodes is ${asked.nodes}; 1 to 5 can be started.` });
  const running = noted();
  if (running && asked.nodes !== undefined && running.nodes.length !== nodes)
    return refused(`Another number of nodes runs already: ${addressOf(running)}. End them first: elastic stop.`, 2);
  const isWhole = running?.nodes.every((node) => serverPid(node.folder));
  if (running && isWhole) return told(addressOf(running));
  const distribution = findDistribution();
  if ('missing' in distribution) return refused(distribution.missing, 3);
  tell('Starting Elasticsearch; this takes from twenty seconds to a minute.');
  if (running) {
    await startAgain(running.nodes, distribution);
    return told(addressOf(running));
  }
  const started = await startElasticsearch({ distribution, nodes });
  const note: Note = { folder: started.folder, nodes: started.nodes.map(({ folder, url }) => ({ folder, url })) };
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(noteFile, JSON.stringify(note));
  tell(`To search on it: SEARCH_ENGINE=elasticsearch ELASTICSEARCH_URL=${addressOf(note)} npm start`);
  tell('To end it, and remove its data: node ops/run.mjs elastic stop');
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

function refused(text: string, code: number): number {
  tell(text);
  return code;
}

/** Anything that is said there counts: a node that wants a password is there. */
async function answers(urls: string): Promise<boolean> {
  const asked = urls.split(',').map((url) => fetch(url, { signal: AbortSignal.timeout(10_000) }));
  return (await Promise.allSettled(asked)).some(({ status }) => status === 'fulfilled');
}

function addressOf({ nodes }: Note): string {
  return nodes.map(({ url }) => url).join(',');
}

/** What was left running; nothing when its folder is gone, as after a restart of the machine. */
function noted(): Note | undefined {
  const note = existsSync(noteFile) ? (JSON.parse(readFileSync(noteFile, 'utf8')) as Note) : undefined;
  return note && existsSync(note.folder) ? note : undefined;
}
