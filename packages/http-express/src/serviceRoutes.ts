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
  /** What they have to know before they ask. */
  guidance: readonly string[];
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
      summary: 'Metrics, as OpenMetrics text whatever is accepted',
      schema: z.string(),
      mediaType: '*/*',
      answer: async () => ({
        body: await metrics.text(),
        mediaType: metrics.mediaType,
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
      answer: async () => ({
        body: catalog(options),
        mediaType: 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
        headers: { link: `<${publicUrl}/.well-known/api-catalog>; rel="api-catalog"` },
      }),
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

function catalog({ title, publicUrl }: ServiceRoutesOptions): object {
  return {
    linkset: [
      { anchor: `${publicUrl}/.well-known/api-catalog`, item: [{ href: `${publicUrl}/`, title }] },
      {
        anchor: `${publicUrl}/`,
        'service-desc': [{ href: `${publicUrl}/openapi.json`, type: 'application/vnd.oai.openapi+json;version=3.1' }],
        'service-doc': [
          { href: `${publicUrl}/docs`, type: 'text/html' },
          { href: `${publicUrl}/llms.txt`, type: 'text/plain' },
        ],
        status: [{ href: `${publicUrl}/readyz`, type: 'application/json' }],
      },
    ],
  };
}

/** As llmstxt.org has it: a title, what it is, what to know, and lists of links. */
function summaryText({ routes, title, about, guidance, publicUrl }: ServiceRoutesOptions): string {
  const link = (name: string, path: string, words: string) => `- [${name}](${publicUrl}${path}): ${words}`;
  const listed = routes.map((route) => {
    const name = `${route.method} ${route.path}`;
    // An address with a part left open is none to be followed.
    if (route.path.includes('{')) return `- ${name}: ${route.summary}.`;
    // Some leave out what only a reader knows: whose ids, say.
    const query = route.examples?.find(
      (each) => each.query && route.request.query?.safeParse(each.query).success,
    )?.query;
    const example = query ? ` Example: ${publicUrl}${route.path}?${new URLSearchParams(query)}` : '';
    return link(name, route.path, `${route.summary}.${example}`);
  });
  return [
    `# ${title}`,
    `> ${about}`,
    ...(guidance.length > 0 ? [guidance.map((text) => `- ${text}`).join('\n')] : []),
    '## Documentation',
    [
      link('OpenAPI 3.1', '/openapi.json', 'every route with its parameters, answers and refusals.'),
      link('Problems', '/docs/problems', 'what each code of a refusal means, and what to do.'),
      link('Stability', '/docs/stability', 'what stays as it is, and how a change is told.'),
    ].join('\n'),
    '## Routes',
    listed.join('\n'),
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
