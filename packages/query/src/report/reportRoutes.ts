import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../dependencies.ts';
import { currency, on } from '../parameters.ts';
import { providerReport } from './providerReport.ts';
import { reportSchema } from './schemas.ts';

const reportQuery = z.object({
  currency,
  on,
  peers: z
    .string()
    .max(8_000)
    .optional()
    .describe('organizations to compare with: up to twenty CTIDs, IRIs or ids, joined by commas.'),
});

/** A provider's own view of its records. */
export function reportRoutes(context: QueryContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/organizations/{id}/report',
      access: 'read',
      tags: ['look-ups'],
      operationId: 'getProviderReport',
      summary:
        'A provider’s own view: its records, what is stale, broken, missing or published by others, and its peers',
      description:
        'Questions are counted by their words and filter fields, by month, without who asked (COUNT_QUESTIONS turns it off); `missing` and `asked` say which of them its empty fields cost.',
      request: { path: z.object({ id: z.string().describe('CTID, IRI or our id.') }), query: reportQuery },
      examples: [{ summary: 'Without peers' }],
      response: { status: 200, schema: reportSchema },
      answer: async ({ path, query }) => ({
        body: await providerReport(context, path.id ?? '', query as unknown as Parameters<typeof providerReport>[2]),
      }),
    },
  ];
}
