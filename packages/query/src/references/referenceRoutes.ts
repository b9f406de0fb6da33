import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../dependencies.ts';
import { pageLinks } from '../pageLinks.ts';
import { listQuery } from '../parameters.ts';
import { referenceList } from './referenceList.ts';
import { referenceListSchema } from './schemas.ts';

/** Who refers to a record. */
export function referenceRoutes(context: QueryContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/credentials/{id}/references',
      access: 'read',
      tags: ['credentials'],
      operationId: 'getReferences',
      summary: 'Who refers to a credential: property, document, and whether it leads anywhere',
      description: 'Also of one that is gone, or was never here, as long as something refers to it.',
      request: {
        path: z.object({ id: z.string().describe('CTID, IRI or our id.') }),
        query: listQuery.omit({ q: true }),
      },
      examples: [{ summary: 'The first ten', query: { size: '10' } }],
      response: { status: 200, schema: referenceListSchema },
      answer: async (request) => {
        const parameters = request.query as unknown as Parameters<typeof referenceList>[2];
        const body = await referenceList(context, request.path.id ?? '', parameters);
        return { body, headers: pageLinks(context, request, body) };
      },
    },
  ];
}
