import type { Form, RouteAnswer } from '@credatlas/ports';
import type { QueryContext } from '../dependencies.ts';
import { parameterFault } from '../parameterFault.ts';
import type { CredentialList } from '../schemas.ts';
import type { SearchParameters } from '../searchCredentials.ts';
import { type ExportFormat, exportFormats, type Piece } from './exportFormats.ts';
import { type ExportOrder, exportQuery } from './exportQuery.ts';
import { columnsOfSummaries, prepareExport } from './prepareExport.ts';

/** What a search asks for when it asks for everything. */
export type AllParameters = Omit<SearchParameters, 'size'> & { size: number | 'all' };

/** What a search of credentials can be had as: a page of it, or with `size=all` everything. */
export function credentialForms(context: QueryContext): Form[] {
  return exportFormats.map((format) => ({
    format: format.format,
    mediaType: format.mediaType,
    answer: ({ query, signal }, inJson) => {
      const parameters = query as unknown as AllParameters;
      return parameters.size === 'all'
        ? everything(context, { parameters, format, signal })
        : page(context, { select: parameters.select, format, inJson });
    },
  }));
}

/** Throws InvalidInputError: JSON has an end, and is written at once. */
export function refuseAll(size: number | 'all'): asserts size is number {
  if (size !== 'all') return;
  const detail = `Everything is not written as JSON. Add format= with one of ${exportFormats.map(({ format }) => format).join(', ')}.`;
  throw parameterFault('invalid_parameter', { parameter: 'size', detail });
}

async function everything(
  context: QueryContext,
  given: { parameters: AllParameters; format: ExportFormat; signal: AbortSignal },
): Promise<RouteAnswer> {
  const { parameters, format, signal } = given;
  for (const parameter of ['sort', 'after', 'facets', 'sample'] as const) {
    if (parameters[parameter] === undefined) continue;
    const detail = `With size=all there is no ${parameter}: everything comes at once, by id.`;
    throw parameterFault('invalid_parameter', { parameter, detail });
  }
  const order = { ...exportQuery.parse(parameters), format: format.format } as ExportOrder;
  const prepared = await prepareExport(context, order);
  return { stream: prepared.pieces({ signal }), headers: { total: String(prepared.total) } };
}

async function page(
  context: QueryContext,
  given: { select: string | undefined; format: ExportFormat; inJson: () => Promise<RouteAnswer> },
): Promise<RouteAnswer> {
  const { select, format, inJson } = given;
  const { body, ...answer } = await inJson();
  const { results } = body as CredentialList;
  const rows = format.isGraph ? await identified(context, results) : results;
  const pieces = format.pieces(oneBatch(rows), { columns: columnsOfSummaries(select, { hasMatch: true }), context });
  return { ...answer, body: await joined(pieces) };
}

/** A page that selects fields may not say which graph belongs to its results. */
async function identified({ credentials }: QueryContext, results: CredentialList['results']): Promise<object[]> {
  const found = await credentials.credentials(results.map(({ id }) => id!));
  return [...found.values()].map(({ ctid, uri, provenance: { source } }) => ({ ctid, uri, source }));
}

async function* oneBatch(rows: readonly object[]): AsyncIterable<string[]> {
  yield rows.map((row) => JSON.stringify(row));
}

async function joined(pieces: AsyncIterable<Piece>): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(parts);
}
