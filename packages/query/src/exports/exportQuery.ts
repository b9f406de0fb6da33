import { z } from 'zod';
import { searchQuery } from '../parameters.ts';
import { exportFormats } from './exportFormats.ts';

const { q, mode, filter, unit, currency, on, context, issuerList, select } = searchQuery.shape;

/** What chooses the credentials of an export, and what is written of each. */
export const exportQuery = z.object({ q, mode, filter, unit, currency, on, context, issuerList, select });

export const exportBody = z.strictObject({
  format: z.enum(exportFormats.map(({ format }) => format)).describe('how the file is written.'),
  ...exportQuery.shape,
});

export type ExportOrder = z.infer<typeof exportBody>;
