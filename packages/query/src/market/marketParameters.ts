import { z } from 'zod';
import { searchQuery } from '../parameters.ts';

/** A whole number written in digits. */
export function whole(least: number, most: number) {
  const read = (value: unknown): unknown =>
    typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return z.preprocess(read, z.int('it is a whole number').min(least).max(most));
}

const { q, mode, filter, currency, on, context, issuerList, unit } = searchQuery.shape;

/** What every question about the market takes. */
const questionQuery = {
  q,
  mode,
  filter,
  currency,
  on,
  context,
  issuerList,
  unit,
  asOf: z
    .string()
    .max(40)
    .optional()
    .describe('an earlier state: a day like 2026-01-31 (to its end), a moment, or a change sequence.'),
  snapshot: whole(0, Number.MAX_SAFE_INTEGER)
    .optional()
    .describe(
      'change sequence of an earlier answer: exactly the same numbers again, or a refusal that says why they can no longer be had.',
    ),
};

const by = z
  .string()
  .max(2_000)
  .describe(
    'dimensions: facets like family,region,occupation.2,cost.bands(0|500), level, effective.quarter, classification:2025.',
  );

/** How a table is put together from its rows. */
const shapeQuery = {
  sort: z.string().max(400).optional().describe('columns, like -count,region; unless given, most credentials first.'),
  top: whole(1, 100_000).optional().describe('only so many of the first rows.'),
  suppress: whole(2, 1_000_000)
    .optional()
    .describe('leave out cells of fewer credentials, and what would give them away.'),
};

export const marketQuery = tableQuery({
  by: by.optional(),
  metrics: z
    .string()
    .max(2_000)
    .optional()
    .describe('like count,providers,median:cost,p25:days,share:cost,percent:row; count unless given.'),
});

/** The query of a table whose dimensions are these unless others are given, with parameters of its own. */
export function structureQuery<More extends z.core.$ZodLooseShape>(dimensions: string | undefined, more: More) {
  return tableQuery({ by: dimensions === undefined ? by.optional() : by.default(dimensions), ...more });
}

function tableQuery<More extends z.core.$ZodLooseShape>(more: More) {
  return z.object({ ...more, ...questionQuery, ...shapeQuery });
}
