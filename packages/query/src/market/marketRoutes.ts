import type { Route } from '@credatlas/ports';
import type { QueryContext } from '../dependencies.ts';
import { classificationRoute } from './classification/classificationRoute.ts';
import { PublishedCoverage } from './classification/PublishedCoverage.ts';
import { marketQuery } from './marketParameters.ts';
import { marketMetrics } from './metrics/marketMetrics.ts';
import { structureRoutes } from './structure/structureRoutes.ts';
import type { TableParameters } from './table/answerTable.ts';
import { countTable } from './table/countTable.ts';
import { tableRoute } from './tableRoute.ts';

/** Tables of the market, with what they rest on. */
export function marketRoutes(given: QueryContext): Route[] {
  const context = { ...given, published: new PublishedCoverage() };
  const table = tableRoute<TableParameters & { metrics?: string }>(context, {
    path: '/v1/market',
    operationId: 'marketTable',
    summary: 'A table of the market by any dimensions',
    description:
      'Counts credentials, each once in each of its rows; totals are over distinct credentials, and what is not stated has a row of its own. `basis` says what the numbers rest on.',
    query: marketQuery,
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
    count: (counting, { metrics }) => {
      const { currency, judgement } = counting.question;
      return countTable(counting.groupBy, {
        ...counting,
        metrics: marketMetrics(metrics, { currency, on: judgement.on }),
      });
    },
  });
  return [table, ...structureRoutes(context), classificationRoute(context)];
}
