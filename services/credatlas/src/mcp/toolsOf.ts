import type { Clock, Log, Route } from '@credatlas/ports';
import { routeTool } from './routeTool.ts';
import type { Tool } from './Tool.ts';

/** Names of the tools, each with the route that answers it (`interface` §2). */
const pathOf = {
  search: '/v1/credentials',
  show: '/v1/credentials/{id}',
  compare: '/v1/compare',
  similar: '/v1/credentials/{id}/similar',
  checks: '/v1/credentials/{id}/checks',
  coverage: '/v1/coverage',
  bundles: '/v1/bundles',
  pathways: '/v1/pathways',
  market: '/v1/market',
  rules: '/v1/rules',
  rule_results: '/v1/rules/{name}/results',
  credential_rules: '/v1/credentials/{id}/rules',
  suggest: '/v1/suggest',
};

/** What agents may ask of these routes; a tool whose route is not served is left out. */
export function toolsOf(routes: readonly Route[], given: { log: Log; clock: Clock; publicUrl: string }): Tool[] {
  return Object.entries(pathOf).flatMap(([name, path]) => {
    const route = routes.find((each) => each.method === 'GET' && each.path === path);
    return route ? [routeTool(name, { ...given, route })] : [];
  });
}
