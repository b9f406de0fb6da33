import type { Form, Route, RouteAnswer, RouteRequest } from '@credatlas/ports';
import type { z } from 'zod';
import type { Column } from './Column.ts';
import { columnsOf } from './columnsOf.ts';
import { csvHead, csvRows } from './csvRows.ts';
import { type Graphs, graphForms, type Named, namedResource, type ResourceOfSource } from './graphForms.ts';

/** Where the rows of an answer may stand in it. */
const listNames = ['results', 'answers', 'bundles', 'rows', 'buckets', 'checks', 'rules'] as const;

/** A route with what its answers can be had as beside JSON: a list as a table of its things, anything else as a table of one row. */
export function withTableForms(context: Graphs, route: Route): Route {
  const { schema, forms: own, mediaType } = route.response;
  if (route.method !== 'GET' || own || mediaType !== undefined) return route;
  const table = listIn(schema) ?? (isOneRow(schema) ? { name: undefined, row: schema } : undefined);
  if (!table) return route;
  const { name, row } = table;
  const graphs = name !== undefined && isIdentified(row) ? listedGraphs(context, name) : [];
  return { ...route, response: { ...route.response, forms: [csvForm(name, row), ndjsonForm(name), ...graphs] } };
}

/** Whether all that it holds is known: a stored document may hold anything, and has no columns. */
function isOneRow({ def }: z.ZodType): boolean {
  return def.type === 'object' && (def as { catchall?: z.ZodType }).catchall === undefined;
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

/** The list of that name as a table, or the answer itself as its only row. */
export function csvForm(name: string | undefined, row: z.ZodType): Form {
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

/** The list of that name as a line of JSON for each of its things, or the answer itself as the only one. */
export function ndjsonForm(name: string | undefined): Form {
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

function rowsIn(body: unknown, name: string | undefined): readonly unknown[] {
  return name === undefined ? [body] : (body as Record<string, readonly unknown[]>)[name]!;
}
