import { InvalidInputError } from '@credatlas/model';

export function cursorExpired(cause?: unknown): InvalidInputError {
  const message =
    'The page cursor has expired: a ranking is kept for five minutes after its last use, until the index is rebuilt. Search again, or sort by a field to page without a limit in time.';
  return cursorFault({ code: 'cursor_expired', detail: 'This ranking is no longer kept.' }, { message, cause });
}

export function malformedCursor(): InvalidInputError {
  const message = 'The page cursor does not fit this sort. Use the one of the page before.';
  return cursorFault({ code: 'malformed_cursor', detail: 'This cursor belongs to another query.' }, { message });
}

function cursorFault(
  fault: { code: string; detail: string },
  { message, cause }: { message: string; cause?: unknown },
): InvalidInputError {
  const suggestion = 'Leave `after` out to start again.';
  return new InvalidInputError(fault.code, message, { cause, faults: [{ ...fault, parameter: 'after', suggestion }] });
}
