import { z } from 'zod';

/** From what must be mended to what cannot be told from here. */
const findingSeverities = ['error', 'warning', 'note', 'undetermined'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

export const findingSchema = z
  .object({
    code: z.string().describe('Stable snake_case id of the rule.'),
    severity: z
      .enum(findingSeverities)
      .describe(
        'error: breaks a published rule; warning: very likely wrong; note: worth knowing; undetermined: cannot be judged from this document.',
      ),
    pointer: z.string().describe('JSON pointer into the document as it was given.'),
    line: z.number().int().optional().describe('Line of the text, when text was given.'),
    column: z.number().int().optional(),
    resource: z.string().optional().describe('IRI of the resource in which it stands.'),
    message: z.string().describe('What was found, and what is wrong with it.'),
    rule: z.string().describe('What the rule says.'),
    source: z.string().describe('Where the rule is published, with the date of the schema where one is meant.'),
    fix: z.string().describe('What to do.'),
    suggestion: z.string().optional().describe('The value to write instead, where one is evident.'),
  })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof findingSchema>;

const share = z.number().min(0).max(1).nullable();

export const completenessSchema = z
  .object({
    required: share.describe('Share of the required properties that are stated; null when none is asked for.'),
    recommended: share,
    optional: share,
    missing: z
      .object({ required: z.array(z.string()), recommended: z.array(z.string()), optional: z.array(z.string()) })
      .describe('Properties that are not stated; alternatives joined by |.'),
  })
  .meta({ id: 'Completeness' });
export type Completeness = z.infer<typeof completenessSchema>;

export const validatedResourceSchema = z
  .object({
    uri: z.string(),
    types: z.array(z.string()),
    pointer: z.string(),
    line: z.number().int().optional(),
    completeness: completenessSchema.optional().describe('Absent where the registry asks nothing of the class.'),
  })
  .meta({ id: 'ValidatedResource' });
export type ValidatedResource = z.infer<typeof validatedResourceSchema>;

export const validationSchema = z
  .object({
    shape: z.string().describe('graph, envelope, node, array or unknown.'),
    schema: z
      .object({ ctdl: z.string(), ctdlAsn: z.string(), qdata: z.string() })
      .describe('Year and month of the published schemas that the rules were taken from.'),
    totals: z
      .object({
        error: z.number().int(),
        warning: z.number().int(),
        note: z.number().int(),
        undetermined: z.number().int(),
      })
      .describe('Exact; of a rule that is broken more than 1,000 times the rest is counted, not listed.'),
    findings: z.array(findingSchema),
    resources: z.array(validatedResourceSchema).describe('What the document is about.'),
  })
  .meta({ id: 'Validation' });
export type Validation = z.infer<typeof validationSchema>;
