import type { Route } from '@credatlas/ports';
import type { QueryDependencies } from '@credatlas/query';
import { apiDependencies, apiRoutes } from './apiRoutes.ts';
import type { CommandContext } from './commandContext.ts';
import { isOfThisForm, openData, openEngine, publicUrlOf, renew } from './compose.ts';
import { IndexFollower } from './IndexFollower.ts';

export interface LocalApi {
  routes: Route[];
  dependencies: QueryDependencies;
  publicUrl: string;
  /** Shows what others have written since. */
  catchUp(): Promise<void>;
}

/** Works with the API in this process, over the store and what a server has indexed, as they are now. */
export async function withLocalApi<T>(context: CommandContext, work: (api: LocalApi) => Promise<T>): Promise<T> {
  const { log, clock, signal, config } = context;
  const publicUrl = publicUrlOf(config);
  const store = openData(context);
  try {
    await renew(context, store, signal);
    const engine = openEngine(context, { writable: false });
    const follower = new IndexFollower({ given: context, store, engine });
    await follower.catchUp(signal);
    if ((await engine.info()).documents > 0 && !(await isOfThisForm(store)))
      context.terminal.say('Note: the index was built by an earlier program. Bring it up: credatlas index rebuild');
    const dependencies = apiDependencies(store, {
      settle: () => follower.settle(),
      engine,
      clock,
      log,
      publicUrl,
      staleAfterMonths: context.knowledge.rules.policy.staleness.months,
      classifications: config.classifications,
      rules: config.rules,
    });
    const routes = apiRoutes(dependencies);
    return await work({ routes, dependencies, publicUrl, catchUp: () => follower.catchUp(signal) });
  } finally {
    store.close();
  }
}
