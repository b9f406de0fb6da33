import { Option } from 'commander';
import type { CommandSpec } from './commandSpec.ts';
import { formatOption } from './formatOption.ts';

const on = new Option('--on <day>', 'the day that is judged by');

/** Commands that set credentials against one another, or against what is said of them. */
export const comparisonCommands: readonly CommandSpec[] = [
  {
    name: 'compare <id...>',
    summary: 'put credentials side by side; ID@2026-01-31 is the version of that day',
    options: [
      new Option(
        '--measures <names>',
        'by which one makes another needless: skills,cost,durationDays,credit,level,tier',
      ),
      new Option('--currency <code>', 'currency of costs'),
      new Option('--context <fields>', 'fields that tiers are judged in: occupation:15-12|industry:52'),
      new Option('--issuer-list <name>', 'a shortlist that counts as evidence of tiers'),
      on,
      formatOption('csv', 'ndjson'),
    ],
    examples: ['credatlas compare ID ID --measures skills,cost,tier', 'credatlas compare ID@2026-01-31 ID'],
    action: async (context, { arguments: ids, options }) =>
      (await import('./commands/comparison.ts')).compareCommand(context, ids, options),
  },
  {
    name: 'pathways',
    summary: 'show what counts toward what, for how much credit, under whose agreement',
    options: [
      new Option('--from <id>', 'what one has, or an organization for what it awards; any, unless given'),
      new Option('--to <id>', 'what it shall count toward, or an organization; any, unless given'),
      on,
      new Option('--hops <n>', 'most steps of a chain, 1 to 3'),
      new Option('--lapsing <months>', 'only what ends within so many months'),
      formatOption('csv', 'ndjson'),
    ],
    examples: ['credatlas pathways --to ID', 'credatlas pathways --from ID --on 2027-09-01'],
    action: async (context, { options }) =>
      (await import('./commands/comparison.ts')).pathwaysCommand(context, options),
  },
  {
    name: 'checks <id>',
    summary: 'tell what is wrong with a credential on a day, and what its record leaves out',
    options: [on, new Option('--currency <code>', 'currency of costs'), formatOption('csv', 'ndjson')],
    examples: ['credatlas checks ID --on 2027-01-01'],
    action: async (context, { arguments: [id], options }) =>
      (await import('./commands/comparison.ts')).checksCommand(context, id!, options),
  },
  {
    name: 'similar <id>',
    summary: 'show equivalents of a credential from other providers, why, and what differs',
    options: [
      new Option('--filter <filter>', 'such as cost:<2000,region:NJ'),
      new Option('--size <n>', 'how many, at most 200'),
      new Option('--currency <code>', 'currency of costs'),
      new Option('--context <fields>', 'fields that tiers are judged in: occupation:15-12|industry:52'),
      new Option('--issuer-list <name>', 'a shortlist that counts as evidence of tiers'),
      on,
      formatOption('csv', 'ndjson', 'jsonld', 'ttl', 'nq'),
    ],
    examples: ['credatlas similar ID --filter "cost:<1000"'],
    action: async (context, { arguments: [id], options }) =>
      (await import('./commands/comparison.ts')).similarCommand(context, id!, options),
  },
];
