import { dayTextSchema } from '@credatlas/model';
import { z } from 'zod';

const count = z.int().min(0);

const columnSchema = z.object({
  name: z.string(),
  kind: z.enum(['dimension', 'metric']),
  label: z.string(),
  unit: z.string().nullable(),
});

const valueSchema = z.union([z.number(), z.string()]).nullable();

const rowSchema = z.object({
  by: z.array(z.string().nullable()).describe('One per dimension; null: not stated.'),
  labels: z.array(z.string()).describe('The same in words.'),
  values: z.array(valueSchema).describe('One per metric; null: nothing states it, or it is suppressed.'),
  n: count.nullable().describe('Credentials; null: suppressed.'),
  unknown: z.array(count.nullable()).describe('Per metric: credentials that do not state it; null: suppressed.'),
  suppressed: z.literal(true).optional(),
});
export type TableRow = z.infer<typeof rowSchema>;

export const tableMetaSchema = z
  .object({
    total: count.describe('Matching credentials, each once.'),
    rows: count.describe('Rows of the whole table.'),
    truncated: z.boolean().describe('Whether `top` left rows out.'),
    mode: z.enum(['strict', 'expanded']),
    currency: z.string(),
    on: z.string(),
    snapshot: count,
    overlapping: z
      .array(z.string())
      .describe('Dimensions of which some credentials have several values: their rows add up to more.'),
    approximate: z.array(z.string()).describe('Metrics that are not exact.'),
    suppressed: z
      .object({ threshold: count, rows: count, cells: count, rule: z.string() })
      .nullable()
      .describe('Small cells that were left out, when that was asked for.'),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'TableMeta' });
export type TableMeta = z.infer<typeof tableMetaSchema>;

const publicationSchema = z.object({
  title: z.string(),
  publisher: z.string(),
  date: dayTextSchema.optional(),
  url: z.string(),
});

export const coverageSchema = z.object({
  of: z.array(z.string()).describe('total, providers, categories or groups of the scheme.'),
  label: z.string(),
  published: count,
  atLeast: z.boolean(),
  asOf: z.string(),
  counted: count.describe('What this store holds of it, whatever the filter.'),
  share: z.number(),
  note: z.string().nullable(),
  source: publicationSchema,
});

export const basisSchema = z
  .object({
    unit: z.enum(['credential', 'cluster']),
    counts: z.string().describe('What is counted.'),
    dedup: z.string(),
    classification: z.object({
      id: z.string(),
      version: z.string(),
      title: z.string(),
      place: z.string().nullable(),
      source: publicationSchema,
    }),
    coverage: z.array(coverageSchema).describe('What the whole store holds of what was published.'),
    sources: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.string(),
        uri: z.string(),
        records: count,
        readAt: z.string().nullable().describe('When it was last read to its end.'),
        ageDays: z.number().nullable(),
      }),
    ),
    on: z.string(),
    snapshot: count,
    asOf: z
      .object({
        seq: count,
        reachedAt: z.string().nullable().describe('When the store had come to that state.'),
        changedSince: count.describe('Credentials that have changed since.'),
        lost: count.describe('Of these, those of which the version of then is no longer kept: not counted.'),
        kept: z.string().describe('What is not brought back.'),
      })
      .nullable()
      .describe('The earlier state that is counted; null: as things are now.'),
    query: z.object({
      hash: z.string().describe('SHA-256 of the question; equal questions have equal hashes.'),
      parameters: z.record(z.string(), z.string()),
    }),
    again: z.string().describe('Asks for the same table of the same snapshot.'),
  })
  .meta({ id: 'TableBasis' });
export type TableBasis = z.infer<typeof basisSchema>;

export const tableSchema = z
  .object({
    meta: tableMetaSchema,
    columns: z.array(columnSchema).describe('Dimensions, then metrics.'),
    rows: z.array(rowSchema),
    totals: rowSchema
      .pick({ values: true, n: true, unknown: true })
      .describe('Over all matching credentials, each once.'),
    basis: basisSchema,
  })
  .meta({ id: 'MarketTable' });
export type MarketTable = z.infer<typeof tableSchema>;
