import { kinds } from '@credatlas/model';
import { z } from 'zod';

const count = z.number().int();
const party = z.object({ id: z.string(), name: z.string().nullable() });

const spreadSchema = z
  .object({
    n: count.describe('Credentials that state it.'),
    p25: z.number().nullable(),
    median: z.number().nullable(),
    p75: z.number().nullable(),
  })
  .meta({ id: 'Spread' });

const measureSchema = z.object({
  measure: z.enum(['cost', 'costPerCredit', 'days', 'credit', 'skills']),
  unit: z.string(),
  own: spreadSchema,
  peers: spreadSchema,
  rank: z
    .number()
    .nullable()
    .describe(
      'Share of the peers’ credentials that lie below its median, equal ones half; null where either side states none.',
    ),
});

export const reportSchema = z
  .object({
    meta: z.object({
      on: z.string(),
      currency: z.string(),
      snapshot: count,
      truncated: z
        .boolean()
        .describe('There are more records than the lists of this report looked at; counts are exact.'),
      warnings: z.array(z.string()),
    }),
    organization: party.extend({ ctid: z.string().nullable(), source: z.string() }),
    peers: z.array(party.extend({ credentials: count })),
    records: z.object({
      byKind: z
        .array(z.object({ kind: z.enum(kinds), count }))
        .describe('Everything that says it is owned or offered by it.'),
      byFamily: z.array(z.object({ value: z.string(), label: z.string(), count })),
      credentials: count,
    }),
    freshness: z.object({
      stale: count,
      fresh: count,
      unknown: count.describe('Without any date.'),
      stalest: z.array(z.object({ id: z.string(), name: z.string(), affirmed: z.string().nullable() })),
    }),
    brokenReferences: z.object({
      total: count,
      records: count.describe('Records that make them.'),
      list: z.array(
        z.object({
          from: z.object({ uri: z.string(), kind: z.enum(kinds), source: z.string() }),
          property: z.string(),
          target: z.string(),
          state: z.enum(['unknown', 'withdrawn']),
        }),
      ),
    }),
    missing: z
      .array(
        z.object({
          field: z.string(),
          records: count.describe('Its credentials without a value.'),
          share: z.number(),
          asked: count.describe('Questions that filtered by it.'),
          lost: count.describe(
            'Of these, questions that some of its credentials would have matched but for this field.',
          ),
        }),
      )
      .describe('What its credentials drop out of, most lost first.'),
    asked: z.object({
      from: z.string().describe('First month that is counted.'),
      total: count.describe('Questions in all, whoever asked them.'),
      lost: count.describe('Questions that some of its credentials dropped out of because a field is empty.'),
      list: z.array(
        z.object({ text: z.string().nullable(), fields: z.array(z.string()), asked: count, records: count }),
      ),
    }),
    duplicates: z.object({
      total: count,
      list: z.array(
        z.object({
          lead: z.string(),
          name: z.string(),
          confidence: z.number(),
          own: z.array(z.string()),
          others: z.array(z.object({ id: z.string(), source: z.string(), publisher: z.string().nullable() })),
        }),
      ),
    }),
    measures: z.array(measureSchema),
    families: z
      .array(z.object({ family: z.string(), measures: z.array(measureSchema.omit({ rank: true })) }))
      .describe('The same for each family that it and its peers both have.'),
    skills: z
      .array(
        z.object({
          key: z.string(),
          label: z.string(),
          credentials: count.describe('Of peers that name it.'),
          peers: count.describe('Peers that have such credentials.'),
        }),
      )
      .describe('Skills that credentials of peers state and none of its own does.'),
  })
  .meta({ id: 'ProviderReport' });
export type ProviderReport = z.infer<typeof reportSchema>;
