import { Option } from 'commander';
import { clusterCommands } from './clusterCommands.ts';
import type { CommandSpec } from './commandSpec.ts';
import { comparisonCommands } from './comparisonCommands.ts';
import { formatOption } from './formatOption.ts';
import { marketCommands } from './marketCommands.ts';
import { ruleCommands } from './ruleCommands.ts';
import { savedQueryCommands } from './savedQueryCommands.ts';
import { shortlistCommands } from './shortlistCommands.ts';
import { skillCommands } from './skillCommands.ts';

const searchOptions = [
  new Option('--filter <filter>', 'such as family:badge,region:NJ,cost:<2000'),
  new Option('--facets <fields>', 'such as family,region:10'),
  new Option('--sort <fields>', 'such as -updatedAt,cost'),
  new Option('--size <n>', 'how many results, at most 200'),
  new Option('--mode <mode>', 'strict or expanded'),
  new Option('--after <cursor>', 'the next page'),
  new Option('--sample <n>', 'so many of what is found, drawn at random'),
  new Option('--seed <n>', 'which draw: the same seed draws the same sample'),
  new Option('--select <fields>', 'only these fields'),
  new Option('--currency <code>', 'currency of costs'),
  new Option(
    '--context <fields>',
    'fields that tiers are judged in: occupation:15-12|industry:52|subject:"data science"',
  ),
  new Option('--unit <unit>', 'credential, or cluster: of several records about one credential only the lead'),
  new Option('--issuer-list <name>', 'a shortlist that counts as evidence of tiers'),
  new Option('--on <day>', 'day that tiers, staleness and recognition are judged on'),
];

const pageOptions = [
  new Option('--size <n>', 'how many, at most 200'),
  new Option('--after <cursor>', 'the next page'),
];

