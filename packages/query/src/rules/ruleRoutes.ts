import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../dependencies.ts';
import { pageLinks } from '../pageLinks.ts';
import { searchQuery } from '../parameters.ts';
import { credentialRules } from './ruleAnswers.ts';
import { type ResultParameters, ruleResults } from './ruleResults.ts';
import { credentialRulesSchema, ruleListSchema, ruleResultsSchema } from './schemas.ts';
import { verdicts } from './verdicts.ts';

const common: Pick<Route, 'method' | 'access' | 'tags'> = { method: 'GET', access: 'read', tags: ['rules'] };
const { on, issuerList } = searchQuery.shape;

/** Screens with three verdicts. */
export function ruleRoutes(context: QueryContext): Route[] {
  return [
    {
      ...common,
      path: '/v1/rules',
      operationId: 'listRules',
      summary: 'Rules that credentials are screened by',
      description:
        'Each with its clauses, the source of each, and what no record can tell. `rule:NAME=pass`, `=fail` and `=cannot-judge` are filters, `rule:NAME` is a facet and a dimension of tables.',
      request: {},
      examples: [{ summary: 'All of them' }],
      response: { status: 200, schema: ruleListSchema },
      answer: async () => ({ body: { meta: { total: context.rules.all.length }, results: [...context.rules.all] } }),
    },
    resultsRoute(context),
    {
      ...common,
      path: '/v1/credentials/{id}/rules',
      operationId: 'getCredentialRules',
      summary: 'How a credential fares by rules, and what it must still publish to be judged',
      request: {
        path: z.object({ id: z.string().describe('CTID, IRI or our id.') }),
        query: z.object({ rule: z.string().max(100).optional().describe('only this one.'), on, issuerList }),
      },
      examples: [{ summary: 'By every rule' }],
      response: { status: 200, schema: credentialRulesSchema },
      answer: async ({ path, query }) => ({ body: await credentialRules(context, path.id ?? '', query) }),
    },
  ];
}

function resultsRoute(context: QueryContext): Route {
  return {
    ...common,
    path: '/v1/rules/{name}/results',
    operationId: 'getRuleResults',
    summary: 'Which credentials pass a rule, fail it, or cannot be judged',
    description:
      'A clause passes, fails, or cannot be judged because what it is about is not stated: `missing` names the field. A credential fails when one clause fails, passes when all pass, and else cannot be judged.',
    request: {
      path: z.object({ name: z.string().describe('id of a rule.') }),
      query: searchQuery
        .omit({ facets: true })
        .extend({ verdict: z.enum(verdicts).optional().describe('only these: pass, fail or cannot-judge.') }),
    },
    examples: [
      {
        summary: 'Certificates in New Jersey by Workforce Pell',
        path: { name: 'workforce-pell' },
        query: { filter: 'family:certificate,region:NJ', size: '5' },
      },
      {
        summary: 'What fails, by name',
        path: { name: 'workforce-pell' },
        query: { verdict: 'fail', select: 'name,provider' },
      },
    ],
    response: { status: 200, schema: ruleResultsSchema },
    answer: async (request) => {
      const { path, query } = request;
      const body = await ruleResults(context, path.name ?? '', query as unknown as ResultParameters);
      return { body, headers: pageLinks(context, request, body) };
    },
  };
}
