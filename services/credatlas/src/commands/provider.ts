import type { ReferenceList } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import { ask, picked } from './query.ts';

type Options = Record<string, unknown>;

/** `credatlas references ID` */
export function referencesCommand(context: CommandContext, id: string, options: Options): Promise<number> {
  const path = `/v1/credentials/${encodeURIComponent(id)}/references`;
  return ask(context, { path, query: picked(options, ['size', 'after']) }, (body) => {
    const { terminal } = context;
    const { meta, results, next } = body as ReferenceList;
    const ending = meta.resolved ? '' : ', all of them broken: nothing here is it';
    const count = `${meta.total.toLocaleString('en')} ${meta.total === 1 ? 'reference' : 'references'}`;
    terminal.print(terminal.strong(`${count} to ${meta.target}${ending}`));
    for (const { property, count } of meta.properties) terminal.print(`${String(count).padStart(7)}  ${property}`);
    for (const { property, from, document } of results) {
      terminal.print(`${from.name ?? from.uri} (${from.kind}${from.id ? `, ${from.id}` : ''})`);
      terminal.print(`    ${property}, in ${document.uri}`);
    }
    if (next) terminal.say(`More: --after ${next}`);
  });
}
