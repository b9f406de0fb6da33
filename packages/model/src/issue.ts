import { z } from 'zod';

/** A fault in a record: kept with the record, never a reason to drop it silently. */
export const issueSchema = z
  .object({
    code: z.string().describe('Stable snake_case code of the fault.'),
    severity: z
      .enum(['error', 'warning', 'note'])
      .describe('error: a value could not be used; warning: repaired or doubtful; note: worth knowing.'),
    path: z.string().describe('JSON pointer into the source document.'),
    stage: z.enum(['join']).optional().describe('join: found while joining documents, not in one alone.'),
    message: z.string().describe('What is wrong, where, and what to do.'),
    raw: z.string().optional().describe('The value as found, shortened to 200 characters.'),
  })
  .meta({ id: 'Issue' });

export type Issue = z.infer<typeof issueSchema>;
