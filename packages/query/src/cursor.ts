import { createHash } from 'node:crypto';
import type { SearchCursor } from '@credatlas/model';
import { z } from 'zod';
import { parameterFault } from './parameterFault.ts';

const isBackwards = z.literal(true).exactOptional();
const pointSchema = z.union([
  z.object({
    kind: z.literal('keyset'),
    values: z.array(z.union([z.number(), z.string(), z.null()])),
    id: z.string(),
    isBackwards,
  }),
  z.object({ kind: z.literal('snapshot'), snapshot: z.string(), position: z.int().min(0), isBackwards }),
]);
const cursorSchema = z.tuple([z.string(), pointSchema]);

/** An opaque cursor that only fits the query it was made for. */
export function writeCursor(point: SearchCursor, query: unknown): string {
  return Buffer.from(JSON.stringify([fingerprint(query), point])).toString('base64url');
}

/** Throws InvalidInputError `malformed_cursor`, or `cursor_of_another_query`. */
export function readCursor(text: string, query: unknown): SearchCursor {
  const read = cursorSchema.safeParse(decoded(text));
  if (!read.success) throw refused('malformed_cursor', 'This is no cursor of ours.');
  const [hash, point] = read.data;
  if (hash !== fingerprint(query)) {
    throw refused(
      'cursor_of_another_query',
      'The cursor belongs to another query: all but size, select and facets must stay as it was.',
    );
  }
  return point;
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function refused(code: string, detail: string): Error {
  const suggestion = 'Use next or prev of an answer to the same query, or leave after out to start again.';
  return parameterFault(code, { parameter: 'after', detail, suggestion });
}

/** Short: it guards against mistakes, not against forgers, who only get another page. */
function fingerprint(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 12);
}
