import type { CheckList, Comparison, PathwayList, SimilarList } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import { printChecks } from './checkPrinting.ts';
import { printComparison } from './comparisonPrinting.ts';
import { printPathways } from './pathwayPrinting.ts';
import { ask, parametersIn } from './query.ts';
import { printSimilar } from './similarPrinting.ts';

type Options = Record<string, unknown>;

/** `credatlas compare ID…` */
export function compareCommand(context: CommandContext, ids: string[], options: Options): Promise<number> {
  const query = { ids: ids.join(','), ...parametersIn(options) };
  return ask(context, { path: '/v1/compare', query }, (body) => printComparison(context.terminal, body as Comparison));
}

/** `credatlas pathways [--from ID] [--to ID]` */
export function pathwaysCommand(context: CommandContext, options: Options): Promise<number> {
  const query = parametersIn(options);
  return ask(context, { path: '/v1/pathways', query }, (body) => printPathways(context.terminal, body as PathwayList));
}

/** `credatlas checks ID` */
export function checksCommand(context: CommandContext, id: string, options: Options): Promise<number> {
  const path = `/v1/credentials/${encodeURIComponent(id)}/checks`;
  return ask(context, { path, query: parametersIn(options) }, (body) =>
    printChecks(context.terminal, body as CheckList),
  );
}

/** `credatlas similar ID` */
export function similarCommand(context: CommandContext, id: string, options: Options): Promise<number> {
  const path = `/v1/credentials/${encodeURIComponent(id)}/similar`;
  const query = { size: '10', ...parametersIn(options) };
  return ask(context, { path, query }, (body) => printSimilar(context.terminal, body as SimilarList));
}
