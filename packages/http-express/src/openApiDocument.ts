import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { withFormat } from './forms.ts';
import { namesIn, responsesOf } from './openApiResponses.ts';

type OpenApiDocument = ReturnType<typeof createDocument>;

const tokenScheme = {
  type: 'http',
  scheme: 'bearer',
  description: 'Needed for writing. For reading it raises the rate limit.',
} as const;

const description = `Every value of an answer says where it comes from; what is not stated is null or missing, never zero.
Within /v1 nothing is renamed or taken away; what is to go says so in Deprecation and Sunset (/docs/stability).`;

/** OpenAPI 3.1 of a table of routes, from the schemas that check the requests. */
export function openApiDocument(given: { routes: readonly Route[]; title: string; version: string }): OpenApiDocument {
  const { routes, title, version } = given;
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes.map(withFormat)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: { title, version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    // Relative: the document is true under every address it is served from.
    servers: [{ url: '/' }],
    paths,
    components: { securitySchemes: { token: tokenScheme } },
  });
}

function operation(route: Route): ZodOpenApiOperationObject {
  const { request } = route;
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    tags: route.tags,
    ...(route.deprecated ? { deprecated: true } : {}),
    security: route.access === 'write' ? [{ token: [] }] : [{}, { token: [] }],
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
    responses: responsesOf(route),
  };
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

/** Each parameter as it stands in an address, with the values that the route's examples give it. */
function queryWithExamples(route: Route): z.ZodObject {
  const shape = route.request.query?.shape ?? {};
  return z.object(
    Object.fromEntries(
      Object.entries(shape).map(([name, schema]) => {
        const type = schema as z.ZodType;
        const given = (route.examples ?? []).filter(({ query }) => query?.[name] !== undefined);
        const examples = Object.fromEntries(
          given.map(({ summary, query }, index) => [
            `example${index + 1}`,
            { summary, value: typedExample(type, query?.[name]) },
          ]),
        );
        const param = { ...(given.length > 0 ? { examples } : {}), ...(isList(type) ? barred : {}) };
        return [name, type.meta({ ...type.meta(), param })];
      }),
    ),
  );
}

/** `a|b|c` */
const barred = { style: 'pipeDelimited', explode: false } as const;

function isList(type: z.ZodType): boolean {
  return z.toJSONSchema(type, { unrepresentable: 'any' }).type === 'array';
}

/** Examples are written as in an address; a number or a list has to be one in the document. */
function typedExample(schema: z.ZodType, text: string | undefined): unknown {
  const { data } = schema.safeParse(text);
  return typeof data === 'number' || Array.isArray(data) ? data : text;
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
