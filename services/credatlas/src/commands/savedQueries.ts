import { counted } from '@credatlas/model';
import type { QueryChanges, SavedQueries, SavedQueryDetail } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import type { Terminal } from '../Terminal.ts';
import { wordsOf } from './printing.ts';
import { ask, parametersIn } from './query.ts';

type Options = Record<string, unknown>;

/** `credatlas saved-queries list` */
export function listQueriesCommand(context: CommandContext, options: Options): Promise<number> {
  return ask(context, { path: '/v1/saved-queries', query: parametersIn(options) }, (body) => {
    const { results } = body as SavedQueries;
    if (results.length === 0) context.terminal.say('No query yet. Save one: credatlas saved-queries save NAME …');
    for (const { name, title, query, savedAt } of results)
      context.terminal.print(`${name}  ${title ?? wordsOf(query)}, saved ${savedAt.slice(0, 10)}`);
  });
}

/** `credatlas saved-queries show NAME` */
export function showQueryCommand(context: CommandContext, name: string, options: Options): Promise<number> {
  return ask(context, { path: pathOf(name), query: parametersIn(options) }, (body) =>
    printQuery(context.terminal, body as SavedQueryDetail),
  );
}

/** `credatlas saved-queries save NAME [words…] [--filter …]` */
export function saveQueryCommand(
  context: CommandContext,
  name: string,
  { words, title, ...options }: Options & { words: string[]; title?: string },
): Promise<number> {
  const named = parametersIn(options);
  const query = { ...(words.length > 0 ? { q: words.join(' ') } : {}), ...named };
  const body = { query, ...(title ? { title } : {}) };
  return ask(context, { method: 'PUT', path: pathOf(name), body }, (answer) =>
    printQuery(context.terminal, answer as SavedQueryDetail),
  );
}

/** `credatlas saved-queries changes NAME [--since STATE]` */
export function queryChangesCommand(context: CommandContext, name: string, options: Options): Promise<number> {
  const query = parametersIn(options);
  return ask(context, { path: `${pathOf(name)}/changes`, query }, (body) =>
    printChanges(context.terminal, body as QueryChanges),
  );
}

/** `credatlas saved-queries delete NAME` */
export function deleteQueryCommand(context: CommandContext, name: string): Promise<number> {
  return ask(context, { method: 'DELETE', path: pathOf(name) }, () => context.terminal.print(`deleted ${name}`));
}

function pathOf(name: string): string {
  return `/v1/saved-queries/${encodeURIComponent(name)}`;
}

function printQuery(terminal: Terminal, { name, title, query, total, savedAt }: SavedQueryDetail): void {
  terminal.print(terminal.strong(title ? `${name}: ${title}` : name));
  terminal.print(`${counted(total, 'credential')}; ${wordsOf(query)}; saved ${savedAt}`);
}

function printChanges(terminal: Terminal, { meta, entered, left, unknown, next }: QueryChanges): void {
  const { name, since, until, total, warnings } = meta;
  terminal.print(terminal.strong(`${name}: since change ${since.seq} (${since.day}), up to ${until.seq}`));
  for (const warning of warnings) terminal.say(`Note: ${warning}`);
  for (const { credential, reasons } of entered) printChange(terminal, { sign: '+', credential, reasons });
  for (const { credential, reasons } of left) printChange(terminal, { sign: '-', credential, reasons });
  for (const each of unknown)
    terminal.print(
      `? ${each.name} (${each.id}): what it was is no longer kept; found now: ${each.isFound ? 'yes' : 'no'}`,
    );
  terminal.print(`${entered.length} entered, ${left.length} left; ${total.toLocaleString('en')} found now`);
  if (next) terminal.say(`More: --after ${next}`);
}

function printChange(
  terminal: Terminal,
  given: { sign: string; credential: QueryChanges['left'][number]['credential'] } & Pick<
    QueryChanges['left'][number],
    'reasons'
  >,
): void {
  const { sign, credential, reasons } = given;
  terminal.print(`${sign} ${credential.name}${credential.provider?.name ? `, ${credential.provider.name}` : ''}`);
  for (const { kind, clause, before, now } of reasons) {
    if (kind === 'published' || kind === 'withdrawn') terminal.print(`    ${kind}`);
    else terminal.print(`    ${clause}: ${wordsOf(before)} → ${wordsOf(now)}${kind === 'day' ? ', by the day' : ''}`);
  }
}
