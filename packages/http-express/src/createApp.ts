import type { Clock, Log, Route } from '@credatlas/ports';
import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import { documentationPages } from './documentationPages.ts';
import type { ExchangeLimits, TokenVerifier } from './exchange.ts';
import { listen, type RequestHandler } from './listen.ts';
import { RateLimiter, type RateLimits } from './RateLimiter.ts';
import { type MetricSource, RequestMetrics } from './RequestMetrics.ts';
import { RouteTable } from './RouteTable.ts';
import { serveRequest } from './serveRequest.ts';
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
  /** What whoever asks for the first time has to know, a sentence or two each. */
  guidance?: readonly string[];
  /** Base of the links it makes. */
  publicUrl: string;
  readiness?: () => Promise<Readiness>;
  /** Pages, their files and other doors to the same; in no description of the API. */
  pages?: readonly Route[];
  metrics?: readonly MetricSource[];
  /** Without it nobody may write. */
  tokens?: TokenVerifier;
  limits?: Partial<ExchangeLimits>;
  /** Without them anybody may ask as often as it likes. */
  rateLimits?: RateLimits;
  /** Proxies in front of the service whose `X-Forwarded-For` is believed; 0 unless given. */
  trustedProxies?: number;
}

export interface App {
  handler: RequestHandler;
  /** Takes the port and serves. `publicUrl` stays what it was given as. */
  listen(address: { host: string; port: number }): Promise<{ origin: string; close(): Promise<void> }>;
}

const unlimited: RateLimits = { anonymous: 0, token: 0, loopback: 0 };

/** Headers that scripts of other origins may read. */
const exposedHeaders =
  'Accept-Ranges, Allow, Content-Disposition, Content-Range, Deprecation, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Server-Timing, Sunset, X-Request-Id, Total, Per-Page, X-Total, X-Total-Pages';

/** A table of routes as a web application, with its state, metrics, description and documentation beside it. */
export function createApp(options: AppOptions): App {
  const metrics = new RequestMetrics(options.metrics ?? []);
  const table = new RouteTable([
    ...options.routes,
    ...serviceRoutes({
      ...options,
      about: options.about ?? options.title,
      guidance: options.guidance ?? [],
      metrics,
      readiness: options.readiness ?? (async () => ({ ready: true })),
    }),
    ...documentationPages(options),
    ...(options.pages ?? []),
  ]);
  const app = express().disable('x-powered-by').disable('etag');
  app.use(securityHeaders(), cors({ exposedHeaders, preflightContinue: true, maxAge: 86_400 }));
  const limiter = new RateLimiter({ clock: options.clock, limits: options.rateLimits ?? unlimited });
  const serving = { table, metrics, limiter, trustedProxies: options.trustedProxies ?? 0, options };
  app.use((request, response) => {
    serveRequest(request, response, serving).catch((error: unknown) => {
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
