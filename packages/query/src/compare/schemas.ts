import { creditSchema, dayTextSchema, partySchema, summarySchema } from '@credatlas/model';
import { z } from 'zod';

const rowSchema = z.object({
  field: z.string(),
  values: z.array(z.unknown()).describe('One per credential, in their order; null: missing.'),
  note: z.string().nullable().describe('Why values are missing.'),
});

const labelled = z.array(z.object({ key: z.string(), label: z.string() }));

export const comparisonSchema = z
  .object({
    on: z.string().describe('The day that tiers, recognition and freshness were judged on.'),
    credentials: z
      .array(summarySchema)
      .describe('The id of an older version ends in @ and the change sequence asked for.'),
    rows: z.array(rowSchema),
    skills: z.object({
      shared: labelled,
      only: z.record(z.string(), labelled),
      matrix: z.array(
        z.object({
          key: z.string(),
          label: z.string(),
          statements: z.array(z.object({ relations: z.array(z.string()), confidence: z.string() }).nullable()),
        }),
      ),
    }),
    pathways: z
      .array(
        z.object({
          from: z.string(),
          relation: z.string().describe('As read from `from`.'),
          direction: z.enum(['out', 'in']).describe('out: `from` counts toward `to`; in: the other way round.'),
          to: partySchema,
          isCompared: z.boolean(),
          credit: z.array(creditSchema),
          start: dayTextSchema.optional(),
          end: dayTextSchema.optional(),
        }),
      )
      .describe('Each once, though both ends may know it.'),
    next: z
      .array(z.object({ to: partySchema, from: z.array(z.string()) }))
      .describe('What two or more of them count toward; the most shared first.'),
    dominated: z
      .array(z.object({ id: z.string(), by: z.string(), because: z.array(z.string()) }))
      .describe('Those that another one makes needless, by the measures asked for.'),
    changes: z
      .array(
        z.object({
          from: z.string(),
          to: z.string(),
          fields: z.array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })),
          truncated: z.boolean(),
        }),
      )
      .describe('What changed between versions of one credential, the older first; null: was or is not there.'),
    missing: z.array(z.object({ id: z.string(), field: z.string(), reason: z.string() })),
  })
  .meta({ id: 'Comparison' });
export type Comparison = z.infer<typeof comparisonSchema>;
