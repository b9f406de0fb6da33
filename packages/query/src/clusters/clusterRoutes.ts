import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../dependencies.ts';
import { pageLinks } from '../pageLinks.ts';
import { listQuery } from '../parameters.ts';
import { clusterList, decide } from './clusterAnswers.ts';
import { clusterListSchema, decisionBody, decisionSchema } from './schemas.ts';

const apartRoute = {
  path: '/v1/credentials/{id}/apart/{other}',
  access: 'write',
  tags: ['identity'] as string[],
  response: { status: 200, schema: decisionSchema },
} as const;
const path = z.object({
  id: z.string().describe('CTID, IRI or our id; our id where several sources have the CTID.'),
  other: z.string().describe('The same of the other record.'),
});

/** Which records are about the same credential, and people's word against it. */
export function clusterRoutes(context: QueryContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/clusters',
      access: 'read',
      tags: apartRoute.tags,
      operationId: 'listClusters',
      summary: 'Records of several sources about the same credential, with the evidence',
      request: { query: listQuery.omit({ q: true }) },
      examples: [{ summary: 'The first ten', query: { size: '10' } }],
      response: { status: 200, schema: clusterListSchema },
      answer: async (request) => {
        const body = await clusterList(context, request.query as unknown as Parameters<typeof clusterList>[1]);
        return { body, headers: pageLinks(context, request, body) };
      },
    },
    {
      ...apartRoute,
      method: 'PUT',
      operationId: 'keepApart',
      summary: 'Say that two records are not about the same credential',
      request: { path, body: decisionBody },
      examples: [{ summary: 'They only share a name', body: { why: 'one is for welders, the other for inspectors' } }],
      answer: async ({ path: { id = '', other = '' }, body }) => ({
        body: await decide(context, { identity: id, other, apart: true, ...(body as z.infer<typeof decisionBody>) }),
      }),
    },
    {
      ...apartRoute,
      method: 'DELETE',
      operationId: 'allowTogether',
      summary: 'Take that back',
      request: { path },
      examples: [{ summary: 'They are one after all' }],
      answer: async ({ path: { id = '', other = '' } }) => ({
        body: await decide(context, { identity: id, other, apart: false }),
      }),
    },
  ];
}
