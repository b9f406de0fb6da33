import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TooLargeError } from '@credatlas/model';
import type { Clock, Log, Route } from '@credatlas/ports';
import compression from 'compression';
import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import { answerRequest } from './answerRequest.ts';
import { documentationPages } from './documentationPages.ts';
import type { ExchangeLimits, ExchangeOptions, HttpRequest, TokenVerifier } from './exchange.ts';
import { listen, type RequestHandler } from './listen.ts';
import { type MetricSource, RequestMetrics } from './RequestMetrics.ts';
import { RouteTable } from './RouteTable.ts';
import { sendAnswer } from './sendAnswer.ts';
import { type Readiness, serviceRoutes } from './serviceRoutes.ts';

export interface AppOptions {
  /** The API. */
  routes: readonly Route[];
  log: Log;
  clock: Clock;
  title: string;
  version: string;
  /** One paragraph that says what the service is. */
  about?: string;
  /** Base of the links it makes. */
  publicUrl: string;
  readiness?: () => Promise<Readiness>;
  /** Pages, their files and other doors to the same; in no description of the API. */
  pages?: readonly Route[];
  metrics?: readonly MetricSource[];
  /** Without it nobody may write. */
  tokens?: TokenVerifier;
  limits?: Partial<ExchangeLimits>;
}

export interface App {
  handler: RequestHandler;
  /** Takes the port and serves. `publicUrl` stays what it was given as. */
  listen(address: { host: string; port: number }): Promise<{ origin: string; close(): Promise<void> }>;
}

/** Headers that scripts of other origins may read. */
const exposedHeaders =
  'Link, ETag, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Total, Per-Page, X-Total, X-Total-Pages';

/** A table of routes as a web application, with its state, metrics, description and documentation beside it. */
export function createApp(options: AppOptions): App {
  const metrics = new RequestMetrics(options.metrics ?? []);
  const table = new RouteTable([
    ...options.routes,
    ...serviceRoutes({
      ...options,
      about: options.about ?? options.title,
      metrics,
      readiness: options.readiness ?? (async () => ({ ready: true })),
    }),
    ...documentationPages(options.title),
    ...(options.pages ?? []),
  ]);
  const app = express().disable('x-powered-by').disable('etag');
  app.use(securityHeaders(), cors({ exposedHeaders, preflightContinue: true, maxAge: 86_400 }), compression());
  app.use((request, response) => {
    exchange(request, response, { table, metrics, options }).catch((error: unknown) => {
      options.log.error('answer could not be sent', { error });
      response.destroy();
    });
  });
  return {
    handler: app,
    listen: async (address) => {
      const server = await listen(address);
      server.serve(app);
      return server;
    },
  };
}

/** Helmet's defaults would forbid other origins to read open data, and break plain http inside a network. */
function securityHeaders(): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'object-src': ["'none'"],
        // Swagger UI and the page of problems carry styles of their own.
        'style-src': ["'self'", "'unsafe-inline'"],
      },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // Whoever ends TLS in front of this decides about it.
    strictTransportSecurity: false,
  });
}

interface ExchangeContext {
  table: RouteTable;
  metrics: RequestMetrics;
  options: ExchangeOptions;
}

async function exchange(request: IncomingMessage, response: ServerResponse, given: ExchangeContext): Promise<void> {
  const { clock, log } = given.options;
  const startedAt = clock.now();
  const aborted = new AbortController();
  response.on('close', () => aborted.abort());
  const asked = readRequest(request, aborted.signal);
  const answer = await answerRequest(given.table, asked, given.options);
  const seconds = (clock.now() - startedAt) / 1000;
  await sendAnswer(response, answer, { requestId: asked.requestId, seconds });
  const { method } = asked;
  given.metrics.observe({ method, route: answer.route?.path ?? 'none', status: String(answer.status), seconds });
  log.debug('request answered', { method, target: asked.target, status: answer.status, seconds });
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
