import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Invocation, invokeRoute } from '@credatlas/http-express';
import { InvalidInputError } from '@credatlas/model';
import type { CredentialList, SkillDetail } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import { exitCodeOfStatus } from '../exitCodes.ts';
import { generalOptions } from '../generalOptions.ts';
import { withLocalApi } from '../localApi.ts';
import { printCredential, printCredentials, printFields, printList, printSkill, printSuggestions } from './printing.ts';

type Options = Record<string, unknown>;

/** `credatlas search [words…]` */
export function searchCommand(context: CommandContext, words: string[], options: Options): Promise<number> {
  const query = { ...parametersIn(options), ...textOf(words) };
  const isRanked = words.length > 0 && options.sort === undefined;
  return ask(context, { path: '/v1/credentials', query }, (body) =>
    printCredentials(context.terminal, body as CredentialList, { isRanked }),
  );
}

/** `credatlas show ID [--source]` */
export function showCommand(context: CommandContext, id: string, { source, ...options }: Options): Promise<number> {
  const path = `${source ? '/graph' : '/v1/credentials'}/${encodeURIComponent(id)}`;
  return ask(context, { path, query: parametersIn(options) }, (body) =>
    source ? context.terminal.print(JSON.stringify(body, undefined, 2)) : printCredential(context.terminal, body),
  );
}

/** `credatlas skill NAME` */
export function skillCommand(context: CommandContext, name: string, options: Options): Promise<number> {
  const path = `/v1/skills/${encodeURIComponent(name)}`;
  return ask(context, { path, query: parametersIn(options) }, (body) =>
    printSkill(context.terminal, body as SkillDetail),
  );
}

/** `credatlas organization ID` */
export function organizationCommand(context: CommandContext, id: string, options: Options): Promise<number> {
  const path = `/v1/organizations/${encodeURIComponent(id)}`;
  return ask(context, { path, query: parametersIn(options) }, (body) => printFields(context.terminal, body));
}

/** `credatlas suggest WORDS…` */
export function suggestCommand(context: CommandContext, words: string[], options: Options): Promise<number> {
  const query = { ...parametersIn(options), ...textOf(words) };
  return ask(context, { path: '/v1/suggest', query }, (body) => printSuggestions(context.terminal, body));
}

/** `credatlas organizations [words…]` and `credatlas skills [words…]` */
export function listCommand(
  context: CommandContext,
  words: string[],
  { of, ...options }: Options & { of: 'organizations' | 'skills' },
): Promise<number> {
  const query = { ...parametersIn(options), ...textOf(words) };
  return ask(context, { path: `/v1/${of}`, query }, (body) => printList(context.terminal, body));
}

/** Asks a route of the API in this process, and shows JSON in words and any other form as it is. Who may open the store may write. */
export function ask(context: CommandContext, invocation: Invocation, show: (body: unknown) => void): Promise<number> {
  const { terminal, signal } = context;
  const format = invocation.query?.format;
  if (format === 'parquet')
    throw new InvalidInputError(
      'not_acceptable',
      'Parquet is no text. Write a file: export --format parquet --output.',
    );
  const json = context.json || format === 'json';
  return withLocalApi(context, async ({ routes, publicUrl }) => {
    const given = { ...context, publicUrl, mayWrite: true };
    const { status, body, value, stream } = await invokeRoute(routes, { ...invocation, signal }, given);
    terminal.endProgress();
    if (stream) await pipeline(Readable.from(stream), process.stdout, { end: false });
    else if (json) terminal.print(textIn(body));
    else if (status < 400 && isForm(value)) terminal.print(textIn(body));
    else if (status < 400) show(value);
    if (status >= 400) terminal.say(refusalOf(value));
    return exitCodeOfStatus(status);
  });
}

/** Another form than JSON. */
function isForm(value: unknown): boolean {
  return typeof value === 'string' || value instanceof Uint8Array;
}

function textIn(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}

function refusalOf(value: unknown): string {
  const { detail, errors = [] } = value as { detail?: string; errors?: (string | { suggestion?: string })[] };
  const lines = errors.map((each) => (typeof each === 'string' ? each : (each.suggestion ?? '')));
  const suggestions = lines.filter((text) => text !== '' && text !== detail);
  if (detail === undefined) return suggestions.join('\n');
  return suggestions.length > 0 ? `${detail} Did you mean ${suggestions.join(', ')}?` : detail;
}

/** They are no parameters of the API. */
const general = new Set(generalOptions().map((option) => option.attributeName()));

/** Options as parameters of the API, which go by the same names. */
export function parametersIn(options: Options): Record<string, string> {
  const own = Object.entries(options).filter(([name, value]) => value !== undefined && !general.has(name));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}

export function textOf(words: string[]): { q?: string } {
  return words.length > 0 ? { q: words.join(' ') } : {};
}
