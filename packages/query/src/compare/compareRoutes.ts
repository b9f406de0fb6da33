import type { Form, Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../dependencies.ts';
import { csv, ndjsonForm } from '../forms/tableForms.ts';
import { context as contextField, currency, issuerList, on } from '../parameters.ts';
import { compareCredentials } from './compareCredentials.ts';
import { comparisonCsv } from './comparisonCsv.ts';
import { type Comparison, comparisonSchema } from './schemas.ts';

const compareQuery = z.object({
  ids: z
    .string()
    .max(16_000)
    .describe(
      'two to twenty CTIDs, IRIs or ids, joined by commas; with @2026-01-31 or @ and a change sequence behind one, its version of then.',
    ),
  measures: z
    .string()
    .max(400)
    .optional()
    .describe(
      'by which one makes another needless, like skills,cost,tier; skills,cost,durationDays,credit unless given.',
    ),
  currency,
  on,
  context: contextField,
  issuerList,
});

const csvOfComparison: Form = {
  ...csv,
  answer: async (_request, inJson) => {
    const { body, ...answer } = await inJson();
    return { ...answer, body: comparisonCsv(body as Comparison) };
  },
};

export function compareRoutes(context: QueryContext): Route[] {
  return [
    {
      method: 'GET',
      access: 'read',
      path: '/v1/compare',
      operationId: 'compareCredentials',
      summary: 'Credentials side by side, or versions of one',
      description: 'A missing value is null, and `missing` says why.',
      tags: ['credentials'],
      request: { query: compareQuery },
      examples: [{ summary: 'Which one skills, cost and tier make needless', query: { measures: 'skills,cost,tier' } }],
      response: { status: 200, schema: comparisonSchema, forms: [csvOfComparison, ndjsonForm('rows')] },
      answer: async ({ query }) => {
        const question = query as unknown as Parameters<typeof compareCredentials>[1];
        return { body: await compareCredentials(context, question) };
      },
    },
  ];
}
