import { Option } from 'commander';
import type { CommandSpec } from './commandSpec.ts';
import { formatOption } from './formatOption.ts';

const text = new Option('--text <file>', 'a text, such as a job advertisement, in which skills are recognised');
const within = [
  new Option('--q <words>', 'words that credentials must hold, too'),
  new Option('--relation <relations>', 'only these statements count: requires|assesses|teaches|recommends|aligned'),
  new Option('--filter <filter>', 'such as cost:<2000,days:<=180,region:NJ'),
  new Option('--mode <mode>', 'strict counts what is stated; expanded counts inferred skills, too'),
  new Option('--currency <code>', 'currency of costs'),
  new Option('--on <day>', 'day that tiers, staleness and recognition are judged on'),
  new Option('--context <fields>', 'fields that tiers are judged in: occupation:15-12|industry:52'),
  new Option('--issuer-list <name>', 'a shortlist that counts as evidence of tiers'),
  new Option('--unit <unit>', 'credential or cluster'),
];

/** Commands that begin with skills rather than with credentials. */
export const skillCommands: readonly CommandSpec[] = [
  {
    name: 'coverage [skills...]',
    summary: 'show which credentials prove these skills, by which statement, and what they miss',
    options: [
      text,
      new Option('--min <n>', 'how many of the skills at least; 1 unless given'),
      new Option('--share <share>', 'the same as a share of them, such as 0.8'),
      ...within,
      new Option('--size <n>', 'how many results, at most 200'),
      new Option('--after <cursor>', 'the next page'),
      formatOption('csv', 'ndjson', 'jsonld', 'ttl', 'nq'),
    ],
    examples: [
      'credatlas coverage welding "blueprint reading" "customer service" --min 2 --filter "cost:<5000"',
      'credatlas coverage --text advertisement.txt --share 0.8 --relation assesses',
    ],
    action: async (context, { arguments: skills, options }) =>
      (await import('./commands/coverage.ts')).coverageCommand(context, skills, options),
  },
  {
    name: 'bundles [skills...]',
    summary: 'find the cheapest, shortest or fewest credentials that together cover all of these skills',
    options: [
      text,
      new Option('--objective <objective>', 'cost, days or count; cost unless given'),
      ...within,
      formatOption('csv', 'ndjson'),
    ],
    examples: ['credatlas bundles Python SQL "risk management"', 'credatlas bundles Python SQL --objective days'],
    action: async (context, { arguments: skills, options }) =>
      (await import('./commands/coverage.ts')).bundlesCommand(context, skills, options),
  },
];
