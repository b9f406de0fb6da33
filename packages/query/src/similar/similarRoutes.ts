import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../dependencies.ts';
import { searchQuery } from '../parameters.ts';
import { findSimilar, type SimilarQuestion } from './findSimilar.ts';
import { similarListSchema } from './schemas.ts';

const { filter, on, context, issuerList, currency, size } = searchQuery.shape;

/** Equivalents from other providers. */
export function similarRoutes(given: QueryContext): Route[] {
  return [
    {
      method: 'GET',
      access: 'read',
      path: '/v1/credentials/{id}/similar',
      operationId: 'findSimilar',
      summary: 'Equivalents of a credential from other providers, with what differs',
      description:
        'Alike by skills, words of the name, field, level and family, by what the credential itself states; `because` tells each measure. Records about the same credential are not among them.',
      tags: ['credentials'],
      request: {
        path: z.object({ id: z.string().describe('CTID, IRI or our id.') }),
        query: z.object({ filter, on, context, issuerList, currency, size }),
      },
      examples: [{ summary: 'Cheaper ones', query: { filter: 'cost:<1000', size: '5' } }],
      response: { status: 200, schema: similarListSchema },
      answer: async ({ path, query }) => ({
        body: await findSimilar(given, path.id ?? '', query as unknown as SimilarQuestion),
      }),
    },
  ];
}
