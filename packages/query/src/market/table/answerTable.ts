import type { NumberField } from '@credatlas/model';
import type { MarketDimension } from '../dimensions/MarketDimension.ts';
import { marketDimensions } from '../dimensions/marketDimensions.ts';
import type { CountedRow, CountedTable } from './CountedTable.ts';
import { finishTable, type TableShape } from './finishTable.ts';
import { type MarketQuestion, marketQuestion, type QuestionParameters } from './marketQuestion.ts';
import { atOneSnapshot, type GroupBy, wantedSnapshot } from './snapshots.ts';
import { type BasisContext, schemeOf, tableBasis } from './tableBasis.ts';
import type { MarketTable } from './tableSchemas.ts';

export interface TableParameters extends QuestionParameters, TableShape {
  by?: string | undefined;
  snapshot?: number | undefined;
}

/** What a table is counted with. */
export interface Counting {
  question: MarketQuestion;
  groupBy: GroupBy;
  dimensions: readonly MarketDimension[];
}

/**
 * Answers a table of the market: reads the question and its dimensions, counts all of one snapshot, and says what the numbers rest
 * on. Throws InvalidInputError naming the parameter, ConflictError `snapshot_passed`, UnavailableError `market_is_changing`.
 */
export async function answerTable<Extra extends object>(
  context: BasisContext,
  given: { path: string; parameters: TableParameters },
  count: (counting: Counting) => Promise<CountedTable & { extra?: (shown: readonly CountedRow[]) => Promise<Extra> }>,
): Promise<MarketTable & Extra> {
  const { parameters, path } = given;
  const question = await marketQuestion(context, parameters);
  const { counted, snapshot: latest } = await atOneSnapshot(context.engine, async (groupBy) => {
    const spanOf = dateSpans(groupBy, question);
    const dimensions = await marketDimensions(parameters.by, { ...context, ...question, spanOf });
    const scheme = schemeOf(context.classifications, dimensions.find((each) => each.scheme)?.scheme);
    const table = await count({ question, groupBy, dimensions });
    const { shown, ...finished } = await finishTable(table, { ...parameters, sort: parameters.sort ?? table.sort });
    const extra = await table.extra?.(shown);
    return { finished, extra, basis: { scheme, coverage: await context.published.of(scheme, question, groupBy) } };
  });
  const { finished, extra, basis } = counted;
  const snapshot = await wantedSnapshot(context.credentials, { wanted: parameters.snapshot, snapshot: latest });
  const { mode, currency, judgement, warnings } = question;
  const answer: MarketTable = {
    ...finished,
    meta: { ...finished.meta, mode, currency, on: judgement.day, snapshot, warnings: warnings.list() },
    basis: await tableBasis(context, { ...basis, path, question, parameters: { ...parameters }, snapshot }),
  };
  return { ...answer, ...(extra as Extra) };
}

/** First and last value of a date among the credentials that are asked about. */
function dateSpans(groupBy: GroupBy, { conditions }: MarketQuestion) {
  return async (field: NumberField): Promise<{ first: number; last: number } | undefined> => {
    const metrics = [
      { kind: 'min', field },
      { kind: 'max', field },
    ] as const;
    const { totals } = await groupBy({ ...conditions, by: [], metrics: [...metrics] });
    const [first, last] = totals.values;
    return typeof first === 'number' && typeof last === 'number' ? { first, last } : undefined;
  };
}
