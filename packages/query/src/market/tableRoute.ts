import type { Form, Route } from '@credatlas/ports';
import type { ZodObject, ZodType } from 'zod';
import { csv, ndjsonForm } from '../forms/tableForms.ts';
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

/** A route that answers with a table. */
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
    response: { status: 200, schema, forms: [csvOfTable, ndjsonForm('rows')] },
    answer: async (request) => {
      const parameters = request.query as unknown as Parameters;
      const asked = { path: route.path, parameters };
      return { body: await answerTable(context, asked, (counting) => count(counting, parameters)) };
    },
  };
}

const csvOfTable: Form = {
  ...csv,
  answer: async (_request, inJson) => {
    const { body, ...answer } = await inJson();
    return { ...answer, body: tableCsv(body as MarketTable) };
  },
};
