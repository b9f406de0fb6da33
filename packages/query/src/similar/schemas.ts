import { summarySchema } from '@credatlas/model';
import { z } from 'zod';

const skill = z.object({ key: z.string(), label: z.string() });
const number = z.object({
  here: z.number().nullable(),
  there: z.number().nullable(),
  difference: z.number().nullable().describe('There less here; null where one of both does not state it.'),
});

export const similarListSchema = z
  .object({
    meta: z.object({
      of: z.object({ id: z.string(), name: z.string() }),
      looked: z.int().describe('Candidates that were compared in full.'),
      size: z.int(),
      on: z.string(),
      currency: z.string(),
      truncated: z.boolean().describe('There were more candidates than are compared in full.'),
      warnings: z.array(z.string()),
    }),
    results: z.array(
      summarySchema.extend({
        likeness: z.number().describe('0 to 1, over the measures that the credential asked about states.'),
        because: z.array(z.object({ measure: z.string(), weight: z.number(), value: z.number(), detail: z.string() })),
        skillsCompared: z.object({ shared: z.array(skill), onlyHere: z.array(skill), onlyThere: z.array(skill) }),
        differences: z.object({ cost: number, durationDays: number, semesterHours: number, level: number }),
      }),
    ),
  })
  .meta({ id: 'SimilarList' });
export type SimilarList = z.infer<typeof similarListSchema>;
