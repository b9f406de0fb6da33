import { counted } from '@credatlas/model';
import type { ClusterList, Decision } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import { printCluster } from './printing.ts';
import { ask, parametersIn } from './query.ts';

/** `credatlas clusters list` */
export function listClustersCommand(context: CommandContext, options: Record<string, unknown>): Promise<number> {
  const { terminal } = context;
  return ask(context, { path: '/v1/clusters', query: parametersIn(options) }, (body) => {
    const { meta, results, next } = body as ClusterList;
    terminal.print(terminal.strong(counted(meta.total, 'cluster')));
    for (const cluster of results) printCluster(terminal, cluster);
    if (next) terminal.say(`More: --after ${next}`);
  });
}

/** `credatlas clusters apart ID OTHER [--why REASON]` and `credatlas clusters together ID OTHER` */
export function apartCommand(
  context: CommandContext,
  ids: [string, string],
  { method, why }: { method: 'PUT' | 'DELETE'; why?: string },
): Promise<number> {
  const [id, other] = ids.map(encodeURIComponent);
  const body = method === 'PUT' ? { body: { ...(why ? { why } : {}) } } : {};
  return ask(context, { method, path: `/v1/credentials/${id}/apart/${other}`, ...body }, (answer) => {
    const { a, b, apart, clusters } = answer as Decision;
    context.terminal.print(apart ? `kept apart: ${a} and ${b}` : `no longer kept apart: ${a} and ${b}`);
    for (const cluster of clusters) if (cluster) printCluster(context.terminal, cluster);
  });
}
