import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../../dependencies.ts';
import { classificationSchema } from './Classification.ts';

/** Every scheme, with its filters, published figures and where its categories went. */
export function classificationRoute({ classifications }: Pick<QueryContext, 'classifications'>): Route {
  return {
    method: 'GET',
    access: 'read',
    tags: ['market'],
    path: '/v1/market/classifications',
    operationId: 'listClassifications',
    summary: 'Classification schemes, with the totals published by them',
    request: {},
    examples: [{ summary: 'All of them' }],
    response: { status: 200, schema: z.object({ results: z.array(classificationSchema) }) },
    answer: async () => ({ body: { results: classifications } }),
  };
}
