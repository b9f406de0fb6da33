import { z } from 'zod';
import { creditSchema, dayTextSchema, partySchema, viaSchema } from './statement.ts';
import { statuses } from './vocabulary.ts';

/** A condition of a pathway: so many of what it targets. Conditions nest: `within` names the one that holds this one. */
export const choiceSchema = z
  .object({
    group: z.string().describe('JSON pointer of the condition; what shares it is chosen from together.'),
    required: z.number().int().optional().describe('How many must be fulfilled; all where absent.'),
    of: z.number().int().describe('How many there are to choose from, nested conditions included.'),
    operator: z.string().optional().describe('LogicalOperator concept as stated: And, Or, Not.'),
    within: z.string().optional(),
    name: z.string().optional(),
    text: z.string().optional(),
  })
  .meta({ id: 'Choice' });
export type Choice = z.infer<typeof choiceSchema>;

export const agreementSchema = z
  .object({
    agreement: partySchema,
    sending: z.array(partySchema).describe('Organizations, departments and programmes that send learners.'),
    receiving: z.array(partySchema),
    start: dayTextSchema.optional(),
    end: dayTextSchema.optional(),
    status: z.enum(statuses).optional(),
  })
  .meta({ id: 'Agreement' });
export type Agreement = z.infer<typeof agreementSchema>;

export const edgeSchema = z
  .object({
    relation: z
      .string()
      .describe(
        'CTDL property read from this credential: requires, isPreparationFor, advancedStandingFrom, hasPart, transferValueFor, …',
      ),
    target: partySchema,
    via: viaSchema,
    owners: z.array(partySchema).optional().describe('Of a target that has no record of its own.'),
    credit: z.array(creditSchema).optional(),
    assertedBy: z.array(partySchema).optional().describe('Who says so, where another than the stating record does.'),
    start: dayTextSchema.optional(),
    end: dayTextSchema.optional(),
    status: z.enum(statuses).optional().describe('Of the transfer value that states it.'),
    condition: z
      .string()
      .optional()
      .describe('Place of the condition that states it: its credit is for all of its targets together.'),
    alternativeGroup: z.string().optional().describe('Edges sharing it are alternatives of one another.'),
    choice: choiceSchema.optional().describe('Of a pathway: how many of the edges of its group must be fulfilled.'),
    agreement: agreementSchema.optional().describe('Transfer agreement under which it holds.'),
  })
  .meta({ id: 'Edge' });
export type Edge = z.infer<typeof edgeSchema>;

/** One step of a pathway. Other components are named by their IRIs. */
export const componentSchema = z
  .object({
    uri: z.string(),
    name: z.string().optional(),
    types: z.array(z.string()),
    stands: partySchema.optional().describe('The credential, course or competency that it stands for (`proxyFor`).'),
    isDestination: z.boolean(),
    designation: z.string().optional(),
    credit: z.array(creditSchema).optional(),
    points: z.number().optional(),
    children: z.array(z.string()),
    precedes: z.array(z.string()),
    precededBy: z.array(z.string()),
    conditions: z.array(choiceSchema.extend({ targets: z.array(z.string()) })),
  })
  .meta({ id: 'PathwayComponent' });
export type PathwayComponent = z.infer<typeof componentSchema>;
