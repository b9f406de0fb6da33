import { Option } from 'commander';
import type { CommandSpec } from './commandSpec.ts';
import { formatOption } from './formatOption.ts';

/** What every question about the market may be narrowed by. */
const questionOptions = [
  new Option('--filter <filter>', 'such as family:badge,region:NJ,cost:<2000'),
  new Option('--mode <mode>', 'strict or expanded'),
  new Option('--currency <code>', 'currency of costs'),
  new Option('--context <fields>', 'fields that tiers are judged in'),
  new Option('--issuer-list <name>', 'a shortlist that counts as evidence of tiers'),
  new Option('--unit <unit>', 'credential, or cluster: records about one credential count once'),
  new Option('--on <day>', 'day that tiers, staleness and recognition are judged on'),
  new Option('--as-of <state>', 'an earlier state: a day, a moment, or a change sequence'),
  new Option('--snapshot <seq>', 'exactly the numbers of an earlier answer, or a refusal that says why not'),
  formatOption('csv', 'ndjson'),
];

const shapeOptions = [
  new Option('--sort <columns>', 'such as -count,region'),
  new Option('--top <n>', 'only so many rows'),
  new Option('--suppress <n>', 'leave out cells of fewer credentials, and what would give them away'),
];

const byOption = new Option(
  '--by <dimensions>',
  'such as family,region, occupation.2, effective.quarter, classification:2025',
);

/** A question below `market`: the route's last word is its name. */
function topic(name: string, summary: string, given: { options?: Option[]; examples: string[] }): CommandSpec {
  return {
    name: `market ${name} [words...]`,
    summary,
    options: [byOption, ...(given.options ?? []), ...questionOptions, ...shapeOptions],
    examples: given.examples.map((text) => `credatlas market ${name} ${text}`),
    action: async (context, invoked) =>
      (await import('./commands/market.ts')).marketCommand(context, `/v1/market/${name}`, invoked),
  };
}

/** `credatlas market …` */
export const marketCommands: readonly CommandSpec[] = [
  {
    name: 'market [words...]',
    summary: 'count the market in a table of any dimensions',
    options: [
      byOption,
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
  topic('concentration', 'tell how concentrated supply is', {
    options: [new Option('--parents <yes|no>', 'whether organizations count as the one they are part of')],
    examples: ['--by skill --sort -hhi --top 10'],
  }),
  topic('credit', 'tell which short credentials lead to credit elsewhere, and to how much', {
    options: [
      new Option('--days <n>', 'short is what takes fewer days (105: 15 weeks)'),
      new Option('--size <n>', 'how many ways are listed'),
    ],
    examples: ['--by family', '--by providerSector --days 56'],
  }),
  topic('deserts', 'list places without a provider of a skill, or where it leads into nothing', {
    options: [
      new Option('--skill <skill>', 'key, IRI, code or label'),
      new Option('--all <yes|no>', 'list well supplied places too'),
    ],
    examples: ['--skill welding --by region'],
  }),
  topic('supply', 'tell how far the skills of a profile are supplied', {
    options: [
      new Option('--skills <skills>', 'keys, codes or labels, joined by |'),
      new Option('--occupation <code>', 'or an occupation, whose skills are looked up'),
    ],
    examples: ['--skills "welding|blueprint reading" --by region'],
  }),
  topic('growth', 'tell how the market grows by period', {
    options: [
      new Option('--period <period>', 'quarter, year or month'),
      new Option('--periods <n>', 'how many, up to the day of the question'),
    ],
    examples: ['--by family --periods 8'],
  }),
  topic('changes', 'tell what lies between two states, by row and by record', {
    options: [
      new Option('--since <state>', 'the earlier state: a day, a moment, or a change sequence'),
      new Option('--size <n>', 'how many records are listed of each kind'),
    ],
    examples: ['--since 2026-01-01 --by family'],
  }),
  topic('staleness', 'tell how stale records are', { examples: ['--by provider,program.2 --top 20'] }),
  topic('lapsing', 'list recognition, or agreements, that end soon', {
    options: [
      new Option('--of <what>', 'recognition or agreements'),
      new Option('--months <n>', 'how far to look'),
      new Option('--size <n>', 'how many are listed'),
    ],
    examples: ['--months 6', '--of agreements --by family,providerSector'],
  }),
  topic('presence', 'tell what share of credentials states each thing', { examples: ['--by providerSector'] }),
  topic('outcomes', 'tell what outcomes are stated', { examples: ['--by family'] }),
  {
    name: 'market classifications',
    summary: 'list the schemes that tables sort by, with their sources, figures and crosswalks',
    options: [formatOption('csv', 'ndjson')],
    action: async (context, { options }) =>
      (await import('./commands/market.ts')).classificationsCommand(context, options),
  },
];
