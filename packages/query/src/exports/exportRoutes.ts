import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import { withTableForms } from '../forms/tableForms.ts';
import type { ExportDesk } from './ExportDesk.ts';
import { type ExportOrder, exportBody } from './exportQuery.ts';
import { dictionarySchema, exportListSchema, exportSchema } from './schemas.ts';

const one = {
  path: '/v1/exports/{id}',
  tags: ['exports'],
  request: { path: z.object({ id: z.string().describe('id of the export.') }) },
  examples: [{ summary: 'By its id' }],
  response: { status: 200, schema: exportSchema },
};

/** Long exports: ordered, made in the background, fetched in as many pieces as it takes. */
export function exportRoutes(desk: ExportDesk): Route[] {
  const routes: Route[] = [
    orderRoute(desk),
    {
      ...one,
      method: 'GET',
      access: 'read',
      path: '/v1/exports',
      operationId: 'listExports',
      summary: 'Exports, newest first',
      request: {},
      examples: [{ summary: 'All that are kept' }],
      response: { status: 200, schema: exportListSchema },
      answer: async () => {
        const results = desk.list().map(({ columns: _columns, sources: _sources, ...each }) => each);
        return { body: { meta: { total: results.length }, results } };
      },
    },
    {
      ...one,
      method: 'GET',
      access: 'read',
      operationId: 'getExport',
      summary: 'How far an export is, and what it holds',
      description:
        'Query, snapshot, sources, data dictionary, licence, citation; once it is done rows, bytes, SHA-256 and the address of the file.',
      answer: async ({ path }) => ({ body: await desk.find(path.id ?? '') }),
    },
    {
      ...one,
      method: 'DELETE',
      access: 'write',
      operationId: 'cancelExport',
      summary: 'Cancel an export, or delete its file',
      answer: async ({ path }) => ({ body: await desk.cancel(path.id ?? '') }),
    },
    ...contentRoutes(desk),
  ];
  return routes.map((route) => withTableForms(desk.context, route));
}

function orderRoute(desk: ExportDesk): Route {
  return {
    method: 'POST',
    access: 'write',
    path: '/v1/exports',
    operationId: 'orderExport',
    summary: 'Order an export of every credential that matches',
    description: 'It is made in the background; `Location` is where to see how far it is.',
    tags: ['exports'],
    request: { body: exportBody },
    examples: [
      { summary: 'All badges as Parquet', body: { format: 'parquet', filter: 'family:badge' } },
      { summary: 'Three columns for a spreadsheet', body: { format: 'csv', q: 'data', select: 'name,provider,cost' } },
    ],
    response: { status: 202, schema: exportSchema },
    answer: async ({ body }) => {
      const ordered = await desk.order(body as ExportOrder);
      return {
        status: 202,
        body: ordered,
        headers: { location: `${desk.context.publicUrl}/v1/exports/${ordered.id}` },
      };
    },
  };
}

function contentRoutes(desk: ExportDesk): Route[] {
  return [
    {
      ...one,
      method: 'GET',
      access: 'read',
      path: '/v1/exports/{id}/dictionary',
      operationId: 'getExportDictionary',
      summary: 'What the columns of an export hold',
      response: { status: 200, schema: dictionarySchema },
      answer: async ({ path }) => ({ body: { results: (await desk.find(path.id ?? '')).columns } }),
    },
    {
      ...one,
      method: 'GET',
      access: 'read',
      path: '/v1/exports/{id}/file',
      operationId: 'getExportFile',
      summary: 'The file of an export',
      description:
        'Whole, or from where a download broke off (`Range`, with `If-Range` the ETag). 409 until it is done, 410 when it is gone.',
      response: { status: 200, schema: z.string(), mediaType: '*/*' },
      answer: async ({ path }) => {
        const { about, bytes } = await desk.file(path.id ?? '');
        return {
          bytes,
          mediaType: about.mediaType,
          headers: {
            etag: `"${about.sha256}"`,
            'last-modified': new Date(about.finishedAt!).toUTCString(),
            'content-disposition': `attachment; filename="credatlas-${about.id.slice(0, 8)}.${about.format}"`,
            // RFC 9530: of the whole, whatever range is sent.
            'repr-digest': `sha-256=:${Buffer.from(about.sha256!, 'hex').toString('base64')}:`,
          },
        };
      },
    },
  ];
}
