import { counted, type NumberField } from '@credatlas/model';
import { type WantedState, wantedState } from '../../asOf/wantedState.ts';
import type { MarketDimension } from '../dimensions/MarketDimension.ts';
import { marketDimensions } from '../dimensions/marketDimensions.ts';
import type { CountedRow, CountedTable } from './CountedTable.ts';
import { finishTable, type TableShape } from './finishTable.ts';
import { type MarketQuestion, marketQuestion, type QuestionParameters } from './marketQuestion.ts';
import { atOneSnapshot, type GroupBy } from './snapshots.ts';
import { type BasisContext, schemeOf, tableBasis } from './tableBasis.ts';
import type { MarketTable } from './tableSchemas.ts';

export interface TableParameters extends QuestionParameters, TableShape {
  by?: string | undefined;
  asOf?: string | undefined;
  snapshot?: number | undefined;
}

/** What a table is counted with; `context` answers of the state that is asked about. */
export interface Counting {
  context: BasisContext;
  question: MarketQuestion;
  groupBy: GroupBy;
  dimensions: readonly MarketDimension[];
  /** Whether an earlier state is counted: of records other than credentials only the present is kept. */
  isPast: boolean;
}

/**
 * Answers a table of the market: reads the question and its dimensions, counts all of one state, and says what the numbers rest on.
 * Throws InvalidInputError naming the parameter, ConflictError `snapshot_passed`, UnavailableError `market_is_changing`.
 */
export async function answerTable<Extra extends object>(
  context: BasisContext,
  given: { path: string; parameters: TableParameters },
  count: Count<Extra>,
): Promise<MarketTable & Extra> {
  const past = await wantedState(context, given.parameters);
  try {
    return await tableOf({ ...context, ...past?.context }, { ...given, past }, count);
  } finally {
    await past?.close();
  }
}

type Count<Extra> = (
  counting: Counting,
) => Promise<CountedTable & { extra?: (shown: readonly CountedRow[]) => Promise<Extra> }>;

async function tableOf<Extra extends object>(
  context: BasisContext,
  given: { path: string; parameters: TableParameters; past: WantedState | undefined },
  count: Count<Extra>,
): Promise<MarketTable & Extra> {
  const { path, past } = given;
  const parameters = { ...given.parameters, on: given.parameters.on ?? past?.day };
  const question = await marketQuestion(context, parameters);
  warnOfLost(question, past);
  const { counted, snapshot } = await atOneSnapshot(context.engine, async (groupBy) => {
    const spanOf = dateSpans(groupBy, question);
    const dimensions = await marketDimensions(parameters.by, { ...context, ...question, spanOf });
    const scheme = schemeOf(context.classifications, dimensions.find((each) => each.scheme)?.scheme);
    const table = await count({ context, question, groupBy, dimensions, isPast: past !== undefined });
    const { shown, ...finished } = await finishTable(table, { ...parameters, sort: parameters.sort ?? table.sort });
    const extra = await table.extra?.(shown);
    return { finished, extra, basis: { scheme, coverage: await context.published.of(scheme, question, groupBy) } };
  });
  const { finished, extra, basis } = counted;
  const { mode, currency, judgement, warnings } = question;
  const answer: MarketTable = {
    ...finished,
    meta: { ...finished.meta, mode, currency, on: judgement.day, snapshot, warnings: warnings.list() },
    basis: await tableBasis(context, { ...basis, path, question, parameters: { ...parameters }, snapshot, past }),
  };
  return { ...answer, ...(extra as Extra) };
}

function warnOfLost({ warnings }: MarketQuestion, past: WantedState | undefined): void {
  if (past && past.lost.length > 0)
    warnings.add(
      `Of ${counted(past.lost.length, 'credential')} the version of then is no longer kept; they are not counted.`,
    );
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
