import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import { skillQuestionShape } from '../coverage/coverageRoutes.ts';
import type { QueryContext } from '../dependencies.ts';
import { type BundleQuestion, findBundles } from './findBundles.ts';
import { bundlesSchema } from './schemas.ts';

const bundleQuery = z.object({
  ...skillQuestionShape,
  objective: z
    .enum(['cost', 'days', 'count'])
    .default('cost')
    .describe('cheapest in all, shortest one after another, or fewest.'),
});

const description =
  'Exact to 8 skills; to 64 a good set with a bound that no set can be better than, and `optimal` says whether it is reached. Credentials without the value of the objective are left out and counted. Ties: fewer credentials, lower cost, ids.';

/** Which credentials together prove all of these skills (interface §2, §4 "Bundles"). */
export function bundleRoutes(context: QueryContext): Route[] {
  const common: Pick<Route, 'path' | 'access' | 'description' | 'tags' | 'response'> = {
    path: '/v1/bundles',
    access: 'read',
    description,
    tags: ['skills'],
    response: { status: 200, schema: bundlesSchema },
  };
  const find = async (asked: unknown) => ({ body: await findBundles(context, asked as BundleQuestion) });
  return [
    {
      ...common,
      method: 'GET',
      operationId: 'findBundles',
      summary: 'The cheapest, shortest or fewest credentials that together cover all of these skills',
      request: { query: bundleQuery },
      examples: [
        { summary: 'Cheapest', query: { skills: 'Python|SQL|Risk Management' } },
        {
          summary: 'Fewest within half a year each',
          query: { skills: 'Python|SQL', objective: 'count', filter: 'days:<=183' },
        },
      ],
      answer: ({ query }) => find(query),
    },
    {
      ...common,
      method: 'POST',
      operationId: 'findBundlesOfText',
      summary: 'The same for a long text or many skills',
      request: { body: bundleQuery },
      examples: [{ summary: 'Many skills', body: { skills: ['Python', 'SQL'], objective: 'days' } }],
      answer: ({ body }) => find(body),
    },
  ];
}
