import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from './dependencies.ts';
import { findPathways, type PathwayQuestion } from './pathways/findPathways.ts';
import { pathwayListSchema } from './pathways/schemas.ts';

const identity = z.string().min(1).max(2_000).optional();

/** Digits only: `Number` would take an empty text for zero. */
const whole = (most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value),
    z.int('it is a whole number').min(1).max(most),
  );

const pathwayQuery = z.object({
  from: identity.describe(
    'CTID, IRI or id of what one has: a credential, course, assessment or transfer value; or of an organization, for what it awards.',
  ),
  to: identity.describe(
    'CTID, IRI or id of what it shall count toward: a credential, course, assessment or pathway; or of an organization.',
  ),
  on: z.string().max(40).optional().describe('the day on which it shall hold, like 2026-01-31; today unless given.'),
  hops: whole(3).default(3).describe('most steps of a chain, 1 to 3.'),
  lapsing: whole(120)
    .optional()
    .describe('months within which an agreement or statement ends: only what is lost then.'),
});

/** What counts toward what, under whose agreement, for how much (interface §4, "Pathway verdicts"). */
export function pathwayRoutes(context: QueryContext): Route[] {
  return [
    {
      method: 'GET',
      access: 'read',
      path: '/v1/pathways',
      operationId: 'findPathways',
      summary: 'What counts toward what, and for how much credit',
      description:
        'Either end may be left open. match: the receiving side says so, or an agreement of both, and it holds on the day; maybe: only others say so, or a needed fact is not stated; miss: it does not hold, or nothing is stated.',
      tags: ['pathways'],
      request: { query: pathwayQuery },
      examples: [{ summary: 'What it counts toward, or what counts toward it, today' }],
      response: { status: 200, schema: pathwayListSchema },
      answer: async ({ query }) => ({ body: await findPathways(context, query as unknown as PathwayQuestion) }),
    },
  ];
}
