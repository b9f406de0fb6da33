import { organizationSchema, summarySchema } from '@credatlas/model';
import { z } from 'zod';

const nullable = <T extends z.ZodType>(schema: T): z.ZodNullable<T> => schema.nullable();

export const facetSchema = z
  .object({
    buckets: z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() })),
    unknown: z.number().int().describe('Matching credentials without a value.'),
    truncated: z.boolean(),
  })
  .meta({ id: 'Facet' });

export const metaSchema = z
  .object({
    total: z.number().int().describe('Exact.'),
    totals: z.object({ strict: z.number().int(), expanded: z.number().int() }),
    mode: z.enum(['strict', 'expanded']),
    size: z.number().int(),
    on: z.string().describe('The day that tiers, staleness and recognition were judged on.'),
    snapshot: z.number().int().describe('Change sequence that the answer reflects.'),
    truncated: z.boolean(),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'ListMeta' });

export const credentialListSchema = z
  .object({
    meta: metaSchema.extend({
      unit: z.enum(['credential', 'cluster']).describe('What is counted.'),
      units: z
        .object({ credentials: z.number().int(), clusters: z.number().int() })
        .describe('The total in either unit: every record, and the one record of each cluster.'),
      didYouMean: z
        .object({ q: z.string(), total: z.int() })
        .nullable()
        .describe('Of few finds: the words as credentials spell them, and how many those find within the filter.'),
    }),
    results: z.array(summarySchema.partial()),
    facets: z.record(z.string(), facetSchema),
    next: nullable(z.string()),
    prev: nullable(z.string()).describe('To the page before, as `after`; null on the first.'),
  })
  .meta({ id: 'CredentialList' });
export type CredentialList = z.infer<typeof credentialListSchema>;

const listMeta = metaSchema.omit({ totals: true, mode: true, on: true, snapshot: true });

export const listedOrganizationSchema = organizationSchema
  .extend({ credentials: z.number().int().describe('Credentials it owns or offers.') })
  .meta({ id: 'ListedOrganization' });
export type ListedOrganization = z.infer<typeof listedOrganizationSchema>;

export const organizationListSchema = z
  .object({ meta: listMeta, results: z.array(listedOrganizationSchema), next: nullable(z.string()) })
  .meta({ id: 'OrganizationList' });
export type OrganizationList = z.infer<typeof organizationListSchema>;

const skillSummarySchema = z.object({
  key: z.string(),
  label: z.string(),
  aliases: z.array(z.string()),
  credentials: z.number().int().describe('That name it in any way, inferred ones included.'),
  stated: z.number().int().describe('That require, assess or teach it by a statement.'),
  inferred: z.number().int().describe('That it is only inferred for.'),
});

export const skillListSchema = z
  .object({ meta: listMeta, results: z.array(skillSummarySchema), next: nullable(z.string()) })
  .meta({ id: 'SkillList' });
export type SkillList = z.infer<typeof skillListSchema>;

export const skillDetailSchema = skillSummarySchema
  .omit({ aliases: true })
  .extend({
    uri: z.string().optional(),
    code: z.string().optional(),
    scheme: z.string().optional(),
    frameworkName: z.string().optional(),
    requires: z.number().int(),
    assesses: z.number().int(),
    teaches: z.number().int(),
    families: facetSchema.describe('Of the credentials that state it, as the next two.'),
    tiers: facetSchema,
    regions: facetSchema,
    providers: z
      .object({ teaches: facetSchema, assesses: facetSchema, requires: facetSchema })
      .describe('Who teaches, assesses and requires it: the ten with most credentials each.'),
    related: z
      .array(z.object({ key: z.string(), label: z.string(), credentials: z.number().int() }))
      .describe('Skills most often stated beside it.'),
    broader: z.array(z.object({ key: z.string(), label: z.string() })).describe('What it is a narrower one of.'),
    narrower: z.number().int().describe('Credentials that state a narrower one.'),
    merged: z
      .array(z.object({ key: z.string(), because: z.string(), label: z.string(), statements: z.number().int() }))
      .describe('What else it is known by, and why that is the same.'),
    read: z.number().int().describe('Credentials whose statements were read for `broader` and `merged`.'),
    others: z.array(z.string()).describe('Keys of other skills that are called the same.'),
    examples: z.array(summarySchema),
  })
  .meta({ id: 'SkillDetail' });
export type SkillDetail = z.infer<typeof skillDetailSchema>;

export const suggestionListSchema = z
  .object({
    results: z.array(
      z.object({
        kind: z.string(),
        value: z.string(),
        label: z.string(),
        credentials: z.number().int(),
        filter: nullable(z.string()).describe('The clause that filters by it.'),
        example: z.string().describe('Id of one credential that has it.'),
      }),
    ),
  })
  .meta({ id: 'SuggestionList' });
export type SuggestionList = z.infer<typeof suggestionListSchema>;
