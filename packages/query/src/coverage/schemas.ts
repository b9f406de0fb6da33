import { confidences, skillRelations, summarySchema, viaSchema } from '@credatlas/model';
import { z } from 'zod';

const skill = z.object({ key: z.string(), label: z.string() });

const wantedSchema = z.object({
  label: z.string(),
  keys: z.array(z.string()).describe('Identities that statements of it may have.'),
  asked: z.array(z.string()).describe('What was asked for, each way; several names of one skill count once.'),
  mention: z
    .object({ start: z.int(), end: z.int(), score: z.number() })
    .optional()
    .describe('Where a pasted text says so, in characters, and the share of the label that is there.'),
  credentials: z.int().describe('Credentials that cover it, whatever the filter.'),
});

export const coverageSchema = z
  .object({
    meta: z.object({
      total: z.int().describe('Credentials that cover at least `min` skills within the filter.'),
      totals: z.object({ strict: z.int(), expanded: z.int() }),
      mode: z.enum(['strict', 'expanded']),
      n: z.int().describe('Distinct skills asked for, the unrecognized among them.'),
      min: z.int(),
      size: z.int(),
      on: z.string(),
      snapshot: z.int(),
      truncated: z.boolean(),
      warnings: z.array(z.string()),
    }),
    recognized: z.array(wantedSchema),
    unrecognized: z.array(z.string()).describe('Names that were asked for and that no skill is known by.'),
    unrecognizedText: z
      .array(z.object({ text: z.string(), start: z.int(), end: z.int() }))
      .describe('Parts of the pasted text in which no skill was recognised, in its order; nothing of them counts.'),
    results: z.array(
      summarySchema.extend({
        covered: z.array(
          z.object({
            skill: skill.describe('The skill asked for, by the identity of the statement.'),
            asked: z.array(z.string()),
            label: z.string().describe('As it is stated.'),
            relation: z.enum(skillRelations),
            confidence: z.enum(confidences),
            via: viaSchema,
            path: z.string().nullable().describe('JSON pointer of the statement in the source document.'),
            statements: z.int().describe('How many statements of the record say so; this is the strongest.'),
          }),
        ),
        missing: z.array(z.object({ label: z.string(), asked: z.array(z.string()) })),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'Coverage' });
export type Coverage = z.infer<typeof coverageSchema>;
