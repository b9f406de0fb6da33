import { setTimeout as sleep } from 'node:timers/promises';
import type { ElasticNode } from '@credatlas/elasticsearch-node';
import { expect } from 'vitest';

/** The master; the primary is moved onto it when it lies elsewhere. Waits until the replica is there too. */
export async function masterWithPrimary(nodes: ElasticNode[], index: string): Promise<ElasticNode> {
  const ask = async (path: string, body?: unknown): Promise<unknown> =>
    (
      await fetch(`${nodes[0]!.url}/${path}`, {
        ...(body
          ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
          : {}),
      })
    ).json();
  const green = (): Promise<unknown> => ask(`_cluster/health/${index}?wait_for_status=green&timeout=60s`);
  const shards = async (): Promise<{ prirep: string; node: string; state: string }[]> =>
    (await ask(`_cat/shards/${index}?format=json`)) as { prirep: string; node: string; state: string }[];
  await green();
  const [{ node: master }] = (await ask('_cat/master?format=json')) as [{ node: string }];
  const replica = (await shards()).find(({ prirep }) => prirep === 'r')!.node;
  const primary = (await shards()).find(({ prirep }) => prirep === 'p')!.node;
  if (primary !== master) {
    // A replica in the way goes to the third node first.
    const third = nodes.map((_, number) => `node-${number + 1}`).find((name) => name !== master && name !== primary)!;
    const moves = [...(replica === master ? [[master, third]] : []), [primary, master]];
    for (const [from, to] of moves) {
      await ask('_cluster/reroute', { commands: [{ move: { index, shard: 0, from_node: from, to_node: to } }] });
      await green();
      // On a busy machine a move takes more than a minute (seen).
      while (!(await shards()).every(({ state }) => state === 'STARTED')) await sleep(200);
    }
  }
  expect((await shards()).find(({ prirep }) => prirep === 'p')!.node).toBe(master);
  return nodes[Number(master.split('-')[1]) - 1]!;
}
