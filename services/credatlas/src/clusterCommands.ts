import { Option } from 'commander';
import type { CommandSpec } from './commandSpec.ts';
import { formatOption } from './formatOption.ts';

/** `credatlas clusters …` */
export const clusterCommands: readonly CommandSpec[] = [
  {
    name: 'clusters list',
    summary: 'list records of several sources about the same credential, with the evidence',
    options: [
      new Option('--size <n>', 'how many, at most 200'),
      new Option('--after <cursor>', 'the next page'),
      formatOption('csv', 'ndjson'),
    ],
    action: async (context, { options }) =>
      (await import('./commands/clusters.ts')).listClustersCommand(context, options),
  },
  {
    name: 'clusters apart <id> <other>',
    summary: 'say that two records are not about the same credential',
    options: [new Option('--why <reason>', 'kept with it')],
    action: async (context, { arguments: [id, other], options }) =>
      (await import('./commands/clusters.ts')).apartCommand(context, [id!, other!], { ...options, method: 'PUT' }),
  },
  {
    name: 'clusters together <id> <other>',
    summary: 'take that back',
    action: async (context, { arguments: [id, other] }) =>
      (await import('./commands/clusters.ts')).apartCommand(context, [id!, other!], { method: 'DELETE' }),
  },
];
