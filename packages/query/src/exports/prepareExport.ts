import { createHash } from 'node:crypto';
import { summarySchema } from '@credatlas/model';
import { conditionsOf } from '../conditions.ts';
import type { QueryContext } from '../dependencies.ts';
import type { Column } from '../forms/Column.ts';
import { columnsOf } from '../forms/columnsOf.ts';
import { wordsIn } from '../identified.ts';
import { judgementOf, vettedJudgement } from '../judgement.ts';
import { parameterFault } from '../parameterFault.ts';
import { selectedFields } from '../summaryOf.ts';
import { Warnings } from '../Warnings.ts';
import { type ExportFormat, exportFormats, type Piece } from './exportFormats.ts';
import type { ExportOrder } from './exportQuery.ts';
import { summaryBatches } from './summaryBatches.ts';

/** An export that has been understood, and not begun. */
export interface PreparedExport {
  format: ExportFormat;
  order: ExportOrder;
  /** SHA-256 of the question, however it is written down. */
  hash: string;
  columns: readonly Column[];
  /** Credentials that match now. */
  total: number;
  /** Change sequence that the answer reflects. */
  snapshot: number;
  on: string;
  warnings: string[];
  /** The file; `counted` is told after each piece how many credentials have been written. */
  pieces(options: { signal: AbortSignal; counted?: (rows: number) => void }): AsyncIterable<Piece>;
}

/** Throws InvalidInputError naming what cannot be read. */
export async function prepareExport(context: QueryContext, order: ExportOrder): Promise<PreparedExport> {
  const { q, mode, filter, currency, unit, issuerList } = order;
  const format = exportFormats.find((each) => each.format === order.format)!;
  const warnings = new Warnings();
  const plain = judgementOf(order, { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths });
  const judgement = await vettedJudgement(plain, { lists: context.lists, name: issuerList });
  const fields = exportedFields(order.select);
  const words = await wordsIn(context, q, warnings);
  const asked = { ...words, filter, currency, mode, judgement, unit, warnings };
  const conditions = await conditionsOf(context, asked);
  const { seq: snapshot } = await context.engine.info();
  const columns = columnsOfSummaries(order.select, { hasMatch: false });
  const question = { conditions, currency, judgement, fields: format.isGraph ? undefined : fields };
  return {
    format,
    order,
    hash: hashOf({ ...order, on: judgement.day }),
    columns: format.isGraph ? [] : columns,
    total: await context.engine.count(conditions),
    snapshot,
    on: judgement.day,
    warnings: warnings.list(),
    pieces: ({ signal, counted }) =>
      format.pieces(summaryBatches(context, question, { signal, counted }), { columns, context }),
  };
}

/** The columns of summaries; of these only the selected ones. */
export function columnsOfSummaries(select: string | undefined, { hasMatch }: { hasMatch: boolean }): Column[] {
  const fields = selectedFields(select);
  const all = columnsOf(summarySchema).filter(({ path: [root] }) => hasMatch || root !== 'match');
  return fields ? all.filter(({ path: [root] }) => fields.has(root!)) : all;
}

/** `match` says why a hit of a ranking matched; an export has no ranking. */
function exportedFields(select: string | undefined): ReadonlySet<string> | undefined {
  const fields = selectedFields(select);
  if (!fields?.has('match')) return fields;
  const detail = 'An export has no "match": that belongs to pages of a search with q.';
  throw parameterFault('unknown_field', { parameter: 'select', detail });
}

function hashOf({ format: _format, ...question }: ExportOrder): string {
  const stated = Object.entries(question).filter(([, value]) => value !== undefined);
  return createHash('sha256').update(JSON.stringify(stated.sort())).digest('hex');
}
