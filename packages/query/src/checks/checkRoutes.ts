import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../dependencies.ts';
import { currency, on } from '../parameters.ts';
import { checkCredential } from './checkCredential.ts';
import { checkListSchema } from './schemas.ts';

/** Is it what it seems? */
export function checkRoutes(context: QueryContext): Route[] {
  return [
    {
      method: 'GET',
      access: 'read',
      path: '/v1/credentials/{id}/checks',
      operationId: 'checkCredential',
      summary: 'What is wrong with a credential on a day, and what its record leaves out',
      description:
        'Status, effect, expiry, renewal, recognition that has lapsed or that one side alone states, references to what is gone, newer versions, staleness, faults of the document; and which filters, sorts and rows it drops out of.',
      tags: ['credentials'],
      request: {
        path: z.object({ id: z.string().describe('CTID, IRI or our id.') }),
        query: z.object({ on, currency }),
      },
      examples: [{ summary: 'On a day to come', query: { on: '2027-01-01' } }],
      response: { status: 200, schema: checkListSchema },
      answer: async ({ path, query }) => ({
        body: await checkCredential(context, path.id ?? '', query as unknown as Parameters<typeof checkCredential>[2]),
      }),
    },
  ];
}
