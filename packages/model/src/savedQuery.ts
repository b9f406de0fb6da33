import { z } from 'zod';

/** A question that is kept to be asked again: parameters of a search, and the state of things when it was kept. */
export const savedQuerySchema = z
  .object({
    name: z.string(),
    title: z.string().optional(),
    query: z.object({
      q: z.string().optional(),
      mode: z.enum(['strict', 'expanded']),
      filter: z.string().optional(),
      context: z.string().optional(),
      currency: z.string(),
      issuerList: z.string().optional(),
    }),
    savedAt: z.string(),
    seq: z.number().int().describe('Change sequence that was shown when it was saved.'),
  })
  .meta({ id: 'SavedQuery' });
export type SavedQuery = z.infer<typeof savedQuerySchema>;
