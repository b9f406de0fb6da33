import type { Route, RouteAnswer } from '@credatlas/ports';
import { z } from 'zod';
import { openApiDocument } from './openApiDocument.ts';
import type { RequestMetrics } from './RequestMetrics.ts';

/** Whether the service has what it needs to answer, and what it is doing; `detail` goes to the caller as it is. */
export interface Readiness {
  ready: boolean;
  detail?: Record<string, unknown>;
}

export interface ServiceRoutesOptions {
  routes: readonly Route[];
  title: string;
  version: string;
  /** One paragraph for people and machines who read `/llms.txt`. */
  about: string;
  publicUrl: string;
  readiness: () => Promise<Readiness>;
  metrics: RequestMetrics;
}

/** What every service has beside its own routes: its state, its metrics and its description. */
export function serviceRoutes(options: ServiceRoutesOptions): Route[] {
  return [...stateRoutes(options), ...descriptionRoutes(options)];
}

function stateRoutes({ readiness, metrics }: ServiceRoutesOptions): Route[] {
  const state = z.looseObject({ status: z.string() });
  return [
    readRoute({
      path: '/healthz',
      operationId: 'readHealth',
      summary: 'Whether the process answers',
      schema: state,
      answer: async () => ({ body: { status: 'ok' }, headers: { 'cache-control': 'no-store' } }),
    }),
    readRoute({
      path: '/readyz',
      operationId: 'readReadiness',
      summary: 'Whether everything that the answers need is there',
      schema: state,
      answer: async () => {
        const { ready, detail } = await readiness();
        return {
          status: ready ? 200 : 503,
          body: { status: ready ? 'ready' : 'starting', ...detail },
          headers: { 'cache-control': 'no-store' },
        };
      },
    }),
    readRoute({
      path: '/metrics',
      operationId: 'readMetrics',
      summary: 'Prometheus metrics',
      schema: z.string(),
      mediaType: 'text/plain',
      answer: async () => ({
        body: await metrics.text(),
        mediaType: 'text/plain; version=0.0.4; charset=utf-8',
        headers: { 'cache-control': 'no-store' },
      }),
    }),
  ];
}

function descriptionRoutes(options: ServiceRoutesOptions): Route[] {
  const { routes, title, version, publicUrl } = options;
  const document = JSON.stringify(openApiDocument({ routes, title, version }));
  const text = summaryText(options);
  return [
    readRoute({
      path: '/openapi.json',
      operationId: 'readOpenApi',
      summary: 'This API as OpenAPI 3.1',
      schema: z.looseObject({ openapi: z.string() }),
      answer: async () => ({ body: `${document}\n`, mediaType: 'application/json' }),
    }),
    readRoute({
      path: '/.well-known/api-catalog',
      operationId: 'readApiCatalog',
      summary: 'Where the API and its description are (RFC 9727)',
      schema: z.looseObject({ linkset: z.array(z.unknown()) }),
      mediaType: 'application/linkset+json',
      answer: async () => ({ body: catalog(publicUrl), mediaType: 'application/linkset+json' }),
    }),
    readRoute({
      path: '/llms.txt',
      operationId: 'readLlmsText',
      summary: 'The API in one page of plain text',
      schema: z.string(),
      mediaType: 'text/plain',
      answer: async () => ({ body: text, mediaType: 'text/plain' }),
    }),
  ];
}

function catalog(publicUrl: string): object {
  return {
    linkset: [
      {
        anchor: `${publicUrl}/`,
        'service-desc': [{ href: `${publicUrl}/openapi.json`, type: 'application/vnd.oai.openapi+json;version=3.1' }],
        'service-doc': [{ href: `${publicUrl}/docs`, type: 'text/html' }],
        status: [{ href: `${publicUrl}/readyz`, type: 'application/json' }],
      },
    ],
  };
}

function summaryText({ routes, title, about, publicUrl }: ServiceRoutesOptions): string {
  const lines = routes.map((route) => {
    // An address with a part left open is none to be followed.
    const isWhole = !route.path.includes('{');
    const query = isWhole ? route.examples?.find((each) => each.query)?.query : undefined;
    const example = query ? ` Example: ${publicUrl}${route.path}?${new URLSearchParams(query)}` : '';
    return `- ${route.method} ${route.path}: ${route.summary}.${example}`;
  });
  return [
    `# ${title}`,
    `> ${about}`,
    `The whole description, with every parameter: ${publicUrl}/openapi.json`,
    '## Routes',
    lines.join('\n'),
    '',
  ].join('\n\n');
}

function readRoute(given: {
  path: string;
  operationId: string;
  summary: string;
  schema: z.ZodType;
  mediaType?: string;
  answer: () => Promise<RouteAnswer>;
}): Route {
  const { schema, mediaType, ...rest } = given;
  return {
    ...rest,
    method: 'GET',
    tags: ['service'],
    access: 'read',
    request: {},
    response: { status: 200, schema, ...(mediaType ? { mediaType } : {}) },
  };
}
