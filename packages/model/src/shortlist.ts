import { z } from 'zod';
import { dayTextSchema } from './statement.ts';
import { listingScopeSchema } from './tier.ts';

export const shortlistEntrySchema = z
  .object({
    id: z.string().optional().describe('CTID, IRI or our id.'),
    name: z
      .string()
      .optional()
      .describe('Exact name of an issuer, letter case and marks aside; looked up where there is no id.'),
    why: z.string().optional(),
    source: z.string().optional().describe('Where the reason can be read.'),
    date: dayTextSchema.optional(),
  })
  .meta({ id: 'ShortlistEntry' });
export type ShortlistEntry = z.infer<typeof shortlistEntrySchema>;

/** A list somebody keeps: issuers they have vetted, or credentials they have chosen. */
export const shortlistSchema = z
  .object({
    name: z.string(),
    of: z.enum(['issuers', 'credentials']),
    title: z.string().optional(),
    scope: listingScopeSchema.describe('Fields that its issuers are vetted for; none: any field.'),
    entries: z.array(shortlistEntrySchema),
    updatedAt: z.string(),
    seq: z.number().int().describe('Change sequence of its last change.'),
  })
  .meta({ id: 'Shortlist' });
export type Shortlist = z.infer<typeof shortlistSchema>;
