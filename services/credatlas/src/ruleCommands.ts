import { Option } from 'commander';
import type { CommandSpec } from './commandSpec.ts';
import { formatOption } from './formatOption.ts';

/** `credatlas rules …` */
export const ruleCommands: readonly CommandSpec[] = [
  {
    name: 'rules [name] [words...]',
    summary: 'list the rules, or tell which credentials pass one, fail it, or cannot be judged',
    options: [
      new Option('--filter <filter>', 'such as family:certificate,region:NJ'),
      new Option('--verdict <verdict>', 'list only these: pass, fail or cannot-judge'),
      new Option('--id <id>', 'how one credential fares, and what it must still publish'),
      new Option('--sort <fields>', 'such as cost'),
      new Option('--sample <n>', 'so many of what is found, drawn at random'),
      new Option('--seed <n>', 'which draw: the same seed draws the same sample'),
      new Option('--select <fields>', 'only these fields'),
      new Option('--size <n>', 'how many are listed, at most 200'),
      new Option('--after <cursor>', 'the next page'),
      new Option('--mode <mode>', 'strict or expanded'),
      new Option('--unit <unit>', 'credential, or cluster'),
      new Option('--issuer-list <name>', 'a shortlist that counts as evidence of tiers'),
      new Option('--on <day>', 'day that tiers, staleness and recognition are judged on'),
      new Option('--currency <code>', 'currency of costs'),
      new Option('--context <fields>', 'fields that tiers are judged in'),
      formatOption('csv', 'ndjson', 'jsonld', 'ttl', 'nq'),
    ],
    examples: [
      'credatlas rules workforce-pell --filter family:certificate,region:NJ --verdict pass',
      'credatlas rules workforce-pell --id ce-f79704a7-8bd2-4136-8f8f-3481d343224a',
    ],
    action: async (context, { arguments: [name, ...words], options }) =>
      (await import('./commands/rules.ts')).rulesCommand(context, { name, words, options }),
  },
];
