import type { Shortlist } from '@credatlas/model';
import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../dependencies.ts';
import { csv } from '../forms/tableForms.ts';
import { type ShortlistBody, shortlistBody, shortlistDetailSchema, shortlistsSchema } from './schemas.ts';
import { dropShortlist, keepShortlist, listShortlists, shortlistDetail, storedShortlist } from './shortlistAnswers.ts';
import { readShortlistCsv, shortlistCsv } from './shortlistCsv.ts';

const common = {
  path: '/v1/shortlists/{name}',
  tags: ['shortlists'],
  request: { path: z.object({ name: z.string().describe('letters, digits, dot, dash and underscore.') }) },
  response: { status: 200, schema: shortlistDetailSchema },
};

/** Lists of issuers or credentials that people keep: used as the filter field and facet `issuerList`, and as evidence of tiers. */
export function shortlistRoutes(context: QueryContext): Route[] {
  return [
    {
      method: 'GET',
      access: 'read',
      tags: common.tags,
      path: '/v1/shortlists',
      operationId: 'listShortlists',
      summary: 'Shortlists by name',
      request: {},
      examples: [{ summary: 'All of them' }],
      response: { status: 200, schema: shortlistsSchema },
      answer: async () => ({ body: await listShortlists(context) }),
    },
    readRoute(context),
    writeRoute(context),
    {
      ...common,
      method: 'DELETE',
      access: 'write',
      operationId: 'deleteShortlist',
      summary: 'Delete a shortlist',
      examples: [{ summary: 'One that is no longer needed', path: { name: 'vetted' } }],
      response: { status: 200, schema: z.object({ name: z.string(), deleted: z.literal(true) }) },
      answer: async ({ path }) => ({ body: await dropShortlist(context, path.name ?? '') }),
    },
  ];
}

function readRoute(context: QueryContext): Route {
  return {
    ...common,
    method: 'GET',
    access: 'read',
    operationId: 'getShortlist',
    summary: 'One shortlist, with what is found of it here; or its entries as a table',
    examples: [{ summary: 'Which of the vetted issuers publish here', path: { name: 'vetted' } }],
    response: {
      ...common.response,
      forms: [
        {
          ...csv,
          answer: async ({ path }) => ({ body: shortlistCsv(await storedShortlist(context, path.name ?? '')) }),
        },
      ],
    },
    answer: async ({ path }) => ({ body: await shortlistDetail(context, path.name ?? '') }),
  };
}

function writeRoute(context: QueryContext): Route {
  return {
    ...common,
    method: 'PUT',
    access: 'write',
    operationId: 'putShortlist',
    summary: 'Make a shortlist, or replace it',
    description:
      'As JSON, or as a table (`text/csv`) with the headings id, name, why, source, date: that replaces the entries and leaves title, kind and scope as they were.',
    request: {
      ...common.request,
      query: z.object({ of: z.enum(['issuers', 'credentials']).optional().describe('what a table lists.') }),
      body: shortlistBody,
      readers: { 'text/csv': readShortlistCsv },
    },
    examples: [
      {
        summary: 'Issuers vetted for welding',
        path: { name: 'vetted' },
        body: {
          title: 'Vetted by our welding instructors',
          scope: { occupations: ['51-4121'] },
          entries: [{ name: 'American Welding Society', why: 'proctored performance tests', date: '2026-01-31' }],
        },
      },
    ],
    answer: async ({ path, query, body, headers }) => {
      const isTable = headers['content-type']?.startsWith('text/csv') ?? false;
      const sent = { ...(body as ShortlistBody), ...(query as { of?: Shortlist['of'] }) };
      await keepShortlist(context, path.name ?? '', { ...sent, isTable });
      return { body: await shortlistDetail(context, path.name ?? '') };
    },
  };
}
