import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import { formsOf } from './forms.ts';
import { statusMeanings } from './problem.ts';

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

/** A header that answers may have. */
function header(id: string, description: string): z.ZodType {
  return z.string().optional().meta({ description, header: { id } });
}

const everywhere = {
  'X-Request-Id': header('RequestId', 'Quote it when you report a problem; one that you send is kept.'),
  'RateLimit-Policy': header(
    'RateLimitPolicy',
    'Requests (q) that a client of your kind may make in so many seconds (w).',
  ),
  RateLimit: header('RateLimit', 'Requests that are left (r) for so many seconds (t).'),
  'Server-Timing': header('ServerTiming', 'Milliseconds until the answer was ready.'),
};
const ofReads = {
  ETag: header('ETag', 'Send it as If-None-Match, and an answer that is still the same is a 304.'),
  'Cache-Control': header('CacheControl', 'Whether an answer may be kept, and for how long.'),
  Link: header('Link', 'The next page, other forms of the same, what takes the place of a route that is to go.'),
};
const ofLeaving = {
  Deprecation: header('Deprecation', 'Since when the route is to go (RFC 9745).'),
  Sunset: header('Sunset', 'When it will be gone (RFC 8594).'),
};
const retryAfter = { 'Retry-After': header('RetryAfter', 'Seconds until another try makes sense.') };

/** What a route answers: its schema in every form, 304, and the problems it may meet; `default` stands for the rest. */
export function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const headers = {
    ...everywhere,
    ...(route.method === 'GET' ? ofReads : {}),
    ...(route.deprecated ? ofLeaving : {}),
  };
  const success = { description: route.summary, content: contentOf(route), headers: z.object(headers) };
  const unchanged = {
    description: 'What you have is still the same.',
    headers: z.object({ ...everywhere, ...ofReads }),
  };
  return {
    [route.response.status]: success,
    ...(route.method === 'GET' ? { 304: unchanged } : {}),
    ...problemResponses(route),
  } as ZodOpenApiResponsesObject;
}

function contentOf(route: Route): Record<string, { schema: z.ZodType }> {
  const { mediaType = 'application/json', schema, forms = [] } = route.response;
  const others = formsOf(route) ? forms.map((form) => [form.mediaType, { schema: z.string() }]) : [];
  return { [mediaType]: { schema }, ...Object.fromEntries(others) };
}

/** The parameters in a path. */
export function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

function problemResponses(route: Route): ZodOpenApiResponsesObject {
  const statuses = [
    400,
    ...(namesIn(route.path).length > 0 ? [404] : []),
    ...(route.access === 'write' ? [401, 403] : []),
    ...(formsOf(route) ? [406] : []),
    ...(route.request.body ? [413, 415, 422] : []),
    429,
    503,
  ];
  const content =
    route.dialect === 'registry'
      ? { 'application/json': { schema: registryProblemSchema } }
      : { 'application/problem+json': { schema: problemSchema } };
  const response = (status: number) => ({
    description: statusMeanings[status] ?? '',
    content,
    headers: z.object({ ...everywhere, ...(status === 429 || status === 503 ? retryAfter : {}) }),
  });
  const other = { description: 'Any other problem.', content, headers: z.object(everywhere) };
  return {
    ...Object.fromEntries(statuses.map((status) => [status, response(status)])),
    default: other,
  } as ZodOpenApiResponsesObject;
}
