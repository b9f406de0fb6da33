import type { Credential } from '@credatlas/model';
import { z } from 'zod';
import { amountSchema } from '../../pathways/schemas.ts';

const named = { id: z.string().nullable(), name: z.string().nullable() };

export const lapseSchema = z
  .object({
    credential: z.object({ id: z.string(), name: z.string(), provider: z.string().nullable() }),
    role: z
      .string()
      .describe(
        'accredited, approved, …; of agreements: sending (it counts elsewhere) or receiving (others count here).',
      ),
    agent: z.object(named).describe('Who recognizes it; of agreements: the agreement or transfer value that ends.'),
    of: z
      .string()
      .describe(
        'What is recognized: credential, provider or part; of agreements what ends: agreement or transferValue.',
      ),
    other: z.object(named).nullable().describe('Of agreements: what it counts toward, or what counts toward it.'),
    credit: amountSchema.nullable().describe('Of agreements: the credit that is lost, where it is stated.'),
    end: z.string(),
    daysLeft: z.number(),
    renewed: z
      .boolean()
      .describe('It is already stated that it goes on, by the same agent or with the same other end.'),
  })
  .meta({ id: 'Lapse' });
export type Lapse = z.infer<typeof lapseSchema>;

export const lapsingAgentSchema = z
  .object({
    ...named,
    role: z.string().describe('accredited, approved, …; of agreements: agreement or transferValue.'),
    end: z.string().nullable().describe('Of agreements: their last day.'),
    parties: z
      .array(z.object({ role: z.enum(['sending', 'receiving', 'owner']), ...named }))
      .describe('Of agreements: between whom, or whose the transfer value is.'),
    credentials: z.int().describe('Credentials that lose by it, of those that are asked about.'),
    renewed: z.int().describe('Of these, those for which it goes on.'),
  })
  .meta({ id: 'LapsingAgent' });
export type LapsingAgent = z.infer<typeof lapsingAgentSchema>;

/** From the day of the question to the last millisecond that is looked at. */
export interface LapseWindow {
  on: number;
  endsBy: number;
}

/** Something that holds from day to day and may end. */
export interface Lapsing {
  /** By which it stands in the search index. */
  roles: readonly string[];
  /** `those with …`. */
  words: string;
  lapsesOf(credential: Credential, window: LapseWindow): Lapse[];
  /** Whose lapses they are, those of most credentials first. */
  agentsOf(lapses: readonly Lapse[], window: LapseWindow): Promise<LapsingAgent[]>;
}
