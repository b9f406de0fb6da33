import { savedQuerySchema } from '@credatlas/model';
import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../dependencies.ts';
import { pageLinks } from '../pageLinks.ts';
import { listQuery } from '../parameters.ts';
import { changeForms } from './changeForms.ts';
import { queryChanges } from './queryChanges.ts';
import { dropQuery, keepQuery, listSavedQueries, savedQueryDetail, storedQuery } from './savedQueryAnswers.ts';
import {
  queryChangesSchema,
  type SavedQueryBody,
  savedQueriesSchema,
  savedQueryBody,
  savedQueryDetailSchema,
} from './schemas.ts';

const path = z.object({ name: z.string().describe('letters, digits, dot, dash and underscore.') });
const example = { path: { name: 'cheap-data' } };
const common = { path: '/v1/saved-queries/{name}', tags: ['saved queries'], request: { path } };

const changesQuery = listQuery.omit({ q: true }).extend({
  since: z
    .string()
    .max(40)
    .optional()
    .describe('a change sequence, or a day or moment like 2026-01-31; when it was saved unless given.'),
});

/** Questions that are kept: what they find now, and what has changed since. */
export function savedQueryRoutes(context: QueryContext): Route[] {
  return [
    {
      ...common,
      path: '/v1/saved-queries',
      method: 'GET',
      access: 'read',
      operationId: 'listSavedQueries',
      summary: 'Saved queries by name',
      request: {},
      examples: [{ summary: 'All of them' }],
      response: { status: 200, schema: savedQueriesSchema },
      answer: async () => ({ body: await listSavedQueries(context) }),
    },
    {
      ...common,
      method: 'GET',
      access: 'read',
      operationId: 'getSavedQuery',
      summary: 'A saved query and what it finds now',
      examples: [{ summary: 'By name', ...example }],
      response: { status: 200, schema: savedQueryDetailSchema },
      answer: async ({ path: { name = '' } }) => ({
        body: await savedQueryDetail(context, await storedQuery(context, name)),
      }),
    },
    ...writingRoutes(context),
    changesRoute(context),
  ];
}

function writingRoutes(context: QueryContext): Route[] {
  return [
    {
      ...common,
      method: 'PUT',
      access: 'write',
      operationId: 'putSavedQuery',
      summary: 'Save a query, with the state of things as they are now',
      request: { path, body: savedQueryBody },
      examples: [
        {
          summary: 'Cheap credentials about data',
          ...example,
          body: { title: 'Cheap and about data', query: { q: 'data', filter: 'cost:<2000' } },
        },
      ],
      response: { status: 200, schema: savedQueryDetailSchema },
      answer: async ({ path: { name = '' }, body }) => ({
        body: await keepQuery(context, name, body as SavedQueryBody),
      }),
    },
    {
      ...common,
      method: 'DELETE',
      access: 'write',
      operationId: 'deleteSavedQuery',
      summary: 'Delete a saved query',
      examples: [{ summary: 'One that is no longer asked', ...example }],
      response: { status: 200, schema: savedQuerySchema.pick({ name: true }).extend({ deleted: z.literal(true) }) },
      answer: async ({ path: { name = '' } }) => ({ body: await dropQuery(context, name) }),
    },
  ];
}

function changesRoute(context: QueryContext): Route {
  return {
    ...common,
    path: '/v1/saved-queries/{name}/changes',
    method: 'GET',
    access: 'read',
    operationId: 'getSavedQueryChanges',
    summary: 'What entered and left a saved query since a state, with reasons',
    description:
      'Compares with the state at `since`, record by record: which clause was true on one side only, and what the record said then and says now. What has not changed enters and leaves by the day alone, on the first page. Versions that are no longer kept are listed as `unknown`.',
    request: { path, query: changesQuery },
    examples: [{ summary: 'Since it was saved', ...example }],
    response: { status: 200, schema: queryChangesSchema, forms: changeForms },
    answer: async (request) => {
      const saved = await storedQuery(context, request.path.name ?? '');
      const body = await queryChanges(context, saved, request.query as unknown as Parameters<typeof queryChanges>[2]);
      return { body, headers: pageLinks(context, request, body) };
    },
  };
}
