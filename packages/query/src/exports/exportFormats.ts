import type { QueryContext } from '../dependencies.ts';
import type { Column } from '../forms/Column.ts';
import { graphFormats, graphPieces } from '../forms/graphForms.ts';
import { csv, ndjson } from '../forms/tableForms.ts';
import { csvPieces, ndjsonPieces, parquetPieces } from './rowPieces.ts';

export type Piece = string | Uint8Array;

/** How summaries become a file. */
export interface ExportFormat {
  format: string;
  mediaType: string;
  /** Whether it holds the stored graphs themselves, and not the columns of their summaries. */
  isGraph: boolean;
  /** Of batches of summaries as JSON. */
  pieces(
    batches: AsyncIterable<string[]>,
    given: { columns: readonly Column[]; context: QueryContext },
  ): AsyncIterable<Piece>;
}

export const exportFormats: readonly ExportFormat[] = [
  { ...csv, isGraph: false, pieces: (batches, { columns }) => csvPieces(batches, columns) },
  { ...ndjson, isGraph: false, pieces: (batches) => ndjsonPieces(batches) },
  {
    format: 'parquet',
    mediaType: 'application/vnd.apache.parquet',
    isGraph: false,
    pieces: (batches, { columns }) => parquetPieces(batches, columns),
  },
  ...graphFormats.map(
    (form): ExportFormat => ({
      ...form,
      isGraph: true,
      pieces: (batches, { context }) => graphPieces(context, batches, form.mediaType),
    }),
  ),
];
