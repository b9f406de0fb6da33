import type { Classification, MarketTable } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import type { Terminal } from '../Terminal.ts';
import { printExtras, printTable } from './marketPrinting.ts';
import { ask, parametersIn, textOf } from './query.ts';

/** `credatlas market [words…]` and the commands below it; `path` is the route's. */
export function marketCommand(
  context: CommandContext,
  path: string,
  given: { arguments: string[]; options: Record<string, unknown> },
): Promise<number> {
  const query = { ...parametersIn(given.options), ...textOf(given.arguments) };
  return ask(context, { path, query }, (body) => {
    printTable(context.terminal, body as MarketTable);
    printExtras(context.terminal, body as object);
  });
}

/** `credatlas market classifications` */
export function classificationsCommand(context: CommandContext, options: Record<string, unknown>): Promise<number> {
  return ask(context, { path: '/v1/market/classifications', query: parametersIn(options) }, (body) => {
    for (const scheme of (body as { results: Classification[] }).results) printClassification(context.terminal, scheme);
  });
}

function printClassification(terminal: Terminal, scheme: Classification): void {
  const { id, version, title, source, categories, facts, crosswalk } = scheme;
  terminal.print(terminal.strong(`${id}: ${title} (version ${version})`));
  terminal.print(`    ${source.publisher}${source.date ? `, ${source.date}` : ''}: ${source.url}`);
  for (const each of categories) {
    const fact = facts.find(({ of }) => of.length === 1 && of[0] === each.id);
    const elsewhere = crosswalk
      .filter(({ category }) => category === each.id)
      .map(({ to, relation }) => `${relation} ${to}`);
    const told = [...(fact ? [`${fact.value.toLocaleString('en')} published for ${fact.asOf}`] : []), ...elsewhere];
    terminal.print(`    ${each.id}: ${each.label}${told.length > 0 ? ` (${told.join('; ')})` : ''}`);
  }
}
