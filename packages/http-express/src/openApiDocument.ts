import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { formsOf, withFormat } from './forms.ts';
import { statusMeanings } from './problem.ts';

type OpenApiDocument = ReturnType<typeof createDocument>;

const faultSchema = z.object({
  code: z.string(),
  detail: z.string(),
  parameter: z.string().optional(),
  pointer: z.string().optional().describe('JSON pointer into the body.'),
  position: z.number().int().optional().describe('Offset in the text of the parameter.'),
  suggestion: z.string().optional().describe('The nearest valid name.'),
});

const problemSchema = z
  .object({
    type: z.string().describe('Address of a page that explains the problem.'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().describe('Stable, for programs.'),
    requestId: z.string(),
    errors: z.array(faultSchema).optional(),
    tombstone: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });

const registryProblemSchema = z.object({ errors: z.array(z.string()) }).meta({ id: 'RegistryProblem' });

const tokenScheme = { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } } as const;

/** OpenAPI 3.1 of a table of routes, from the schemas that check the requests. */
export function openApiDocument(given: { routes: readonly Route[]; title: string; version: string }): OpenApiDocument {
  const { routes, title, version } = given;
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes.map(withFormat)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: { title, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    // Relative: the document is true under every address it is served from.
    servers: [{ url: '/' }],
    paths,
    ...(routes.some(({ access }) => access === 'write') ? { components: tokenScheme } : {}),
  });
}

function operation(route: Route): ZodOpenApiOperationObject {
  const { request, response } = route;
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    tags: route.tags,
    ...(route.deprecated ? { deprecated: true } : {}),
    security: route.access === 'write' ? [{ token: [] }] : [],
    requestParams: {
      ...(namesIn(route.path).length > 0 ? { path: pathSchema(route) } : {}),
      ...(request.query ? { query: queryWithExamples(route) } : {}),
    },
    ...(request.body
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: request.body, ...bodyExamples(route) },
              ...Object.fromEntries(Object.keys(request.readers ?? {}).map((type) => [type, { schema: z.string() }])),
            },
          },
        }
      : {}),
    responses: {
      [response.status]: {
        description: route.summary,
        content: contentOf(route),
      },
      ...problemResponses(route),
    } as ZodOpenApiResponsesObject,
  };
}

function contentOf(route: Route): Record<string, { schema: z.ZodType }> {
  const { mediaType = 'application/json', schema, forms = [] } = route.response;
  const others = formsOf(route) ? forms.map((form) => [form.mediaType, { schema: z.string() }]) : [];
  return { [mediaType]: { schema }, ...Object.fromEntries(others) };
}

function pathSchema(route: Route): z.ZodObject {
  const names = namesIn(route.path);
  const given = route.request.path?.shape ?? {};
  const example = (name: string): string | undefined =>
    route.examples?.find(({ path }) => path?.[name] !== undefined)?.path?.[name];
  return z.object(
    Object.fromEntries(
      names.map((name) => {
        const value = example(name);
        const schema = (given[name] as z.ZodType | undefined) ?? z.string();
        return [name, value === undefined ? schema : schema.meta({ ...schema.meta(), param: { example: value } })];
      }),
    ),
  );
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

/** Each parameter with the values that the route's examples give it. */
function queryWithExamples(route: Route): z.ZodObject {
  const shape = route.request.query?.shape ?? {};
  return z.object(
    Object.fromEntries(
      Object.entries(shape).map(([name, schema]) => {
        const given = (route.examples ?? []).filter(({ query }) => query?.[name] !== undefined);
        const type = schema as z.ZodType;
        const examples = Object.fromEntries(
          given.map(({ summary, query }, index) => [
            `example${index + 1}`,
            { summary, value: typedExample(type, query?.[name]) },
          ]),
        );
        return [name, given.length > 0 ? type.meta({ ...type.meta(), param: { examples } }) : type];
      }),
    ),
  );
}

/** Examples are written as in an address; a number has to be one in the document. */
function typedExample(schema: z.ZodType, text: string | undefined): unknown {
  const { data } = schema.safeParse(text);
  return typeof data === 'number' ? data : text;
}

function bodyExamples(route: Route): { examples?: Record<string, { summary: string; value: unknown }> } {
  const given = (route.examples ?? []).filter(({ body }) => body !== undefined);
  if (given.length === 0) return {};
  return {
    examples: Object.fromEntries(
      given.map(({ summary, body }, index) => [`example${index + 1}`, { summary, value: body }]),
    ),
  };
}

function problemResponses(route: Route): ZodOpenApiResponsesObject {
  const statuses = [
    400,
    ...(namesIn(route.path).length > 0 ? [404] : []),
    ...(route.access === 'write' ? [401, 403] : []),
    ...(formsOf(route) ? [406] : []),
    ...(route.request.body ? [413, 415, 422] : []),
    503,
  ];
  const isRegistry = route.dialect === 'registry';
  const content = isRegistry
    ? { 'application/json': { schema: registryProblemSchema } }
    : { 'application/problem+json': { schema: problemSchema } };
  return Object.fromEntries(
    statuses.map((status) => [status, { description: statusMeanings[status] ?? '', content }]),
  ) as ZodOpenApiResponsesObject;
}
