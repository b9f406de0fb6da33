import { dayTextSchema } from '@credatlas/model';
import { z } from 'zod';
import { speakers, verdicts } from './judged.ts';
import { stepKinds } from './Statement.ts';

const endSchema = z
  .object({
    id: z.string().nullable().describe('Null: no record of it is stored.'),
    ctid: z.string().nullable(),
    uri: z.string().nullable(),
    name: z.string().nullable(),
    types: z.array(z.string()),
    provider: z.string().nullable(),
    status: z.string().nullable(),
  })
  .meta({ id: 'PathwayEnd' });

export const amountSchema = z
  .object({
    min: z.number().nullable().describe('Null: not stated.'),
    max: z.number().nullable().describe('Null: not stated.'),
    unit: z.string().nullable().describe('CreditUnit concept, e.g. SemesterHour.'),
    levels: z.array(z.string()).describe('AudienceLevel concepts.'),
    percentage: z.number().nullable(),
    text: z.string().nullable(),
    semesterHours: z
      .object({ min: z.number().nullable(), max: z.number().nullable() })
      .nullable()
      .describe('The same in semester hours; null for units without an agreed length.'),
  })
  .meta({ id: 'CreditAmount' });

const agreementSchema = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  parties: z.array(
    z.object({ role: z.enum(['sending', 'receiving']), id: z.string().nullable(), name: z.string().nullable() }),
  ),
  start: dayTextSchema.nullable(),
  end: dayTextSchema.nullable(),
});

const statementSchema = z
  .object({
    verdict: z.enum(verdicts),
    speaker: z.enum(speakers).describe('Who stands behind it: agreement of both, one side, neither, or nobody named.'),
    relation: z.string().describe('CTDL property that states it.'),
    statedIn: z.object({ uri: z.string().nullable(), name: z.string().nullable() }).describe('Record that states it.'),
    assertedBy: z.array(z.object({ id: z.string().nullable(), name: z.string().nullable() })),
    credit: z.array(amountSchema).describe('One per unit, comparable units first.'),
    start: dayTextSchema.nullable(),
    end: dayTextSchema.nullable(),
    agreement: agreementSchema.nullable(),
    why: z.array(z.string()),
  })
  .meta({ id: 'PathwayStatement' });

const stepSchema = statementSchema
  .omit({ credit: true, why: true })
  .extend({
    from: endSchema,
    to: endSchema,
    via: z.enum(stepKinds).describe('In what way it counts.'),
    credit: amountSchema.nullable(),
    start: dayTextSchema.nullable().describe('Last of the days on which the statement, or its agreement, starts.'),
    end: dayTextSchema.nullable().describe('First of the days on which the statement, or its agreement, ends.'),
    choices: z
      .array(z.object({ group: z.string(), required: z.number().int().nullable() }))
      .describe('Alternatives and choices it takes part in, outermost first; required null: all of the group.'),
    unknown: z
      .array(z.string())
      .describe('Facts that a match would need: receivingSide, credit, to, requirement, status.'),
    others: z.array(statementSchema).describe('What else is said of it, the best first.'),
  })
  .describe('By the statement that decides.')
  .meta({ id: 'PathwayStep' });

const shareSchema = z.object({
  from: endSchema,
  to: endSchema.describe('The thing itself, or what of it this is for.'),
  via: z.enum(stepKinds),
  credit: amountSchema.nullable(),
});

const totalSchema = z
  .object({
    credit: z.array(amountSchema).describe('By matches alone; one per unit.'),
    possible: z.array(amountSchema).describe('With what is only maybe.'),
    counted: z.array(shareSchema).describe('What the credit was counted from.'),
    leftOut: z.array(shareSchema.extend({ why: z.string() })),
  })
  .meta({ id: 'PathwayTotal' });

export const pathwayListSchema = z
  .object({
    meta: z.object({
      on: z.string(),
      from: endSchema.nullable(),
      to: endSchema.nullable(),
      hops: z.number().int(),
      lapsing: z.number().int().nullable(),
      total: z.number().int().describe('Answers found; more than are shown when truncated.'),
      verdicts: z.object({ match: z.number().int(), maybe: z.number().int(), miss: z.number().int() }),
      truncated: z.boolean(),
      warnings: z.array(z.string()),
    }),
    answers: z.array(
      z.object({
        verdict: z.enum(verdicts).describe('Of the weakest step.'),
        steps: z.array(stepSchema),
        credit: amountSchema
          .nullable()
          .describe('What of the first one’s credit arrives at the end: never more than any step lets through.'),
        why: z.array(z.string()),
      }),
    ),
    total: z
      .object({
        brought: totalSchema.describe('From elsewhere: by transfer values and advanced standing.'),
        madeOf: totalSchema.describe('By what it requires, its parts and the steps of its pathways.'),
      })
      .nullable()
      .describe(
        'What counts toward `to` in all, nothing twice: of alternatives one, of choices as many as they ask for. Null unless `to` is one thing and `from` is none.',
      ),
    conflicts: z.array(
      z.object({
        from: endSchema,
        to: endSchema,
        via: z.enum(stepKinds),
        about: z.array(z.enum(['credit', 'period'])),
        statements: z.array(statementSchema),
      }),
    ),
  })
  .meta({ id: 'PathwayList' });
export type PathwayList = z.infer<typeof pathwayListSchema>;
