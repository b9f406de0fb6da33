import { listingScopeSchema, shortlistEntrySchema, shortlistSchema } from '@credatlas/model';
import { fold } from '@credatlas/skills';
import { z } from 'zod';

/** Entries of one list: an employer's vetted issuers are hundreds, and each is looked up by all its names. */
export const maxEntries = 5_000;

const text = (most: number) => z.string().trim().min(1).max(most);
const day = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a day like 2026-01-31');
const terms = z.array(text(200)).min(1).max(200);

const entrySchema = z.preprocess(
  (value) => (typeof value === 'string' ? { id: value } : value),
  z
    .strictObject({
      ...shortlistEntrySchema.shape,
      id: text(2_000).optional(),
      name: text(500).optional(),
      why: text(1_000).optional(),
      source: text(2_000).optional(),
      date: day.optional(),
    })
    .refine(({ id, name }) => id !== undefined || name !== undefined, 'an id or a name is needed'),
);

/** What is sent to make a list, or to replace one. */
export const shortlistBody = z
  .strictObject({
    of: z.enum(['issuers', 'credentials']).optional(),
    title: text(200).optional(),
    scope: z
      .strictObject({ ...listingScopeSchema.shape, occupations: terms.optional(), industries: terms.optional() })
      .extend({ subjects: terms.transform((names) => names.map(fold)).optional() })
      .default({}),
    entries: z.array(entrySchema).max(maxEntries),
  })
  .meta({ id: 'ShortlistBody' });
export type ShortlistBody = z.infer<typeof shortlistBody>;

const headingSchema = shortlistSchema.omit({ entries: true }).extend({ size: z.number().int() });

export const shortlistsSchema = z
  .object({ meta: z.object({ total: z.number().int() }), results: z.array(headingSchema) })
  .meta({ id: 'Shortlists' });
export type Shortlists = z.infer<typeof shortlistsSchema>;

export const shortlistDetailSchema = shortlistSchema
  .extend({
    entries: z.array(
      shortlistEntrySchema.extend({ found: z.boolean().describe('Whether any credential here is of it, or is it.') }),
    ),
    credentials: z.number().int().describe('How many credentials here are of its issuers, or are on it.'),
    notFound: z.number().int().describe('Entries that nothing here is of.'),
  })
  .meta({ id: 'ShortlistDetail' });
export type ShortlistDetail = z.infer<typeof shortlistDetailSchema>;