/** Every command. */
export const commandTable: readonly CommandSpec[] = [
  {
    name: 'serve',
    summary: 'serve the API and the pages, and keep the index up with the store',
    options: [
      new Option('--port <port>', 'where to listen; 0 picks a free one (PORT)'),
      new Option('--host <host>', 'address to listen on (HOST)'),
      new Option('--public-url <url>', 'base of the links it makes (PUBLIC_URL)'),
      new Option('--sample', 'load the sample market into an empty store (SAMPLE)'),
      new Option('--no-sample', 'do not'),
    ],
    settings: ['port', 'host', 'publicUrl', 'sample'],
    action: async (context) => (await import('./commands/serve.ts')).serveCommand(context),
  },
  {
    name: 'crawl <source...>',
    summary: 'crawl registries (address), folders or files into the store',
    options: [
      new Option('--full', 'read everything again'),
      new Option('--crawl-allow-private', 'reach private addresses too'),
    ],
    settings: ['crawlAllowPrivate'],
    examples: [
      'credatlas crawl https://sandbox.credentialengineregistry.org/ce-registry',
      'credatlas crawl ./documents',
    ],
    action: async (context, { arguments: sources, options }) =>
      (await import('./commands/crawl.ts')).crawlCommand(context, sources, options),
  },
  {
    name: 'sources',
    summary: 'list what has been crawled',
    action: async (context) => (await import('./commands/overview.ts')).sourcesCommand(context),
  },
  {
    name: 'normalize <file>',
    summary: 'show what becomes of the documents of a file, without storing them',
    action: async (context, { arguments: [file] }) =>
      (await import('./commands/normalize.ts')).normalizeCommand(context, file!),
  },
  {
    name: 'validate <file...>',
    summary: 'judge documents before they are published: faults with line, rule, source and remedy',
    options: [new Option('--resolve <files...>', 'documents or folders in which references are looked up')],
    examples: [
      'credatlas validate course.json --resolve provider.json',
      'credatlas validate documents --resolve documents',
    ],
    action: async (context, { arguments: files, options }) =>
      (await import('./commands/validate.ts')).validateCommand(context, files, options),
  },
  {
    name: 'search [words...]',
    summary: 'search credentials',
    options: [
      ...searchOptions,
      new Option('--as-of <state>', 'totals of an earlier state, with --size 0: a day, a moment or a change sequence'),
      formatOption('csv', 'ndjson', 'jsonld', 'ttl', 'nq'),
    ],
    examples: ['credatlas search welding --filter "region:NJ,cost:<5000" --sort cost --facets family'],
    action: async (context, { arguments: words, options }) =>
      (await import('./commands/query.ts')).searchCommand(context, words, options),
  },
  ...skillCommands,
  ...comparisonCommands,
  {
    name: 'show <id>',
    summary: 'show one credential',
    options: [new Option('--source', 'the document it came from, word for word'), formatOption('jsonld', 'ttl', 'nq')],
    action: async (context, { arguments: [id], options }) =>
      (await import('./commands/query.ts')).showCommand(context, id!, options),
  },
  {
    name: 'references <id>',
    summary: 'list who refers to a credential, by property and document',
    options: [...pageOptions, formatOption('csv', 'ndjson')],
    action: async (context, { arguments: [id], options }) =>
      (await import('./commands/provider.ts')).referencesCommand(context, id!, options),
  },
  {
    name: 'report <organization>',
    summary: 'a provider’s own view: stale, broken, missing, published by others, and against its peers',
    options: [
      new Option('--peers <ids>', 'organizations to compare with, joined by commas'),
      new Option('--currency <code>', 'currency of costs'),
      new Option('--on <day>', 'day that staleness is judged on'),
      formatOption('csv', 'ndjson'),
    ],
    action: async (context, { arguments: [id], options }) =>
      (await import('./commands/provider.ts')).reportCommand(context, id!, options),
  },
  {
    name: 'suggest <words...>',
    summary: 'complete the beginning of a name, skill or provider',
    options: [
      new Option('--kind <kinds>', 'only these kinds'),
      new Option('--size <n>', 'how many, at most 200'),
      formatOption('csv', 'ndjson'),
    ],
    action: async (context, { arguments: words, options }) =>
      (await import('./commands/query.ts')).suggestCommand(context, words, options),
  },
  {
    name: 'skill <name>',
    summary: 'show who teaches, assesses and requires a skill, its supply, and what else it is called',
    options: [formatOption('jsonld', 'ttl', 'nq')],
    examples: ['credatlas skill python', 'credatlas skill esco:ccd0a1d9-afda-43d9-b901-96344886e14d'],
    action: async (context, { arguments: [name], options }) =>
      (await import('./commands/query.ts')).skillCommand(context, name!, options),
  },
  {
    name: 'organization <id>',
    summary: 'show one organization, by CTID, address, our id, UNITID or OPEID',
    options: [formatOption('jsonld', 'ttl', 'nq')],
    examples: ['credatlas organization 186380'],
    action: async (context, { arguments: [id], options }) =>
      (await import('./commands/query.ts')).organizationCommand(context, id!, options),
  },
  {
    name: 'organizations [words...]',
    summary: 'list organizations',
    options: [...pageOptions, formatOption('csv', 'ndjson', 'jsonld', 'ttl', 'nq')],
    action: async (context, { arguments: words, options }) =>
      (await import('./commands/query.ts')).listCommand(context, words, { ...options, of: 'organizations' }),
  },
  {
    name: 'skills [words...]',
    summary: 'list skills',
    options: [...pageOptions, formatOption('csv', 'ndjson')],
    action: async (context, { arguments: words, options }) =>
      (await import('./commands/query.ts')).listCommand(context, words, { ...options, of: 'skills' }),
  },
  {
    name: 'export [words...]',
    summary: 'write every credential that matches, with what it holds beside it',
    options: [
      new Option('--format <format>', 'csv, ndjson, parquet, jsonld, ttl or nq'),
      new Option('--output <file>', 'file to write; standard output unless given'),
      ...searchOptions.filter(
        ({ long }) => !['--facets', '--sort', '--size', '--after', '--sample', '--seed'].includes(long ?? ''),
      ),
    ],
    examples: [
      'credatlas export --filter family:badge --format parquet --output badges.parquet',
      'credatlas export "data analysis" --format csv --select name,provider,cost > data.csv',
    ],
    action: async (context, { arguments: words, options }) =>
      (await import('./commands/export.ts')).exportCommand(context, words, options),
  },
  ...marketCommands,
  ...ruleCommands,
  ...shortlistCommands,
  ...clusterCommands,
  ...savedQueryCommands,
  {
    name: 'mcp',
    summary: 'answer an agent (Model Context Protocol) over standard input and output',
    examples: ['claude mcp add credatlas -- credatlas mcp --data-dir /srv/credatlas'],
    action: async (context) => (await import('./commands/mcp.ts')).mcpCommand(context),
  },
  {
    name: 'index rebuild',
    summary: 'build the search index anew from the store',
    action: async (context) => (await import('./commands/keeping.ts')).rebuildCommand(context),
  },
  {
    name: 'stats',
    summary: 'count what the store holds',
    action: async (context) => (await import('./commands/overview.ts')).statsCommand(context),
  },
  {
    name: 'config',
    summary: 'print every setting and where it came from',
    options: [
      new Option('--port <port>', 'PORT'),
      new Option('--host <host>', 'HOST'),
      new Option('--public-url <url>', 'PUBLIC_URL'),
    ],
    settings: ['port', 'host', 'publicUrl'],
    action: async (context) => (await import('./commands/overview.ts')).configCommand(context),
  },
  {
    name: 'backup <file>',
    summary: 'copy the store, while others go on writing',
    action: async (context, { arguments: [file] }) =>
      (await import('./commands/keeping.ts')).backupCommand(context, file!),
  },
  {
    name: 'restore <file>',
    summary: 'put a backup in the place of the store; what was there is kept',
    action: async (context, { arguments: [file] }) =>
      (await import('./commands/keeping.ts')).restoreCommand(context, file!),
  },
];
