import { STATUS_CODES } from 'node:http';
import {
  ConflictError,
  CredatlasError,
  InvalidInputError,
  NotAllowedError,
  NotFoundError,
  ThrottledError,
  TooLargeError,
  UnacceptableDocumentError,
  UnavailableError,
  UnsupportedMediaError,
  WithdrawnError,
} from '@credatlas/model';
import type { Route } from '@credatlas/ports';
import type { HttpAnswer } from './exchange.ts';

export interface ProblemContext {
  requestId: string;
  publicUrl: string;
  dialect?: Route['dialect'];
}

/** What a problem of each kind means and what the caller can do; also the text of the page that problem types point to. */
export const statusMeanings: Record<number, string> = {
  400: 'The request cannot be read. Correct what `errors` names; sending it again unchanged gives the same answer.',
  401: 'This route needs a token: send it as `Authorization: Bearer …`.',
  403: 'The token is known, but it may not do this.',
  404: 'Nothing is here. Check the address, or search for the thing.',
  405: 'The address exists, but not with this method; `Allow` lists those that work.',
  406: 'None of the media types in `Accept` can be given.',
  408: 'The request did not arrive in time. Send it again.',
  409: 'The state is not what the request assumed. Read it again, then decide.',
  410: 'It was here and has been withdrawn; `tombstone` says what it was and when.',
  413: 'The body is larger than this route takes. Send less at once.',
  414: 'The address is longer than is taken. Ask for less, or use POST where the route offers it.',
  415: 'The body is of a kind that this route does not take.',
  416: 'The range that was asked for lies behind the end; `Content-Range` says how long the whole is.',
  422: 'The document can be read, but it breaks a rule; `errors` says which, with a JSON pointer.',
  429: 'Too much at once. Wait as long as `Retry-After` says.',
  431: 'The headers are larger than is taken.',
  500: 'A defect on our side; the log has it under the `requestId`. Please report it.',
  503: 'Something this answer needs is away or took too long. Try again later.',
};

/** The status that says what kind of failure this is (RFC 9110 §15). */
export function statusOf(error: unknown): number {
  if (error instanceof TooLargeError) return error.code === 'address_too_long' ? 414 : 413;
  if (error instanceof UnsupportedMediaError) return error.code === 'not_acceptable' ? 406 : 415;
  if (error instanceof NotAllowedError) return error.unauthenticated ? 401 : 403;
  const status = statuses.find(([kind]) => error instanceof kind);
  return status?.[1] ?? 500;
}

const statuses = [
  [InvalidInputError, 400],
  [NotFoundError, 404],
  [ConflictError, 409],
  [WithdrawnError, 410],
  [UnacceptableDocumentError, 422],
  [ThrottledError, 429],
  [UnavailableError, 503],
] as const;

/** The answer to a failed request: RFC 9457, or the Credential Registry's `{errors: […]}`. Says nothing about our insides. */
export function problemAnswer(error: unknown, context: ProblemContext): HttpAnswer {
  return problem(statusOf(error), error instanceof CredatlasError ? error : undefined, context);
}

/** A problem without an error behind it, for what never reaches a route. */
export function problemOf(
  given: { status: number; code: string; detail: string; headers?: Record<string, string> },
  context: ProblemContext,
): HttpAnswer {
  const answer = problem(given.status, { code: given.code, message: given.detail, faults: [] }, context);
  return { ...answer, headers: { ...answer.headers, ...given.headers } };
}

type Failure = Pick<CredatlasError, 'code' | 'message' | 'faults'>;

function problem(status: number, failure: Failure | undefined, context: ProblemContext): HttpAnswer {
  const isOurs = status === 500 || !failure;
  const { code, message, faults } = isOurs
    ? { code: 'internal_error', message: statusMeanings[500]!, faults: [] }
    : failure;
  const isRegistry = context.dialect === 'registry';
  const value = isRegistry
    ? { errors: [message, ...faults.map(({ detail }) => detail).filter((detail) => !message.includes(detail))] }
    : {
        type: `${context.publicUrl}/docs/problems#${code}`,
        title: titleOf(code),
        status,
        detail: message,
        code,
        requestId: context.requestId,
        ...(faults.length > 0 ? { errors: faults } : {}),
        ...(failure instanceof WithdrawnError ? { tombstone: failure.tombstone } : {}),
      };
  return {
    status,
    headers: {
      'content-type': `${isRegistry ? 'application/json' : 'application/problem+json'}; charset=utf-8`,
      'cache-control': 'no-store',
      ...extraHeaders(status, failure),
    },
    body: `${JSON.stringify(value)}\n`,
    value,
  };
}

function extraHeaders(status: number, failure: Failure | undefined): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer realm="credatlas"' };
  if (failure instanceof ThrottledError) return { 'retry-after': String(Math.ceil(failure.retryAfterMs / 1000)) };
  return status === 503 ? { 'retry-after': String(neighbourBackSeconds) } : {};
}

/** A neighbour that is away or busy is asked again after this long: a node that takes over needs seconds (cluster.elastic.test.ts). */
const neighbourBackSeconds = 5;

/** The code in words: a problem type has one title (RFC 9457 §3.1.3). */
function titleOf(code: string): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The standard phrase of a status. */
export function phraseOf(status: number): string {
  return STATUS_CODES[status] ?? '';
}
