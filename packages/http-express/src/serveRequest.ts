import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TooLargeError } from '@credatlas/model';
import { answerRequest } from './answerRequest.ts';
import { clientOf } from './clientOf.ts';
import { encodedAnswer } from './contentEncoding.ts';
import { deprecationHeaders } from './deprecation.ts';
import type { ExchangeOptions, HttpAnswer, HttpRequest } from './exchange.ts';
import { problemAnswer } from './problem.ts';
import type { RateLimiter } from './RateLimiter.ts';
import type { RequestMetrics } from './RequestMetrics.ts';
import type { RouteTable } from './RouteTable.ts';
import { sendAnswer } from './sendAnswer.ts';

export interface Serving {
  table: RouteTable;
  metrics: RequestMetrics;
  limiter: RateLimiter;
  /** Proxies in front of this process whose `X-Forwarded-For` is believed. */
  trustedProxies: number;
  options: ExchangeOptions;
}

/** Reads one request from its socket and answers it. Rejects when the answer cannot be sent. */
export async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  serving: Serving,
): Promise<void> {
  const { clock } = serving.options;
  const startedAt = clock.now();
  const aborted = new AbortController();
  const asked = readRequest(request, aborted.signal);
  let route: string | undefined;
  const sentBefore = request.socket.bytesWritten;
  response.on('close', () => {
    aborted.abort();
    const bytes = request.socket.bytesWritten - sentBefore;
    tell({ asked, response, route, bytes, seconds: (clock.now() - startedAt) / 1000 }, serving);
  });
  const answer = await limitedAnswer(asked, serving);
  route = answer.route?.path;
  const seconds = (clock.now() - startedAt) / 1000;
  await sendAnswer(response, await encodedAnswer(answer, asked), { requestId: asked.requestId, seconds });
}

/** The answer, or the refusal of a client that asks too much, with what the client may still ask. */
async function limitedAnswer(asked: HttpRequest, serving: Serving): Promise<HttpAnswer> {
  const { table, limiter, options } = serving;
  const client = await clientOf(asked, { ...options, trustedProxies: serving.trustedProxies });
  const { headers, refusal } = limiter.count(client);
  const { requestId } = asked;
  const answer = refusal
    ? problemAnswer(refusal, { requestId, publicUrl: options.publicUrl })
    : await answerRequest(table, asked, options);
  const leaving = deprecationHeaders(answer.route, { link: answer.headers.link, publicUrl: options.publicUrl });
  return { ...answer, headers: { ...answer.headers, ...leaving, ...headers } };
}

interface Exchanged {
  asked: HttpRequest;
  response: ServerResponse;
  route: string | undefined;
  /** Sent, headers included. */
  bytes: number;
  seconds: number;
}

/** One line and one measurement of each request. What was asked for, and by whom, is nobody's business: neither query nor address. */
function tell({ asked, response, route, bytes, seconds }: Exchanged, { metrics, options }: Serving): void {
  const { method, requestId, target } = asked;
  // 499: the caller left before there was an answer.
  const status = response.headersSent ? response.statusCode : 499;
  metrics.observe({ method, route: route ?? 'none', status: String(status), seconds });
  const path = target.split('?')[0];
  const broken = response.writableFinished ? {} : { broken: true };
  options.log.info('request answered', { method, path, route, status, bytes, seconds, requestId, ...broken });
}

function readRequest(request: IncomingMessage, signal: AbortSignal): HttpRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const given = headers['x-request-id'] ?? '';
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers,
    ...(request.socket.remoteAddress ? { address: request.socket.remoteAddress } : {}),
    readBody: (maxBytes) => readBytes(request, maxBytes),
    // A caller's own id is kept when it cannot be mistaken for anything else in a log.
    requestId: /^[\w-]{8,64}$/.test(given) ? given : randomUUID(),
    signal,
  };
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxBytes)
      throw new TooLargeError('body_too_large', `The body is larger than ${maxBytes} bytes. Send less at once.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}
