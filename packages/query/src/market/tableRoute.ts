import type { Route, RouteAnswer, RouteRequest } from '@credatlas/ports';
import type { ZodObject, ZodType } from 'zod';
import { answerTable, type Counting, type TableParameters } from './table/answerTable.ts';
import type { CountedRow, CountedTable } from './table/CountedTable.ts';
import type { BasisContext } from './table/tableBasis.ts';
import { tableCsv } from './table/tableCsv.ts';
import { type MarketTable, tableSchema } from './table/tableSchemas.ts';

interface TableRoute<Parameters> extends Pick<Route, 'path' | 'operationId' | 'summary' | 'description' | 'examples'> {
  query: ZodObject;
  /** Of an answer that says more than a table. */
  schema?: ZodType;
  count(
    counting: Counting,
    parameters: Parameters,
  ): Promise<CountedTable & { extra?: (shown: readonly CountedRow[]) => Promise<object> }>;
}

/** A route that answers with a table, as JSON or CSV. */
export function tableRoute<Parameters extends TableParameters>(
  context: BasisContext,
  { query, schema = tableSchema, count, ...route }: TableRoute<Parameters>,
): Route {
  return {
    ...route,
    method: 'GET',
    access: 'read',
    tags: ['market'],
    request: { query },
    response: { status: 200, schema },
    answer: async (request) => {
      const parameters = request.query as unknown as Parameters;
      const asked = { path: route.path, parameters };
      return inFormat(context, request, await answerTable(context, asked, (counting) => count(counting, parameters)));
    },
  };
}

/** The table as it was asked for, with a link to its other form. */
function inFormat({ publicUrl }: BasisContext, { query, url }: RouteRequest, table: MarketTable): RouteAnswer {
  const isCsv = query.format === 'csv';
  const other = new URLSearchParams(url.search);
  other.set('format', isCsv ? 'json' : 'csv');
  const [relation, type] = isCsv ? ['describedby', 'application/json'] : ['alternate', 'text/csv'];
  const headers = { link: `<${publicUrl}${url.pathname}?${other}>; rel="${relation}"; type="${type}"` };
  return isCsv ? { body: tableCsv(table), mediaType: 'text/csv; charset=utf-8', headers } : { body: table, headers };
}
