import { Option } from 'commander';
import type { CommandSpec } from './commandSpec.ts';
import { formatOption } from './formatOption.ts';

/** `credatlas shortlists …` */
export const shortlistCommands: readonly CommandSpec[] = [
  {
    name: 'shortlists list',
    summary: 'list the shortlists that are kept',
    options: [formatOption('csv', 'ndjson')],
    action: async (context, { options }) =>
      (await import('./commands/shortlists.ts')).listShortlistsCommand(context, options),
  },
  {
    name: 'shortlists show <name>',
    summary: 'show a shortlist and what is found of it here',
    action: async (context, { arguments: [name] }) =>
      (await import('./commands/shortlists.ts')).showShortlistCommand(context, name!),
  },
  {
    name: 'shortlists import <file>',
    summary: 'make or replace a shortlist from a table (id, name, why, source, date) or a JSON file',
    options: [
      new Option('--name <name>', 'what it is called; the file’s name unless given'),
      new Option('--of <kind>', 'what it lists').choices(['issuers', 'credentials']),
    ],
    examples: ['credatlas shortlists import vetted.csv', 'credatlas search --filter issuerList:vetted,tier:high'],
    action: async (context, { arguments: [file], options }) =>
      (await import('./commands/shortlists.ts')).importShortlistCommand(context, file!, options),
  },
  {
    name: 'shortlists export <name>',
    summary: 'print a shortlist as a table',
    action: async (context, { arguments: [name] }) =>
      (await import('./commands/shortlists.ts')).exportShortlistCommand(context, name!),
  },
  {
    name: 'shortlists delete <name>',
    summary: 'delete a shortlist',
    action: async (context, { arguments: [name] }) =>
      (await import('./commands/shortlists.ts')).deleteShortlistCommand(context, name!),
  },
];
