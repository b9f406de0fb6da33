import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '@credatlas/model';
import type { Distribution } from './distribution.ts';
import { ElasticNode, type NodeOptions } from './ElasticNode.ts';
import { freePort } from './freePort.ts';

/** Starting takes 11-20 s on an idle machine and more than 90 s on one with a load of 25 (seen): only what never starts reaches this. */
const startMs = 300_000;

export interface ElasticOptions {
  distribution: Distribution;
  /** Several form a cluster in which an index may have replicas. */
  nodes?: number;
  /** Further lines of `elasticsearch.yml`. */
  settings?: NodeOptions['settings'];
  user?: NodeOptions['user'];
  heapMb?: number;
}

export interface RunningElasticsearch {
  folder: string;
  nodes: ElasticNode[];
  /** Resolves when every node has answered as a healthy member. Throws UnavailableError with its last words when one does not. */
  healthy(): Promise<void>;
  /** Ends exactly these processes and removes their data. */
  stop(): Promise<void>;
}

/** Starts an Elasticsearch on loopback, on free ports, with data in a temporary folder; resolves when it is healthy. */
export async function startElasticsearch(options: ElasticOptions): Promise<RunningElasticsearch> {
  // A port may be taken between the look and the start: once more then (elasticsearch-node §1).
  return tryStart(options).catch(() => tryStart(options));
}

/** Starts what has ended of the nodes that an earlier process started, on their data; resolves when all are healthy. */
export async function startAgain(
  nodes: readonly { folder: string; url: string }[],
  distribution: Distribution,
): Promise<void> {
  const known = nodes.map(
    ({ folder, url }) => new ElasticNode({ distribution, folder, httpPort: Number(new URL(url).port), settings: {} }),
  );
  for (const node of known) if (node.pid === undefined) node.start();
  await waitUntilHealthy(known, undefined);
}

async function tryStart(options: ElasticOptions): Promise<RunningElasticsearch> {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-elastic-'));
  chmodSync(folder, 0o755);
  const nodes = await planNodes(folder, options);
  const healthy = (): Promise<void> => waitUntilHealthy(nodes, options.user);
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.end()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const node of nodes) node.start();
    await healthy();
  } catch (error) {
    await stop();
    throw error;
  }
  return { folder, nodes, healthy, stop };
}

async function planNodes(folder: string, options: ElasticOptions): Promise<ElasticNode[]> {
  const names = Array.from({ length: options.nodes ?? 1 }, (_, number) => `node-${number + 1}`);
  const transport: number[] = [];
  for (const _ of names) transport.push(await freePort());
  const together = {
    'cluster.name': folder.split('/').at(-1)!,
    'discovery.seed_hosts': transport.map((port) => `127.0.0.1:${port}`).join(','),
    'cluster.initial_master_nodes': names.join(','),
  };
  const nodes: ElasticNode[] = [];
  for (const [number, name] of names.entries()) {
    const settings = {
      'node.name': name,
      'transport.port': transport[number]!,
      ...(names.length > 1 ? together : { 'discovery.type': 'single-node' }),
      ...options.settings,
    };
    const httpPort = await freePort();
    const { distribution, user, heapMb } = options;
    const own = { distribution, folder: join(folder, name), httpPort, settings };
    nodes.push(new ElasticNode({ ...own, ...(user ? { user } : {}), ...(heapMb ? { heapMb } : {}) }));
  }
  return nodes;
}

async function waitUntilHealthy(nodes: ElasticNode[], user: NodeOptions['user']): Promise<void> {
  const authorization = user && `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  const headers = authorization ? { authorization } : undefined;
  const ask = `_cluster/health?wait_for_status=yellow&wait_for_nodes=${nodes.length}&timeout=5s`;
  const until = Date.now() + startMs;
  for (const node of nodes) {
    while (!(await answers(`${node.url}/${ask}`, headers))) {
      if (Date.now() > until)
        throw new UnavailableError('elasticsearch_start', `Elasticsearch did not start.\n${node.lastWords()}`);
      await sleep(200);
    }
  }
}

async function answers(url: string, headers: Record<string, string> | undefined): Promise<boolean> {
  try {
    const { ok } = await fetch(url, { ...(headers ? { headers } : {}), signal: AbortSignal.timeout(10_000) });
    return ok;
  } catch {
    return false;
  }
}
