import { setImmediate } from 'node:timers/promises';
import type { Credential } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { sizesOfClusters } from '../hitSummaries.ts';
import { selected, summaryOf } from '../summaryOf.ts';
import type { ExportQuestion } from './ExportQuestion.ts';

/** Credentials read at once: others are answered in between. */
const batchRows = 500;

/**
 * The summaries of every credential that matches, as JSON, in the order of their ids. Credentials that were withdrawn since the call are
 * left out. Holds one batch at a time.
 */
export async function* summaryBatches(
  context: QueryContext,
  question: ExportQuestion,
  { signal, counted }: { signal: AbortSignal; counted: ((rows: number) => void) | undefined },
): AsyncIterable<string[]> {
  const hasClusters = (await context.known.all('follower')).length > 0;
  let rows = 0;
  for await (const page of context.engine.scan(question.conditions)) {
    for (let from = 0; from < page.length; from += batchRows) {
      signal.throwIfAborted();
      const ids = page.slice(from, from + batchRows);
      const texts = await summaryTexts(context, ids, question);
      const told = hasClusters ? await withClusters(context, ids, texts) : texts;
      const batch = told.filter((text) => text !== undefined).map((text) => only(text, question.fields));
      rows += batch.length;
      yield batch;
      counted?.(rows);
      await setImmediate();
    }
  }
}

async function summaryTexts(
  context: QueryContext,
  ids: string[],
  { currency, judgement }: ExportQuestion,
): Promise<(string | undefined)[]> {
  const { credentials } = context;
  const isOrdinary = currency === 'USD' && judgement.contexts.length === 0 && !judgement.vetted;
  const texts = isOrdinary ? await credentials.preparedSummaries(ids, judgement.on) : ids.map(() => undefined);
  const missing = ids.filter((_, at) => texts[at] === undefined);
  if (missing.length === 0) return texts;
  const records = await credentials.credentials(missing);
  const written = (record: Credential | undefined): string | undefined =>
    record && JSON.stringify(summaryOf(record, { currency, judgement }));
  return texts.map((text, at) => text ?? written(records.get(ids[at]!)));
}

async function withClusters(
  context: QueryContext,
  ids: string[],
  texts: readonly (string | undefined)[],
): Promise<(string | undefined)[]> {
  const clusters = await sizesOfClusters(context, ids);
  return texts.map((text, at) => {
    const cluster = clusters.get(ids[at]!);
    return text && cluster ? `${text.slice(0, -1)},"cluster":${JSON.stringify(cluster)}}` : text;
  });
}

function only(text: string, fields: ReadonlySet<string> | undefined): string {
  return fields ? JSON.stringify(selected(JSON.parse(text), fields)) : text;
}
