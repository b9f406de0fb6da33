import { CredatlasError, NotAllowedError, NotFoundError, TooLargeError, UnavailableError } from '@credatlas/model';
import type { Route, RouteAnswer } from '@credatlas/ports';
import { accepted } from './acceptance.ts';
import { bearerToken } from './clientOf.ts';
import {
  defaultLimits,
  type ExchangeLimits,
  type ExchangeOptions,
  type HttpAnswer,
  type HttpRequest,
} from './exchange.ts';
import { alternates, chosenForm, formsOf } from './forms.ts';
import { withValidators } from './freshness.ts';
import { inRange } from './inRange.ts';
import { linkHeader } from './linkHeader.ts';
import { matchWithEnding } from './matchWithEnding.ts';
import { type ProblemContext, problemAnswer, problemOf } from './problem.ts';
import { decoded, type RouteMatch, type RouteTable } from './RouteTable.ts';
import { readBody } from './readBody.ts';
import { readQuery } from './readQuery.ts';

const jsonType = 'application/json';

/**
 * Answers one request by the table of routes: reads and checks it, asks the route, and turns what comes into status, headers and
 * body. Never throws; every failure is an answer.
 */
export async function answerRequest(
  table: RouteTable,
  request: HttpRequest,
  options: ExchangeOptions,
): Promise<HttpAnswer> {
  const context: ProblemContext = { requestId: request.requestId, publicUrl: options.publicUrl };
  let route: Route | undefined;
  try {
    const url = urlOf(request.target, options);
    const { match, ending, pathname } = matchWithEnding(table, { method: request.method, pathname: url.pathname });
    if (match.found !== 'route') return noRoute(match, request, context);
    route = match.route;
    const answer = await askRoute({ route, path: match.path, url, ending, pathname }, request, options);
    return inRange(withValidators({ ...answer, route }, request), request, context);
  } catch (error) {
    logFailure(error, request, options);
    return { ...problemAnswer(error, { ...context, dialect: route?.dialect }), ...(route ? { route } : {}) };
  }
}

function urlOf(target: string, { publicUrl, limits }: ExchangeOptions): URL {
  const maxLength = limits?.maxTargetLength ?? defaultLimits.maxTargetLength;
  if (target.length > maxLength) {
    throw new TooLargeError(
      'address_too_long',
      `The address has ${target.length} characters; at most ${maxLength} are taken. Ask for less at once.`,
    );
  }
  decoded(target);
  const path = /^[a-z]+:\/\/[^/]*/i.exec(target)?.[0] ?? '';
  // `OPTIONS *` asks about the server as a whole.
  return new URL(new URL(publicUrl).origin + (target === '*' ? '/' : target.slice(path.length) || '/'));
}

function noRoute(match: RouteMatch, request: HttpRequest, context: ProblemContext): HttpAnswer {
  if (match.found !== 'path') {
    const detail = `There is nothing at ${request.target.split('?')[0]}. The routes are listed at ${context.publicUrl}/docs.`;
    return problemAnswer(new NotFoundError('unknown_route', detail), context);
  }
  const allow = match.allow.join(', ');
  if (request.method === 'OPTIONS') return { status: 204, headers: { allow }, body: '', value: undefined };
  const detail = `${request.method} is not served here. Use one of: ${allow}.`;
  return problemOf(
    { status: 405, code: 'method_not_allowed', detail, headers: { allow } },
    { ...context, dialect: match.dialect },
  );
}

interface FoundRoute {
  route: Route;
  path: Record<string, string>;
  url: URL;
  /** Form that the path names at its end, and the path without it. */
  ending: string | undefined;
  pathname: string;
}

