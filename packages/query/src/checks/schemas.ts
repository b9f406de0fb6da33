import { z } from 'zod';

/** What is looked at, in the order of the answer. */
export const checkNames = [
  'status',
  'effect',
  'expiry',
  'renewal',
  'recognition',
  'references',
  'versions',
  'freshness',
  'record',
] as const;

/** Worst first; `unknown`: nothing is stated either way. */
export const findingStates = ['problem', 'warning', 'note', 'unknown', 'ok'] as const;

const count = z.number().int();

const findingSchema = z
  .object({
    check: z.enum(checkNames),
    state: z.enum(findingStates).describe('problem, warning, note, unknown (nothing is stated either way) or ok.'),
    detail: z.string(),
    paths: z.array(z.string()).describe('JSON pointers into the full record, or into its source where it says so.'),
  })
  .meta({ id: 'CheckFinding' });
export type CheckFinding = z.infer<typeof findingSchema>;

export const checkListSchema = z
  .object({
    meta: z.object({
      on: z.string(),
      isSearched: z.boolean().describe('False for courses and assessments: no filter finds those.'),
      counts: z
        .object({ problem: count, warning: count, note: count, unknown: count, ok: count })
        .describe('Findings by state.'),
    }),
    credential: z.object({
      id: z.string(),
      ctid: z.string().nullable(),
      name: z.string(),
      provider: z.string().nullable(),
      source: z.string(),
      updatedAt: z.string(),
      completeness: z.number().describe('Share of what its publishing tiers ask for, 0 to 1.'),
    }),
    checks: z.array(findingSchema).describe('One or more for each check, in their order.'),
    missing: z
      .array(
        z.object({
          what: z.string(),
          reason: z.string(),
          filters: z.array(z.string()).describe('Filters that do not find it, whatever is asked for.'),
          sorts: z.array(z.string()).describe('Sorts that put it last, in both directions.'),
          rows: z.array(z.string()).describe('Rows of a comparison in which it shows nothing.'),
          asked: z.number().int().describe('Questions of three months that filtered so, whoever asked them.'),
        }),
      )
      .describe('What it does not state and which questions it therefore drops out of, the most asked first.'),
    unstated: z
      .object({ required: z.array(z.string()), recommended: z.array(z.string()) })
      .describe('Properties of its publishing tiers that its document does not state; alternatives joined by a bar.'),
  })
  .meta({ id: 'CheckList' });
export type CheckList = z.infer<typeof checkListSchema>;
