import { z } from 'zod';
import { searchQuery } from '../parameters.ts';

function whole(least: number, most: number) {
  const read = (value: unknown): unknown =>
    typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return z.preprocess(read, z.int('it is a whole number').min(least).max(most)).optional();
}

const { q, mode, filter, currency, on, context, issuerList, unit } = searchQuery.shape;

/** What every question about the market takes. */
export const questionQuery = {
  q,
  mode,
  filter,
  currency,
  on,
  context,
  issuerList,
  unit,
  snapshot: whole(0, Number.MAX_SAFE_INTEGER).describe(
    'change sequence of an earlier answer: the same numbers again, or a refusal when credentials have changed since.',
  ),
  format: z.enum(['json', 'csv']).default('json').describe('json or csv.'),
};

export const by = z
  .string()
  .max(2_000)
  .optional()
  .describe(
    'dimensions: facets like family,region,occupation.2,cost.bands(0|500), level, effective.quarter, classification:2025.',
  );

/** How a table is put together from its rows. */
export const shapeQuery = {
  sort: z.string().max(400).optional().describe('columns, like -count,region; unless given, most credentials first.'),
  top: whole(1, 100_000).describe('only so many of the first rows.'),
  suppress: whole(2, 1_000_000).describe('leave out cells of fewer credentials, and what would give them away.'),
};

export const marketQuery = z.object({
  by,
  metrics: z
    .string()
    .max(2_000)
    .optional()
    .describe('like count,providers,median:cost,p25:days,share:cost,percent:row; count unless given.'),
  ...questionQuery,
  ...shapeQuery,
});
