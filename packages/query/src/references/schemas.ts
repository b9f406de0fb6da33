import { kinds } from '@credatlas/model';
import { z } from 'zod';

export const referenceListSchema = z
  .object({
    meta: z.object({
      target: z.string().describe('What is referred to: its CTID as `ctid:ce-…`, else its IRI.'),
      resolved: z.boolean().describe('False: nothing here is it, so that every reference to it is broken.'),
      total: z.number().int(),
      properties: z
        .array(z.object({ property: z.string(), count: z.number().int() }))
        .describe('How many references each property makes, the path from the referring record written with slashes.'),
      size: z.number().int(),
    }),
    results: z.array(
      z.object({
        property: z.string(),
        from: z.object({
          id: z.string().nullable().describe('Ours, where it is shown by itself.'),
          uri: z.string(),
          kind: z.enum(kinds),
          name: z.string().nullable(),
        }),
        document: z.object({
          source: z.string(),
          key: z.string().describe('The source’s own name for it.'),
          uri: z.string().describe('Where it was read.'),
          fetchedAt: z.string(),
        }),
        resolved: z.boolean(),
        resolvesTo: z
          .string()
          .nullable()
          .describe('The record it leads to: of its own source where that has one, else of the first that has.'),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'ReferenceList' });
export type ReferenceList = z.infer<typeof referenceListSchema>;
