import { createHash } from 'node:crypto';
import { InvalidInputError, type SearchCursor } from '@credatlas/model';

/** An opaque cursor that only fits the query it was made for. */
export function writeCursor(cursor: SearchCursor, query: unknown): string {
  return Buffer.from(JSON.stringify([fingerprint(query), cursor])).toString('base64url');
}

/** Throws InvalidInputError `malformed_cursor`, or `cursor_of_another_query`. */
export function readCursor(text: string, query: unknown): SearchCursor {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw refused('malformed_cursor', 'This is no cursor of ours.');
  }
  const [hash, cursor] = Array.isArray(read) ? (read as [unknown, unknown]) : [];
  if (!isCursor(cursor)) throw refused('malformed_cursor', 'This is no cursor of ours.');
  if (hash !== fingerprint(query))
    throw refused(
      'cursor_of_another_query',
      'The cursor belongs to another query: everything but `size` must stay as it was.',
    );
  return cursor;
}

function isCursor(value: unknown): value is SearchCursor {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, values, id, snapshot, position } = value as Record<string, unknown>;
  if (kind === 'snapshot')
    return typeof snapshot === 'string' && Number.isSafeInteger(position) && Number(position) >= 0;
  return kind === 'keyset' && Array.isArray(values) && typeof id === 'string';
}

function refused(code: string, detail: string): InvalidInputError {
  const suggestion = 'Use `next` of the answer before, or leave `after` out to start again.';
  return new InvalidInputError(code, detail, { faults: [{ code, parameter: 'after', detail, suggestion }] });
}

function fingerprint(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 12);
}
