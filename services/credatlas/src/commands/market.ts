import type { MarketTable } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import { generalOptions } from '../generalOptions.ts';
import { printExtras, printTable } from './marketPrinting.ts';
import { ask, textOf } from './query.ts';

/** They are no parameters of the API. */
const general = new Set(generalOptions().map((option) => option.attributeName()));

/** `credatlas market [words…]` and the commands below it; `path` is the route's. */
export function marketCommand(
  context: CommandContext,
  path: string,
  given: { arguments: string[]; options: Record<string, unknown> },
): Promise<number> {
  const options = Object.entries(given.options).filter(([name]) => !general.has(name));
  const query = {
    ...Object.fromEntries(options.map(([name, value]) => [name, String(value)])),
    ...textOf(given.arguments),
  };
  return ask(context, { path, query }, (body) => {
    if (typeof body === 'string') return context.terminal.print(body);
    printTable(context.terminal, body as MarketTable);
    printExtras(context.terminal, body as object);
  });
}
