import { createHash } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from './exchange.ts';

/** Bytes of the hash kept: 96 bits are beyond any accident. */
const tagBytes = 12;

/**
 * Adds a validator to a successful read and turns it into 304 when the caller already has it (RFC 9110 §13). Done here and not by
 * express, which answers 200 to the `no-cache` that browsers' fetch adds.
 */
export function withValidators(answer: HttpAnswer, request: Pick<HttpRequest, 'method' | 'headers'>): HttpAnswer {
  if (answer.status !== 200 || !isRead(request.method)) return answer;
  const etag = answer.headers.etag ?? (answer.stream ? undefined : etagOf(answer.body));
  const fresh = { ...answer, headers: { ...answer.headers, ...(etag ? { etag } : {}) } };
  return isKnown(request.headers, fresh.headers) ? notModified(fresh) : fresh;
}

export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Weak, since compression changes the bytes and not the meaning. */
function etagOf(body: string | Uint8Array): string {
  return `W/"${createHash('sha256').update(body).digest().subarray(0, tagBytes).toString('base64url')}"`;
}

function isKnown(asked: HttpRequest['headers'], given: Record<string, string>): boolean {
  const known = asked['if-none-match'];
  if (known !== undefined) return known.trim() === '*' || tagsIn(known).includes(opaque(given.etag ?? ''));
  const since = Date.parse(asked['if-modified-since'] ?? '');
  return Date.parse(given['last-modified'] ?? '') <= since;
}

/** Weak comparison (RFC 9110 §8.8.3.2): of what stands in the quotes, where commas may stand, too. */
function tagsIn(list: string): string[] {
  return list.match(/"[^"]*"/g) ?? [];
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, '');
}

function notModified(answer: HttpAnswer): HttpAnswer {
  const { 'content-type': _type, ...headers } = answer.headers;
  const { stream: _stream, bytes: _bytes, ...rest } = answer;
  return { ...rest, status: 304, headers, body: '' };
}
