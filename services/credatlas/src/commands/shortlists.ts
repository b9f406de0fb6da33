import { readFileSync } from 'node:fs';
import { extname, parse, resolve } from 'node:path';
import { counted, InvalidInputError, NotFoundError } from '@credatlas/model';
import type { ShortlistDetail, Shortlists } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import { ask, parametersIn } from './query.ts';

type Options = { name?: string; of?: string };

/** `credatlas shortlists list` */
export function listShortlistsCommand(context: CommandContext, options: Record<string, unknown>): Promise<number> {
  return ask(context, { path: '/v1/shortlists', query: parametersIn(options) }, (body) => {
    const { results } = body as Shortlists;
    if (results.length === 0) context.terminal.say('No shortlist yet. Make one: credatlas shortlists import FILE.csv');
    for (const { name, title, of, size, updatedAt } of results)
      context.terminal.print(`${name}  ${size} ${of}, ${updatedAt.slice(0, 10)}${title ? `  ${title}` : ''}`);
  });
}

/** `credatlas shortlists show NAME` */
export function showShortlistCommand(context: CommandContext, name: string): Promise<number> {
  return ask(context, { path: pathOf(name) }, (body) => printShortlist(context, body as ShortlistDetail));
}

/** `credatlas shortlists import FILE [--name NAME] [--of KIND]` */
export function importShortlistCommand(
  context: CommandContext,
  file: string,
  { name, ...options }: Options,
): Promise<number> {
  const isTable = extname(file).toLowerCase() === '.csv';
  const bytes = bytesOf(resolve(context.cwd, file));
  const invocation = {
    method: 'PUT' as const,
    path: pathOf(name ?? parse(file).name),
    query: parametersIn(options),
    body: isTable ? bytes : parsed(bytes, file),
    ...(isTable ? { mediaType: 'text/csv' } : {}),
  };
  return ask(context, invocation, (body) => printShortlist(context, body as ShortlistDetail));
}

/** `credatlas shortlists export NAME` */
export function exportShortlistCommand(context: CommandContext, name: string): Promise<number> {
  const query = context.json ? {} : { format: 'csv' };
  return ask(context, { path: pathOf(name), query }, (body) => context.terminal.print(String(body)));
}

/** `credatlas shortlists delete NAME` */
export function deleteShortlistCommand(context: CommandContext, name: string): Promise<number> {
  return ask(context, { method: 'DELETE', path: pathOf(name) }, () => context.terminal.print(`deleted ${name}`));
}

function pathOf(name: string): string {
  return `/v1/shortlists/${encodeURIComponent(name)}`;
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new NotFoundError('no_such_file', `${path} cannot be read. Name a .csv or .json file.`, { cause });
  }
}

function parsed(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new InvalidInputError('malformed_json', `${file} is not JSON; a table ends in .csv.`, { cause });
  }
}

function printShortlist({ terminal }: CommandContext, list: ShortlistDetail): void {
  const { name, title, of, entries, credentials, notFound } = list;
  terminal.print(terminal.strong(title ? `${name}: ${title}` : name));
  terminal.print(
    `${counted(entries.length, of.slice(0, -1))}, ${notFound} of them not found here; ${counted(credentials, 'credential')} in all`,
  );
  for (const { id, name: called, why, found } of entries)
    terminal.print(`  ${found ? ' ' : '-'} ${[called, id].filter(Boolean).join('  ')}${why ? `: ${why}` : ''}`);
}
