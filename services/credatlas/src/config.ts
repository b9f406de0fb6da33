import { resolve } from 'node:path';
import { InvalidInputError } from '@credatlas/model';
import { z } from 'zod';

const trueWords = ['true', '1', 'yes', 'on'];
const falseWords = ['false', '0', 'no', 'off'];

const portSchema = z
  .string()
  .refine(
    (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535,
    'a whole number from 0 to 65535 (0 picks a free one)',
  )
  .transform(Number);
/** A whole number from 1, as it is written. */
function countSchema(allowed: string, most: number) {
  return z
    .string()
    .refine((text) => /^\d{1,15}$/.test(text) && Number(text) >= 1 && Number(text) <= most, allowed)
    .transform(Number);
}
const flagSchema = z
  .string()
  .toLowerCase()
  .refine((text) => [...trueWords, ...falseWords].includes(text), 'true or false')
  .transform((text) => trueWords.includes(text));
const addressSchema = z
  .string()
  .refine(isAddress, 'an http or https address')
  .transform((text) => text.replace(/\/+$/, ''));

/** Requests of one client in a minute. */
const limitSchema = z
  .string()
  .regex(/^\d{1,9}$/, 'a whole number of requests a minute; 0: as many as come')
  .transform(Number);

/** Nodes of one cluster. Credentials have settings of their own: addresses are printed and logged. */
const nodesSchema = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim().replace(/\/+$/, '')))
  .refine(
    (addresses) => addresses.every((address) => isAddress(address) && new URL(address).username === ''),
    'one or more http or https addresses, separated by commas, without user and password',
  );

/** Every setting: one name in camelCase, read from the flag and the environment variable of that name. */
const settingsSchema = z.object({
  port: portSchema.prefault('8080'),
  host: z.string().min(1, 'a host name or address of this machine').default('127.0.0.1'),
  dataDir: z.string().min(1, 'a folder').default('./data'),
  searchEngine: z.enum(['embedded', 'elasticsearch'], 'embedded or elasticsearch').default('embedded'),
  elasticsearchUrl: nodesSchema.optional(),
  elasticsearchApiKey: z.string().min(1, 'an API key').optional(),
  elasticsearchUsername: z.string().min(1, 'a user of Elasticsearch').optional(),
  elasticsearchPassword: z.string().min(1, 'the password of that user').optional(),
  elasticsearchCa: z.string().min(1, 'a PEM file').optional(),
  elasticsearchIndex: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,99}$/, 'lower-case letters, digits, - and _, a letter first, at most 100')
    .default('credatlas'),
  publicUrl: addressSchema.optional(),
  sample: flagSchema.prefault('false'),
  crawlAllowPrivate: flagSchema.prefault('false'),
  crawlContact: z.string().min(1, 'a mail or web address').optional(),
  adminToken: z.string().min(20, 'at least 20 characters').optional(),
  rateLimit: limitSchema.prefault('600'),
  rateLimitToken: limitSchema.prefault('6000'),
  /** Told, and beyond what one process answers: whoever runs on this machine is not held up. */
  rateLimitLoopback: limitSchema.prefault('6000000'),
  trustedProxies: z
    .string()
    .regex(/^\d$/, 'how many proxies stand in front of this server, 0 to 9')
    .transform(Number)
    .prefault('0'),
  countQuestions: flagSchema.prefault('true'),
  exportDays: countSchema('a whole number of days from 1 to 3650', 3650).prefault('7'),
  exportMaxBytes: countSchema('a whole number of bytes from 1', Number.MAX_SAFE_INTEGER).prefault('20000000000'),
  tierPolicy: z.string().min(1, 'a JSON file').optional(),
  recognitionList: z.string().min(1, 'a JSON file').optional(),
  classifications: z.string().min(1, 'a JSON file, or a folder of them').optional(),
  rules: z.string().min(1, 'a JSON file, or a folder of them').optional(),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'debug, info, warn, error or silent').default('info'),
});

/** Settings that make sense only together. */
const configSchema = settingsSchema
  .refine(({ searchEngine, elasticsearchUrl }) => searchEngine === 'embedded' || elasticsearchUrl, {
    path: ['elasticsearchUrl'],
    error: 'the address of an Elasticsearch, since SEARCH_ENGINE is elasticsearch',
  })
  .refine((config) => config.elasticsearchPassword || !config.elasticsearchUsername, {
    path: ['elasticsearchPassword'],
    error: 'the password of ELASTICSEARCH_USERNAME',
  });

export type Config = z.infer<typeof configSchema>;

/** Where a value came from. */
export type Origin = 'flag' | 'environment' | 'default';

export interface Setting {
  /** As an environment variable. */
  name: string;
  value: string | undefined;
  origin: Origin;
}

const secrets: readonly string[] = [
  'adminToken',
  'elasticsearchApiKey',
  'elasticsearchPassword',
] satisfies (keyof Config)[];

/**
 * Reads the configuration: flags win over the environment, the environment over the defaults; paths are taken from `cwd`. Throws
 * InvalidInputError `invalid_configuration` naming each wrong value, where it came from and what is allowed.
 */
export function readConfig(given: {
  env: Record<string, string | undefined>;
  flags: Record<string, unknown>;
  cwd: string;
}): { config: Config; settings: Setting[] } {
  const names = Object.keys(settingsSchema.shape);
  const found = new Map(names.map((name) => [name, givenValue(name, given)]));
  const parsed = configSchema.safeParse(Object.fromEntries([...found].map(([name, { value }]) => [name, value])));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => wrongValue(String(issue.path[0]), found, issue.message));
    throw new InvalidInputError('invalid_configuration', faults.join('\n'));
  }
  const config = { ...parsed.data, dataDir: resolve(given.cwd, parsed.data.dataDir) };
  return { config, settings: names.map((name) => settingOf(name, config, found.get(name)!.origin)) };
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function givenValue(
  name: string,
  { env, flags }: { env: Record<string, string | undefined>; flags: Record<string, unknown> },
): { value: string | undefined; origin: Origin } {
  if (flags[name] !== undefined) return { value: String(flags[name]), origin: 'flag' };
  const value = env[variableOf(name)];
  return value === undefined || value === ''
    ? { value: undefined, origin: 'default' }
    : { value, origin: 'environment' };
}

function wrongValue(
  name: string,
  found: Map<string, { value: string | undefined; origin: Origin }>,
  allowed: string,
): string {
  const { value, origin } = found.get(name)!;
  // An address may hold a password where it should not.
  const isSecret = secrets.includes(name) || /\/\/[^/]*@/.test(value ?? '');
  const shown = value === undefined ? 'not set' : isSecret ? 'a secret' : `"${value}"`;
  const place = origin === 'flag' ? `--${variableOf(name).toLowerCase().replaceAll('_', '-')}` : variableOf(name);
  return `${place} is ${shown}. Allowed: ${allowed}.`;
}

function settingOf(name: string, config: Config, origin: Origin): Setting {
  const value = config[name as keyof Config];
  const shown = secrets.includes(name) && value !== undefined ? '(hidden)' : value;
  return { name: variableOf(name), value: shown === undefined ? undefined : String(shown), origin };
}

/** `dataDir` → `DATA_DIR` */
function variableOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
