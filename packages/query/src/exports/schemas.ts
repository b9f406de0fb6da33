import { z } from 'zod';
import { exportBody } from './exportQuery.ts';

export const columnSchema = z.object({
  name: z.string(),
  kind: z
    .enum(['text', 'integer', 'number', 'boolean', 'decimal', 'timestamp', 'json'])
    .describe('decimal: money, two places; timestamp: UTC; json: a structure as JSON text.'),
  isList: z.boolean().describe('Several values: in CSV joined by |, in Parquet a list.'),
  description: z.string().nullable(),
});

export const exportStates = ['queued', 'running', 'done', 'failed', 'cancelled', 'deleted', 'expired'] as const;

/** What stands beside the data: what was asked, of which data, and what came of it. */
const aboutShape = {
  format: exportBody.shape.format,
  mediaType: z.string(),
  query: z.object({
    hash: z.string().describe('SHA-256 of the question, however it is written down.'),
    parameters: z.record(z.string(), z.string()),
  }),
  again: z.string().describe('Address that gives the same of the data as they then are.'),
  counts: z.string().describe('What one row is.'),
  on: z.string().describe('The day that tiers, staleness and recognition are judged on.'),
  snapshot: z.int().describe('Change sequence that the data reflect.'),
  total: z.int().describe('Credentials that matched when it was begun.'),
  rows: z
    .int()
    .describe('Credentials written so far; fewer than the total at the end: withdrawn while it was written.'),
  bytes: z.int().nullable(),
  sha256: z.string().nullable().describe('Of the file.'),
  columns: z.array(columnSchema).describe('The data dictionary; empty for linked data.'),
  sources: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      uri: z.string(),
      records: z.int(),
      readAt: z.string().nullable(),
      ageDays: z.int().nullable(),
    }),
  ),
  licence: z.string(),
  citation: z.string(),
  warnings: z.array(z.string()),
};

export const exportAboutSchema = z.object(aboutShape);
export type ExportAbout = z.infer<typeof exportAboutSchema>;

export const exportSchema = z
  .object({
    id: z.string(),
    state: z.enum(exportStates),
    ...aboutShape,
    file: z.string().nullable().describe('Address of the file, once it is done.'),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    expiresAt: z.string().nullable(),
    failure: z.object({ code: z.string(), detail: z.string() }).nullable(),
    attempts: z.int().describe('How often it was begun: a server that stops begins it again.'),
  })
  .meta({ id: 'Export' });
export type Export = z.infer<typeof exportSchema>;

export const exportListSchema = z
  .object({ meta: z.object({ total: z.int() }), results: z.array(exportSchema.omit({ columns: true, sources: true })) })
  .meta({ id: 'ExportList' });

export const dictionarySchema = z.object({ results: z.array(columnSchema) }).meta({ id: 'DataDictionary' });
