import { savedQuerySchema, searchableCurrencies, summarySchema } from '@credatlas/model';
import { z } from 'zod';
import { maxFilterLength } from '../filterSyntax.ts';

const text = (most: number) => z.string().trim().min(1).max(most).optional();

/** What is sent to keep a query: parameters of `/v1/credentials` that say what is found. */
export const savedQueryBody = z
  .strictObject({
    title: text(200),
    query: z.strictObject({
      q: text(2_000),
      mode: z.enum(['strict', 'expanded']).default('strict'),
      filter: text(maxFilterLength),
      context: text(2_000),
      currency: z.enum(searchableCurrencies).default('USD'),
      issuerList: text(100),
    }),
  })
  .meta({ id: 'SavedQueryBody' });
export type SavedQueryBody = z.infer<typeof savedQueryBody>;

export const savedQueryDetailSchema = savedQuerySchema
  .extend({
    total: z.number().int().describe('What it finds now.'),
    url: z.string().describe('Where it is asked.'),
  })
  .meta({ id: 'SavedQueryDetail' });
export type SavedQueryDetail = z.infer<typeof savedQueryDetailSchema>;

export const savedQueriesSchema = z
  .object({ meta: z.object({ total: z.number().int() }), results: z.array(savedQuerySchema) })
  .meta({ id: 'SavedQueries' });
export type SavedQueries = z.infer<typeof savedQueriesSchema>;

export const changeReasonSchema = z
  .object({
    kind: z
      .enum(['published', 'withdrawn', 'changed', 'day'])
      .describe('changed: the record says something else; day: the same record is judged on another day.'),
    clause: z.string().nullable().describe('The clause of the filter, or `q`, that was true on one side only.'),
    before: z
      .unknown()
      .describe(
        'What the record said, of a rule its verdict with why; null: nothing, or there is no one value to show.',
      ),
    now: z.unknown(),
  })
  .meta({ id: 'ChangeReason' });
export type ChangeReason = z.infer<typeof changeReasonSchema>;

export const changeSchema = z.object({
  seq: z.number().int().nullable().describe('Last change of the record; null: it did not change.'),
  reasons: z.array(changeReasonSchema),
  changed: z.array(z.string()).describe('Fields of the record that say something else than before.'),
});
export type Change = z.infer<typeof changeSchema>;

export const queryChangesSchema = z
  .object({
    meta: z.object({
      name: z.string(),
      since: z.object({ seq: z.number().int(), day: z.string() }).describe('The state that is compared with.'),
      until: z.object({ seq: z.number().int(), day: z.string() }),
      total: z.number().int().describe('What it finds now.'),
      looked: z.number().int().describe('Changed records that this page looked at.'),
      truncated: z.boolean(),
      warnings: z.array(z.string()),
    }),
    entered: z.array(changeSchema.extend({ credential: summarySchema })),
    left: z.array(changeSchema.extend({ credential: summarySchema.describe('As it was.') })),
    unknown: z
      .array(z.object({ id: z.string(), name: z.string(), seq: z.number().int(), isFound: z.boolean() }))
      .describe('Changed since, but what they were is no longer kept; whether they are found now.'),
    next: z.string().nullable(),
  })
  .meta({ id: 'QueryChanges' });
export type QueryChanges = z.infer<typeof queryChangesSchema>;
