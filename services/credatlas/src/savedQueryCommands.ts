import { Option } from 'commander';
import type { CommandSpec } from './commandSpec.ts';
import { formatOption } from './formatOption.ts';

/** `credatlas saved-queries …` */
export const savedQueryCommands: readonly CommandSpec[] = [
  {
    name: 'saved-queries list',
    summary: 'list the queries that are kept',
    options: [formatOption('csv', 'ndjson')],
    action: async (context, { options }) =>
      (await import('./commands/savedQueries.ts')).listQueriesCommand(context, options),
  },
  {
    name: 'saved-queries show <name>',
    summary: 'show a saved query and how much it finds now',
    options: [formatOption('csv', 'ndjson')],
    action: async (context, { arguments: [name], options }) =>
      (await import('./commands/savedQueries.ts')).showQueryCommand(context, name!, options),
  },
  {
    name: 'saved-queries save <name> [words...]',
    summary: 'save a query, with the state of things as they are now',
    options: [
      new Option('--title <title>', 'for people'),
      new Option('--filter <filter>', 'such as family:badge,region:NJ,cost:<2000'),
      new Option('--mode <mode>', 'strict or expanded'),
      new Option('--currency <code>', 'currency of costs'),
      new Option('--context <fields>', 'fields that tiers are judged in'),
      new Option('--issuer-list <name>', 'a shortlist that counts as evidence of tiers'),
    ],
    examples: ['credatlas saved-queries save cheap-data data --filter "cost:<2000"'],
    action: async (context, { arguments: [name, ...words], options }) =>
      (await import('./commands/savedQueries.ts')).saveQueryCommand(context, name!, { ...options, words }),
  },
  {
    name: 'saved-queries changes <name>',
    summary: 'what entered and left a saved query since a state, and why',
    options: [
      new Option('--since <state>', 'a change sequence or a day; when it was saved unless given'),
      new Option('--size <n>', 'how many, at most 200'),
      new Option('--after <cursor>', 'the next page'),
      formatOption('csv', 'ndjson'),
    ],
    action: async (context, { arguments: [name], options }) =>
      (await import('./commands/savedQueries.ts')).queryChangesCommand(context, name!, options),
  },
  {
    name: 'saved-queries delete <name>',
    summary: 'delete a saved query',
    action: async (context, { arguments: [name] }) =>
      (await import('./commands/savedQueries.ts')).deleteQueryCommand(context, name!),
  },
];
