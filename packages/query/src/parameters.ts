import { searchableCurrencies } from '@credatlas/model';
import { z } from 'zod';
import { maxFilterLength } from './filterSyntax.ts';

/** Digits only: `Number` would take an empty text for zero. */
function readInteger(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

function size(ordinary: number) {
  return z
    .preprocess(readInteger, z.int('it is a whole number').min(0).max(200))
    .default(ordinary)
    .describe('results of a page, 0 to 200.');
}

/** The same, or everything, in the order of ids; in any form but JSON. */
const sizeOrAll = z
  .preprocess(
    readInteger,
    z.union([z.literal('all'), z.int().min(0).max(200)], 'it is a whole number from 0 to 200, or all'),
  )
  .default(20)
  .describe('results of a page, 0 to 200; or all: everything as a stream, by id, with any format but json.');

function whole(least: number, most: number) {
  return z.preprocess(readInteger, z.int('it is a whole number').min(least).max(most));
}

const q = z.string().max(2_000).optional();
const after = z
  .string()
  .max(4_000)
  .optional()
  .describe('a cursor: `next` of the page before, or `prev` of the page behind, where an answer has one.');
export const currency = z
  .enum(searchableCurrencies)
  .default('USD')
  .describe('currency of costs in filters, sorts and answers; nothing is converted.');

export const on = z
  .string()
  .max(40)
  .optional()
  .describe('the day that tiers, staleness and recognition are judged on, like 2026-01-31; today unless given.');
export const context = z
  .string()
  .max(2_000)
  .optional()
  .describe('fields that tiers are judged in, like occupation:15-12|industry:52|subject:"data science".');

export const issuerList = z
  .string()
  .max(100)
  .optional()
  .describe('a shortlist whose issuers count, for tiers, like those of the recognition list.');

export const searchQuery = z.object({
  q: q.describe('words that must all occur, and "phrases".'),
  mode: z
    .enum(['strict', 'expanded'])
    .default('strict')
    .describe('strict takes words as they are; expanded adds stems and inferred skills, below the strict hits.'),
  filter: z
    .string()
    .max(maxFilterLength)
    .optional()
    .describe('clauses joined by commas, like family:badge|certificate,cost:<2000,skill:"data analysis".'),
  facets: z
    .string()
    .max(4_000)
    .optional()
    .describe(
      'like family,region:50,cost.bands(0|500|1000),occupation.2; skill~weld: only values with a word that begins so.',
    ),
  sort: z.string().max(400).optional().describe('like -updatedAt,cost; unless given, relevance with q, else name.'),
  size: size(20),
  after,
  sample: whole(1, 200).optional().describe('so many of what is found, drawn at random; without sort and after.'),
  seed: whole(0, 999_999_999).default(1).describe('which draw: the same seed draws the same sample.'),
  on,
  context,
  issuerList,
  unit: z
    .enum(['credential', 'cluster'])
    .default('credential')
    .describe('cluster: of several records about one credential only the one that stands for them is looked at.'),
  select: z.string().max(1_000).optional().describe('fields of the results, joined by commas.'),
  currency,
});

export const credentialListQuery = searchQuery.extend({
  size: sizeOrAll,
  asOf: z
    .string()
    .max(40)
    .optional()
    .describe('totals of an earlier state, with size=0: a day (to its end), a moment, or a change sequence.'),
});

export const suggestQuery = z.object({
  q: z.string().max(500).describe('the beginning of a word, the words before it whole; or an identifier.'),
  kind: z
    .string()
    .max(100)
    .optional()
    .describe('name, skill, provider, occupation, program, subject; all unless given.'),
  size: size(10),
});

export const listQuery = z.object({ q: q.describe('the beginning of a word of the name.'), size: size(20), after });
