import { summarySchema } from '@credatlas/model';
import type { Form } from '@credatlas/ports';
import { z } from 'zod';
import { columnsOf } from '../forms/columnsOf.ts';
import { csvHead, csvRows } from '../forms/csvRows.ts';
import { csv, ndjson, ndjsonLines } from '../forms/tableForms.ts';
import { changeSchema, type QueryChanges } from './schemas.ts';

/** A record that entered or left, or of which that is not known. */
const rowSchema = z.object({
  side: z.enum(['entered', 'left', 'unknown']),
  credential: summarySchema.pick({ id: true, name: true, provider: true }),
  ...changeSchema.shape,
});
type Row = z.infer<typeof rowSchema>;

const columns = columnsOf(rowSchema);

/** The changes of a saved query as one table. */
export const changeForms: readonly Form[] = [
  {
    ...csv,
    answer: async (_request, inJson) => {
      const { body, ...answer } = await inJson();
      return { ...answer, body: csvHead(columns) + csvRows(rowsOf(body as QueryChanges), columns) };
    },
  },
  {
    ...ndjson,
    answer: async (_request, inJson) => {
      const { body, ...answer } = await inJson();
      return { ...answer, body: ndjsonLines(rowsOf(body as QueryChanges)) };
    },
  },
];

function rowsOf({ entered, left, unknown }: QueryChanges): Row[] {
  const side = (name: 'entered' | 'left', list: QueryChanges['entered']): Row[] =>
    list.map(({ credential: { id, name: called, provider }, ...change }) => ({
      side: name,
      credential: { id, name: called, provider },
      ...change,
    }));
  return [
    ...side('entered', entered),
    ...side('left', left),
    ...unknown.map(({ id, name, seq }) => ({
      side: 'unknown' as const,
      credential: { id, name, provider: null },
      ...{ seq, reasons: [], changed: [] },
    })),
  ];
}
