import type { HttpAnswer, HttpRequest } from './exchange.ts';
import { isRead } from './freshness.ts';
import { type ProblemContext, problemOf } from './problem.ts';

type RangeRequest = Pick<HttpRequest, 'method' | 'headers'>;

/**
 * Bytes that can be read from anywhere, whole or as the one `Range` that was asked for (RFC 9110 §14): 206, or 416 when it lies
 * behind the end. Several ranges at once are answered by the whole, as §14.2 allows.
 */
export function inRange(given: HttpAnswer, request: RangeRequest, context: ProblemContext): HttpAnswer {
  const { bytes, ...answer } = given;
  if (!bytes || answer.status !== 200 || !isRead(request.method)) return answer;
  const { size } = bytes;
  const range = isMeant(request, answer.headers) ? rangeOf(request.headers.range, size) : undefined;
  if (range === 'behind the end') return unsatisfiable(size, context);
  const { from, to } = range ?? { from: 0, to: size };
  return {
    ...answer,
    status: range ? 206 : 200,
    headers: {
      ...answer.headers,
      'accept-ranges': 'bytes',
      // Compressed on the way, a part could not be joined to the one before.
      'cache-control': `${answer.headers['cache-control']}, no-transform`,
      'content-length': String(to - from),
      ...(range ? { 'content-range': `bytes ${from}-${to - 1}/${size}` } : {}),
    },
    stream: bytes.read(from, to),
  };
}

function unsatisfiable(size: number, context: ProblemContext): HttpAnswer {
  const headers = { 'content-range': `bytes */${size}` };
  const detail = `The range lies behind the end of ${size} bytes. What you have is whole already, or is not of this.`;
  return problemOf({ status: 416, code: 'range_not_satisfiable', detail, headers }, context);
}

/** A range counts for GET only, and with `If-Range` for the very bytes that it names (RFC 9110 §13.1.5). */
function isMeant(request: RangeRequest, given: Record<string, string>): boolean {
  const condition = request.headers['if-range']?.trim();
  if (request.method !== 'GET') return false;
  return condition === undefined || condition === given.etag || condition === given['last-modified'];
}

function rangeOf(text: string | undefined, size: number): { from: number; to: number } | 'behind the end' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(text?.replaceAll(' ', '') ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  // Backwards is no range at all.
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return from < to ? { from, to } : 'behind the end';
}
