import type { Form, Route, RouteAnswer, RouteRequest } from '@credatlas/ports';
import type { z } from 'zod';
import type { Column } from './Column.ts';
import { columnsOf } from './columnsOf.ts';
import { csvHead, csvRows } from './csvRows.ts';
import { type Graphs, graphForms, type Named, namedResource, type ResourceOfSource } from './graphForms.ts';

/** Where the rows of an answer may stand in it. */
const listNames = ['results', 'answers', 'bundles', 'rows', 'buckets', 'checks', 'rules'] as const;

/** A route that answers with a list, with what that can be had as; any other as it is. */
export function withListForms(context: Graphs, route: Route): Route {
  const list = route.method === 'GET' && !route.response.forms ? listIn(route.response.schema) : undefined;
  if (!list) return route;
  const { name, row } = list;
  const forms = [csvForm(name, row), ndjsonForm(name), ...(isIdentified(row) ? listedGraphs(context, name) : [])];
  return { ...route, response: { ...route.response, forms } };
}

/** Whether the rows say which stored resource each is about. */
function isIdentified(row: z.ZodType): boolean {
  const { shape } = row.def as { shape?: Record<string, z.ZodType> };
  return ['source', 'ctid', 'uri'].every((name) => shape?.[name]);
}

function listedGraphs(context: Graphs, name: string): Form[] {
  const rows = async (_: RouteRequest, inJson: () => Promise<RouteAnswer>): Promise<readonly ResourceOfSource[]> =>
    (rowsIn((await inJson()).body, name) as readonly Named[]).map(namedResource);
  return graphForms(context, rows, { isList: true });
}

function listIn(schema: z.ZodType): { name: string; row: z.ZodType } | undefined {
  const { shape } = schema.def as { shape?: Record<string, z.ZodType> };
  const name = listNames.find((each) => shape?.[each]?.def.type === 'array');
  return name && { name, row: (shape![name] as z.ZodArray<z.ZodType>).element };
}

export const csv = { format: 'csv', mediaType: 'text/csv' } as const;
export const ndjson = { format: 'ndjson', mediaType: 'application/x-ndjson' } as const;

/** The list of that name as a table. */
export function csvForm(name: string, row: z.ZodType): Form {
  const columns = columnsOf(row);
  return {
    ...csv,
    answer: async (request, inJson) => {
      const { body, ...answer } = await inJson();
      const shown = selectedColumns(columns, request);
      return { ...answer, body: csvHead(shown) + csvRows(rowsIn(body, name), shown) };
    },
  };
}

/** The list of that name as a line of JSON for each of its things. */
export function ndjsonForm(name: string): Form {
  return {
    ...ndjson,
    answer: async (_request, inJson) => {
      const { body, ...answer } = await inJson();
      return { ...answer, body: ndjsonLines(rowsIn(body, name)) };
    },
  };
}

export function ndjsonLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Those that `select=` names. The route has read it by then, so every name is one of a field. */
function selectedColumns(columns: readonly Column[], { query }: RouteRequest): readonly Column[] {
  if (typeof query.select !== 'string' || query.select.trim() === '') return columns;
  const names = new Set(['id', ...query.select.split(',').map((name) => name.trim())]);
  return columns.filter(({ path }) => names.has(path[0]!));
}

function rowsIn(body: unknown, name: string): readonly unknown[] {
  return (body as Record<string, readonly unknown[]>)[name]!;
}