async function askRoute(
  { route, path, url, ending, pathname }: FoundRoute,
  request: HttpRequest,
  options: ExchangeOptions,
): Promise<HttpAnswer> {
  const limits = { ...defaultLimits, ...options.limits };
  const { headers, method, requestId } = request;
  if (route.access === 'write') await checkToken(request, options);
  const forms = formsOf(route);
  const { format, ...query } = readQuery(route, url.searchParams);
  const form = forms && chosenForm(forms, { format, ending, accept: headers.accept });
  if (!forms && route.dialect !== 'registry') accepted(headers.accept, [{ mediaType: mediaTypeOf(route) }]);
  const body = await readBody(route, request, limits);
  const answer = await withinTime(limits, request.signal, async (signal) => {
    const asked = { path, query: forms ? query : { format, ...query }, body, headers, url, requestId, signal };
    const inJson = () => route.answer(asked);
    const given =
      form && 'answer' in form ? { mediaType: form.mediaType, ...(await form.answer(asked, inJson)) } : await inJson();
    return given.stream && method !== 'HEAD' ? { ...given, stream: await begun(given.stream) } : given;
  });
  const sent = sealed(answer, route);
  const address = { address: `${options.publicUrl}${pathname}`, parameters: url.searchParams };
  const had = forms?.filter(({ format: each }) => !answer.without?.includes(each)) ?? [];
  return withLinks(sent, form && sent.status < 300 ? alternates(had, { chosen: form, ...address }) : []);
}

function withLinks(sent: HttpAnswer, links: readonly string[]): HttpAnswer {
  const { link, ...headers } = sent.headers;
  return {
    ...sent,
    headers: { ...headers, ...linkHeader([...(link === undefined ? [] : link.split(/, (?=<)/)), ...links]) },
  };
}

async function checkToken(request: HttpRequest, { tokens }: ExchangeOptions): Promise<void> {
  const token = bearerToken(request.headers);
  const account = token === undefined ? undefined : await tokens?.(token);
  if (!account) {
    throw new NotAllowedError(
      token === undefined ? 'token_missing' : 'token_unknown',
      'Writing needs a known token. Send it as "Authorization: Bearer …"; the first one was printed when the server first started.',
      { unauthenticated: true },
    );
  }
  if (!account.mayWrite)
    throw new NotAllowedError('token_may_not_write', `The token of ${account.name} may not write.`);
}

async function withinTime<T>(
  { timeLimitMs }: ExchangeLimits,
  caller: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeLimitMs);
  const late = new Promise<never>((_, reject) => {
    deadline.signal.addEventListener('abort', () => reject(tookTooLong(timeLimitMs)), { once: true });
  });
  try {
    return await Promise.race([work(AbortSignal.any([deadline.signal, caller])), late]);
  } catch (error) {
    if (deadline.signal.aborted && !(error instanceof CredatlasError)) throw tookTooLong(timeLimitMs);
    throw error;
  } finally {
    // A stream goes on for as long as it is taken.
    clearTimeout(timer);
  }
}

/** The same stream, once its first piece is there: until then a failure can still be told by a status. */
async function begun<T>(stream: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const pieces = stream[Symbol.asyncIterator]();
  const first = await pieces.next();
  return (async function* () {
    try {
      for (let next = first; !next.done; next = await pieces.next()) yield next.value;
    } finally {
      await pieces.return?.();
    }
  })();
}

function tookTooLong(timeLimitMs: number): UnavailableError {
  return new UnavailableError(
    'took_too_long',
    `The answer was not ready within ${timeLimitMs / 1000} s. Narrow the request, or try again later.`,
  );
}

function sealed(answer: RouteAnswer, route: Route): HttpAnswer {
  const mediaType = answer.mediaType ?? mediaTypeOf(route);
  return {
    status: answer.status ?? route.response.status,
    headers: {
      'content-type': /charset=|^(image|font)\/|zip$|parquet$/.test(mediaType)
        ? mediaType
        : `${mediaType}; charset=utf-8`,
      'cache-control': route.method === 'GET' ? 'public, no-cache' : 'no-store',
      vary: 'Accept',
      ...lowerCased(answer.headers),
    },
    body: bytesOf(answer),
    value: answer.body,
    ...(answer.stream ? { stream: answer.stream } : {}),
    ...(answer.bytes ? { bytes: answer.bytes } : {}),
  };
}

function mediaTypeOf({ response }: Route): string {
  return response.mediaType ?? jsonType;
}

function bytesOf({ body, mediaType }: RouteAnswer): string | Uint8Array {
  if (body === undefined) return '';
  if (body instanceof Uint8Array) return body;
  if (mediaType !== undefined && typeof body === 'string') return body;
  return `${JSON.stringify(body)}\n`;
}

function lowerCased(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function logFailure(error: unknown, request: HttpRequest, { log }: ExchangeOptions): void {
  if (request.signal.aborted) return;
  if (error instanceof CredatlasError && error.code !== 'broken_invariant') return;
  log.error('request failed', { requestId: request.requestId, method: request.method, target: request.target, error });
}
