import { moneySchema } from '@credatlas/model';
import { z } from 'zod';
import { coverageSchema } from '../coverage/schemas.ts';

const covering = coverageSchema.shape.results.element.omit({ missing: true });

export const bundlesSchema = z
  .object({
    meta: z.object({
      objective: z.enum(['cost', 'days', 'count']),
      currency: z.string(),
      n: z.int().describe('Distinct skills asked for.'),
      mode: z.enum(['strict', 'expanded']),
      on: z.string(),
      snapshot: z.int(),
      candidates: z.int().describe('Credentials within the filter that cover at least one of the skills.'),
      leftOut: z.int().describe('Those of them without the value of the objective: never taken for nothing.'),
      truncated: z.boolean().describe('Not all candidates were looked at; `bound` holds all the same.'),
      warnings: z.array(z.string()),
    }),
    recognized: coverageSchema.shape.recognized,
    unrecognized: coverageSchema.shape.unrecognized,
    unrecognizedText: coverageSchema.shape.unrecognizedText,
    uncovered: z
      .array(z.object({ label: z.string(), asked: z.array(z.string()), why: z.string() }))
      .describe('Skills that no candidate covers; there is no bundle then.'),
    bundles: z.array(
      z.object({
        credentials: z.array(covering),
        cost: moneySchema.nullable().describe('In all; null where one of them does not state it.'),
        days: z.number().nullable().describe('One after another; null where one of them does not state it.'),
        covers: z.array(z.object({ skill: z.string(), credentials: z.array(z.string()) })),
      }),
    ),
    optimal: z.boolean().describe('No other bundle is better by the objective.'),
    bound: z
      .union([moneySchema, z.number()])
      .nullable()
      .describe('No bundle can be better than this: money, days or a number of credentials.'),
  })
  .meta({ id: 'Bundles' });
export type Bundles = z.infer<typeof bundlesSchema>;
