import { InvalidInputError, UnacceptableDocumentError, UnsupportedMediaError } from '@credatlas/model';
import type { Route } from '@credatlas/ports';
import type { z } from 'zod';
import type { ExchangeLimits, HttpRequest } from './exchange.ts';

/**
 * The body of a request, JSON or of another kind that the route reads, parsed by its schema; undefined when the route takes none. Throws UnsupportedMediaError for
 * another media type, TooLargeError, InvalidInputError when it is not JSON, UnacceptableDocumentError when the schema refuses it.
 */
export async function readBody(route: Route, request: HttpRequest, limits: ExchangeLimits): Promise<unknown> {
  const schema = route.request.body;
  if (!schema) return undefined;
  const reader = readerOf(route, request.headers);
  if (!reader) refuseOtherMedia(request.headers);
  const bytes = await request.readBody(limits.maxBodyBytes);
  const value = reader ? reader(bytes) : parseJson(bytes, limits.maxBodyDepth);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UnacceptableDocumentError('invalid_body', 'The body breaks the rules of this route; see errors.', {
    faults: parsed.error.issues.map(bodyFault),
  });
}

/** What reads a body of that media type, where the route takes it. */
function readerOf({ request }: Route, headers: HttpRequest['headers']): ((bytes: Uint8Array) => unknown) | undefined {
  const mediaType = (headers['content-type'] ?? '').toLowerCase().split(';')[0]?.trim() ?? '';
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  return isPlain ? request.readers?.[mediaType] : undefined;
}

function refuseOtherMedia(headers: HttpRequest['headers']): void {
  const [mediaType = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.find((each) => each.trim().startsWith('charset='))?.split('=')[1];
  const isJson = /^(application|text)\/([\w.-]+\+)?json$/.test(mediaType.trim());
  const isUtf8 = charset === undefined || /^"?utf-?8"?$/.test(charset.trim());
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  if (isJson && isUtf8 && isPlain) return;
  throw new UnsupportedMediaError(
    'unsupported_media_type',
    'The body must be JSON in UTF-8, not compressed. Send it with "Content-Type: application/json".',
  );
}

function parseJson(bytes: Uint8Array, maxDepth: number): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    refuseDepth(text, maxDepth);
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof InvalidInputError) throw cause;
    const reason = cause instanceof SyntaxError ? cause.message : 'it is not UTF-8 text';
    throw new InvalidInputError('malformed_json', `The body is not JSON: ${reason}. Correct it and send it again.`, {
      cause,
    });
  }
}

/** Before parsing, so that a body of brackets alone costs one pass. */
function refuseDepth(text: string, maxDepth: number): void {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (token === '[' || token === '{') depth++;
    if (token === ']' || token === '}') depth--;
    if (depth > maxDepth) {
      throw new InvalidInputError(
        'too_deep',
        `The body is nested more than ${maxDepth} levels deep. Send a flatter one.`,
      );
    }
  }
}

function bodyFault(issue: z.core.$ZodIssue): { code: string; detail: string; pointer: string } {
  const pointer = issue.path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { code: 'invalid_value', detail: `${pointer || 'The body'}: ${issue.message}.`, pointer };
}
