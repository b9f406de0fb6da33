import type { Route, RouteAnswer, RouteRequest } from '@credatlas/ports';
import type { QueryContext } from '../dependencies.ts';
import { PublishedCoverage } from './classification/PublishedCoverage.ts';
import { marketQuery } from './marketParameters.ts';
import { marketMetrics } from './metrics/marketMetrics.ts';
import { answerTable, type TableParameters } from './table/answerTable.ts';
import { countTable } from './table/countTable.ts';
import { tableCsv } from './table/tableCsv.ts';
import { type MarketTable, tableSchema } from './table/tableSchemas.ts';

/** Tables of the market, with what they rest on. */
export function marketRoutes(given: QueryContext): Route[] {
  const context = { ...given, published: new PublishedCoverage() };
  return [
    {
      method: 'GET',
      access: 'read',
      tags: ['market'],
      path: '/v1/market',
      operationId: 'marketTable',
      summary: 'A table of the market by any dimensions',
      description:
        'Counts credentials, each once in each of its rows; totals are over distinct credentials, and what is not stated has a row of its own. `basis` says what the numbers rest on.',
      request: { query: marketQuery },
      examples: [
        {
          summary: 'Credentials, providers and the median cost by family and state',
          query: { by: 'family,region', metrics: 'count,providers,median:cost' },
        },
        {
          summary: 'The seven categories of the count of 2025, with their share',
          query: { by: 'classification:2025', metrics: 'count,percent:total,share:cost' },
        },
        {
          summary: 'Quartiles of the cost per credit by level, cells below ten suppressed',
          query: { by: 'level', metrics: 'p25:costPerCredit,median:costPerCredit,p75:costPerCredit', suppress: '10' },
        },
      ],
      response: { status: 200, schema: tableSchema },
      answer: async (request) => {
        const parameters = request.query as unknown as TableParameters & { metrics?: string };
        const table = await answerTable(context, { path: '/v1/market', parameters, by: parameters.by }, (counting) => {
          const { currency, judgement } = counting.question;
          const metrics = marketMetrics(parameters.metrics, { currency, on: judgement.on });
          return countTable(counting.groupBy, { ...counting, metrics });
        });
        return inFormat(context, request, table);
      },
    },
  ];
}

/** The table as it was asked for, with a link to its other form. */
function inFormat({ publicUrl }: QueryContext, { query, url }: RouteRequest, table: MarketTable): RouteAnswer {
  const isCsv = query.format === 'csv';
  const other = new URLSearchParams(url.search);
  other.set('format', isCsv ? 'json' : 'csv');
  const [relation, type] = isCsv ? ['describedby', 'application/json'] : ['alternate', 'text/csv'];
  const headers = { link: `<${publicUrl}${url.pathname}?${other}>; rel="${relation}"; type="${type}"` };
  return isCsv ? { body: tableCsv(table), mediaType: 'text/csv; charset=utf-8', headers } : { body: table, headers };
}
