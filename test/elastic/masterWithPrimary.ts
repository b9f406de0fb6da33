import { setTimeout as sleep } from 'node:timers/promises';
import type { ElasticNode } from '@credatlas/elasticsearch-node';
import { expect } from 'vitest';

/** Between two looks the balance of the cluster may move the primary. */
const attempts = 5;
const patienceMs = 60_000;

/**
 * The node that holds the primary, made the master when another is. The shards stay where they are: a primary that is moved onto the
 * master may meet its replica there, or be moved away again (seen). Resolves when the replica and the votes of all are there, so that the
 * others outlive its death.
 */
export async function masterWithPrimary(nodes: ElasticNode[], index: string): Promise<ElasticNode> {
  const address = nodes[0]!.url;
  const names = nodes.map((_, number) => `node-${number + 1}`);
  const seen: object[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    const isWhole = await becomesWhole(address, index, names.length);
    const primary = await primaryOf(address, index);
    if (isWhole && primary) await makeMaster(address, primary, names);
    const [master, still] = [await masterOf(address), await primaryOf(address, index)];
    if (isWhole && primary && master === primary && still === primary) return nodes[names.indexOf(primary)]!;
    seen.push({ isWhole, primary, still, master, votes: await votesOf(address) });
  }
  return expect.fail(`No master with the primary of ${index}: ${JSON.stringify(seen)}`);
}

/** Every node is a member, every copy has started, and none moves. */
async function becomesWhole(address: string, index: string, nodes: number): Promise<boolean> {
  const wait = `wait_for_nodes=${nodes}&wait_for_status=green&wait_for_no_relocating_shards=true&timeout=${patienceMs}ms`;
  return !(await ask<{ timed_out: boolean }>(`${address}/_cluster/health/${index}?${wait}`)).timed_out;
}

/** Only its vote counts until it is elected; then all count again. */
async function makeMaster(address: string, name: string, names: string[]): Promise<void> {
  if ((await masterOf(address)) === name) return;
  const exclusions = `${address}/_cluster/voting_config_exclusions`;
  const others = names.filter((other) => other !== name).join(',');
  await ask(`${exclusions}?node_names=${others}&timeout=${patienceMs}ms`, 'POST');
  await until(async () => (await masterOf(address)) === name);
  await ask(`${exclusions}?wait_for_removal=false`, 'DELETE');
  await until(async () => (await votesOf(address)) === names.length);
}

async function masterOf(address: string): Promise<string | undefined> {
  return (await ask<{ node: string }[]>(`${address}/_cat/master?format=json`))[0]?.node;
}

async function primaryOf(address: string, index: string): Promise<string | undefined> {
  const shards = await ask<{ prirep: string; node: string }[]>(`${address}/_cat/shards/${index}?format=json`);
  return shards.find(({ prirep }) => prirep === 'p')?.node;
}

/** How many nodes take part in an election. */
async function votesOf(address: string): Promise<number> {
  const { metadata } = await ask<{ metadata: { cluster_coordination: { last_committed_config: string[] } } }>(
    `${address}/_cluster/state/metadata?filter_path=metadata.cluster_coordination`,
  );
  return metadata.cluster_coordination.last_committed_config.length;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end && !(await isSo())) await sleep(100);
}

async function ask<Answer>(address: string, method = 'GET'): Promise<Answer> {
  const response = await fetch(address, { method });
  const text = await response.text();
  // A health that was not reached in time is a 408 that says so.
  if (!response.ok && response.status !== 408) expect.fail(`${method} ${address}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : {}) as Answer;
}
