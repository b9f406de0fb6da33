import { summarySchema } from '@credatlas/model';
import { z } from 'zod';
import { credentialListSchema } from '../schemas.ts';
import { ruleSchema } from './Rule.ts';
import { verdicts } from './verdicts.ts';

const verdict = z.enum(verdicts);
const count = z.int().min(0);

const { id, version, title, notJudged, clauses } = ruleSchema.shape;
const clauseSchema = clauses.element;

const missingSchema = z.object({
  field: z.string().describe('Filter field, or the list, that would have to be known.'),
  withheld: z.boolean().describe('It is published that the figure is kept back.'),
  publish: z.string().nullable().describe('How it is published in CTDL; null: the record is not what lacks it.'),
});
export type MissingField = z.infer<typeof missingSchema>;

export const ruleListSchema = z
  .object({ meta: z.object({ total: count }), results: z.array(ruleSchema) })
  .meta({ id: 'RuleList' });
export type RuleList = z.infer<typeof ruleListSchema>;

const totalsSchema = z.object({ pass: count, fail: count, cannotJudge: count });
export type VerdictTotals = z.infer<typeof totalsSchema>;

const judgedClauseSchema = z.object({ id: z.string(), verdict, missing: z.array(missingSchema) });

export const ruleResultsSchema = z
  .object({
    meta: credentialListSchema.shape.meta.extend({
      rule: z.object({ id, version, title }),
      verdicts: totalsSchema.describe('Of all matching credentials, whatever verdict is listed.'),
      notJudged: z.array(z.string()).describe('What the rule asks and no record can tell.'),
    }),
    clauses: z.array(
      clauseSchema
        .pick({ id: true, label: true, source: true })
        .extend({ verdicts: totalsSchema, share: z.number().nullable().describe('That can be judged, 0 to 1.') }),
    ),
    missing: z
      .array(z.object({ field: z.string(), credentials: count, publish: z.string().nullable() }))
      .describe('Of the credentials that cannot be judged: what is not stated, most frequent first.'),
    results: z.array(
      summarySchema
        .partial()
        .extend({ verdict, clauses: z.array(judgedClauseSchema), missing: z.array(missingSchema) }),
    ),
    next: z.string().nullable(),
    prev: z.string().nullable(),
  })
  .meta({ id: 'RuleResults' });
export type RuleResults = z.infer<typeof ruleResultsSchema>;

export const credentialRulesSchema = z
  .object({
    meta: z.object({ on: z.string(), snapshot: count }),
    credential: z.object({ id: z.string(), name: z.string(), provider: z.string().nullable() }),
    rules: z.array(
      z.object({
        ...{ id, version, title, notJudged, verdict },
        clauses: z.array(
          clauseSchema.pick({ id: true, label: true, source: true, because: true }).extend(judgedClauseSchema.shape),
        ),
        missing: z
          .array(missingSchema)
          .describe('What must still be published, or given, for every clause to be judged.'),
      }),
    ),
  })
  .meta({ id: 'CredentialRules' });
export type CredentialRules = z.infer<typeof credentialRulesSchema>;
