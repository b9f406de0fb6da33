import type { CheckList, Comparison, PathwayList, SimilarList } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import { printChecks } from './checkPrinting.ts';
import { printComparison } from './comparisonPrinting.ts';
import { printPathways } from './pathwayPrinting.ts';
import { ask, picked } from './query.ts';
import { printSimilar } from './similarPrinting.ts';

type Options = Record<string, unknown>;

/** `credatlas compare ID…` */
export function compareCommand(context: CommandContext, ids: string[], options: Options): Promise<number> {
  const names = ['measures', 'currency', 'context', 'issuerList', 'on', 'format'];
  return ask(context, { path: '/v1/compare', query: { ids: ids.join(','), ...picked(options, names) } }, (body) => {
    if (typeof body === 'string') context.terminal.print(body);
    else printComparison(context.terminal, body as Comparison);
  });
}

/** `credatlas pathways [--from ID] [--to ID]` */
export function pathwaysCommand(context: CommandContext, options: Options): Promise<number> {
  const query = picked(options, ['from', 'to', 'on', 'hops', 'lapsing']);
  return ask(context, { path: '/v1/pathways', query }, (body) => printPathways(context.terminal, body as PathwayList));
}

/** `credatlas checks ID` */
export function checksCommand(context: CommandContext, id: string, options: Options): Promise<number> {
  const path = `/v1/credentials/${encodeURIComponent(id)}/checks`;
  return ask(context, { path, query: picked(options, ['on', 'currency']) }, (body) =>
    printChecks(context.terminal, body as CheckList),
  );
}

/** `credatlas similar ID` */
export function similarCommand(context: CommandContext, id: string, options: Options): Promise<number> {
  const path = `/v1/credentials/${encodeURIComponent(id)}/similar`;
  const query = { size: '10', ...picked(options, ['filter', 'size', 'currency', 'context', 'issuerList', 'on']) };
  return ask(context, { path, query }, (body) => printSimilar(context.terminal, body as SimilarList));
}
