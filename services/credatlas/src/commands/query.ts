import { type Invocation, invokeRoute } from '@credatlas/http-express';
import type { CredentialList, SkillDetail } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import { exitCodeOfStatus } from '../exitCodes.ts';
import { withLocalApi } from '../localApi.ts';
import { printCredential, printCredentials, printList, printSkill, printSuggestions } from './printing.ts';

type Options = Record<string, unknown>;

/** `credatlas search [words…]` */
export function searchCommand(context: CommandContext, words: string[], options: Options): Promise<number> {
  const names = [
    'filter',
    'facets',
    'sort',
    'size',
    'mode',
    'after',
    'sample',
    'seed',
    'select',
    'currency',
    'context',
    'issuerList',
    'unit',
    'on',
  ];
  const query = { ...picked(options, names), ...textOf(words) };
  const isRanked = words.length > 0 && options.sort === undefined;
  return ask(context, { path: '/v1/credentials', query }, (body) =>
    printCredentials(context.terminal, body as CredentialList, { isRanked }),
  );
}

/** `credatlas show ID [--source]` */
export function showCommand(context: CommandContext, id: string, options: Options): Promise<number> {
  const path = `${options.source ? '/graph' : '/v1/credentials'}/${encodeURIComponent(id)}`;
  return ask(context, { path }, (body) =>
    options.source
      ? context.terminal.print(JSON.stringify(body, undefined, 2))
      : printCredential(context.terminal, body),
  );
}

/** `credatlas skill NAME` */
export function skillCommand(context: CommandContext, name: string): Promise<number> {
  return ask(context, { path: `/v1/skills/${encodeURIComponent(name)}` }, (body) =>
    printSkill(context.terminal, body as SkillDetail),
  );
}

/** `credatlas suggest WORDS…` */
export function suggestCommand(context: CommandContext, words: string[], options: Options): Promise<number> {
  const query = { ...picked(options, ['kind', 'size']), ...textOf(words) };
  return ask(context, { path: '/v1/suggest', query }, (body) => printSuggestions(context.terminal, body));
}

/** `credatlas organizations [words…]` and `credatlas skills [words…]` */
export function listCommand(
  context: CommandContext,
  words: string[],
  options: Options & { of: 'organizations' | 'skills' },
): Promise<number> {
  const query = { ...picked(options, ['size', 'after']), ...textOf(words) };
  return ask(context, { path: `/v1/${options.of}`, query }, (body) => printList(context.terminal, body));
}

/** Asks a route of the API in this process. Who may open the store may write. */
export function ask(context: CommandContext, invocation: Invocation, show: (body: unknown) => void): Promise<number> {
  const { terminal, json, signal } = context;
  return withLocalApi(context, async ({ routes, publicUrl }) => {
    const given = { ...context, publicUrl, mayWrite: true };
    const { status, body, value } = await invokeRoute(routes, { ...invocation, signal }, given);
    terminal.endProgress();
    if (json) terminal.print(String(body));
    else if (status < 400) show(value);
    if (status >= 400) terminal.say(refusalOf(value));
    return exitCodeOfStatus(status);
  });
}

function refusalOf(value: unknown): string {
  const { detail, errors = [] } = value as { detail?: string; errors?: (string | { suggestion?: string })[] };
  const lines = errors.map((each) => (typeof each === 'string' ? each : (each.suggestion ?? '')));
  const suggestions = lines.filter((text) => text !== '' && text !== detail);
  if (detail === undefined) return suggestions.join('\n');
  return suggestions.length > 0 ? `${detail} Did you mean ${suggestions.join(', ')}?` : detail;
}

export function picked(options: Options, names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.filter((name) => options[name] !== undefined).map((name) => [name, String(options[name])]),
  );
}

export function textOf(words: string[]): { q?: string } {
  return words.length > 0 ? { q: words.join(' ') } : {};
}
