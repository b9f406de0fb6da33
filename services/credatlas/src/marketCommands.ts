import { Option } from 'commander';
import type { CommandSpec } from './commandSpec.ts';

/** What every question about the market may be narrowed by. */
const questionOptions = [
  new Option('--filter <filter>', 'such as family:badge,region:NJ,cost:<2000'),
  new Option('--mode <mode>', 'strict or expanded'),
  new Option('--currency <code>', 'currency of costs'),
  new Option('--context <fields>', 'fields that tiers are judged in'),
  new Option('--issuer-list <name>', 'a shortlist that counts as evidence of tiers'),
  new Option('--unit <unit>', 'credential, or cluster: records about one credential count once'),
  new Option('--on <day>', 'day that tiers, staleness and recognition are judged on'),
  new Option('--snapshot <seq>', 'the numbers of an earlier answer, or a refusal when credentials have changed since'),
  new Option('--format <format>', 'json or csv'),
];

const shapeOptions = [
  new Option('--sort <columns>', 'such as -count,region'),
  new Option('--top <n>', 'only so many rows'),
  new Option('--suppress <n>', 'leave out cells of fewer credentials, and what would give them away'),
];

/** `credatlas market …` */
export const marketCommands: readonly CommandSpec[] = [
  {
    name: 'market [words...]',
    summary: 'count the market in a table of any dimensions',
    options: [
      new Option('--by <dimensions>', 'such as family,region, occupation.2, effective.quarter, classification:2025'),
      new Option('--metrics <metrics>', 'such as count,providers,median:cost,p25:days,share:cost,percent:row'),
      ...questionOptions,
      ...shapeOptions,
    ],
    examples: [
      'credatlas market --by family,region --metrics count,providers,median:cost',
      'credatlas market --by classification:2025 --metrics count,percent:total --format csv',
    ],
    action: async (context, given) =>
      (await import('./commands/market.ts')).marketCommand(context, '/v1/market', given),
  },
];
