import type { Clock, Form, Log, Route } from '@credatlas/ports';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { answerRequest } from './answerRequest.ts';
import { openApiDocument } from './openApiDocument.ts';
import { RouteTable } from './RouteTable.ts';

const clock: Clock = { now: () => 0, sleep: async () => {} };
const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

const csv: Form = {
  format: 'csv',
  mediaType: 'text/csv',
  answer: async ({ query, path }, inJson) => {
    const { body, headers } = await inJson();
    return {
      body: `${Object.values(path)}|${JSON.stringify(query)}|${JSON.stringify(body)}`,
      ...(headers && { headers }),
    };
  },
};
const jsonLd: Form = { format: 'jsonld', mediaType: 'application/ld+json', answer: async () => ({ body: '{}' }) };
const turtle: Form = { format: 'ttl', mediaType: 'text/turtle', answer: async () => ({ body: '<a> <b> <c>.' }) };

const route = (path: string, forms?: Form[], more: Partial<Route> = {}): Route => ({
  method: 'GET',
  path,
  operationId: path,
  summary: 'Test',
  tags: ['test'],
  access: 'read',
  request: { query: z.object({ size: z.string().optional() }) },
  response: { status: 200, schema: z.unknown(), ...(forms ? { forms } : {}) },
  answer: async ({ query }) => ({ body: { query }, headers: { Link: '</next>; rel="next"' } }),
  ...more,
});

const routes = [
  route('/v1/things', [csv]),
  route('/v1/things/{id}', [jsonLd, turtle, csv]),
  route('/v1/plain'),
  route('/v1/file.csv', undefined, { response: { status: 200, schema: z.string(), mediaType: 'text/plain' } }),
  route('/{community}/envelopes', [csv], { dialect: 'registry' }),
];
const table = new RouteTable(routes);

function ask(target: string, accept?: string, method = 'GET') {
  const request = {
    method,
    target,
    headers: { accept },
    readBody: async () => new Uint8Array(),
    requestId: 'test',
    signal: new AbortController().signal,
  };
  return answerRequest(table, request, { log, clock, publicUrl: 'https://example.org' });
}
const typeOf = async (target: string, accept?: string) =>
  (await ask(target, accept)).headers['content-type']?.split(';')[0];

test.each([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
  ['text/csv', 'text/csv'],
  ['TEXT/CSV;q=0.5, application/json;q=0.4', 'text/csv'],
  ['text/csv;q=0.4, application/json;q=0.5', 'application/json'],
  ['text/*', 'text/turtle'],
  ['text/*, text/turtle;q=0', 'text/csv'],
  ['application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, x"', 'application/ld+json'],
  ['application/vnd.api+json', 'application/json'],
])('Accept %s gives %s', async (accept, type) => {
  expect(await typeOf('/v1/things/a', accept)).toBe(type);
});

test('format= wins over the ending, the ending over Accept', async () => {
  expect(await typeOf('/v1/things/a?format=ttl', 'text/csv')).toBe('text/turtle');
  expect(await typeOf('/v1/things/a.jsonld', 'text/csv')).toBe('application/ld+json');
  expect(await typeOf('/v1/things/a.jsonld?format=csv')).toBe('text/csv');
  expect(await typeOf('/v1/plain.json')).toBe('application/json');
  expect(await typeOf('/v1/plain?format=json')).toBe('application/json');
});

test('a form is given the parameters, without format, and the path without its ending', async () => {
  expect((await ask('/v1/things/a%20b.csv?size=3')).body).toBe('a b|{"size":"3"}|{"query":{"size":"3"}}');
  expect((await ask('/v1/things.csv')).body).toBe('|{}|{"query":{}}');
});

test('an ending is the form only where it can be: not of an IRI, not of a path that is so called', async () => {
  expect((await ask('/v1/things/https%3A%2F%2Fa.org%2Fbadge.csv?format=csv')).body).toContain(
    'https://a.org/badge.csv|',
  );
  expect(await typeOf('/v1/things/https%3A%2F%2Fa.org%2Fbadge.csv')).toBe('application/json');
  expect((await ask('/v1/things/node.js?format=csv')).body).toContain('node.js|');
  expect(await typeOf('/v1/file.csv')).toBe('text/plain');
});

test('what is not there is a 406 that names what there is; an unknown format a 400', async () => {
  for (const [target, accept] of [
    ['/v1/things', 'text/turtle'],
    ['/v1/things.ttl', undefined],
    ['/v1/things', 'text/csv;q=0, application/json;q=0'],
  ] as const) {
    const answer = await ask(target, accept);
    expect(answer).toMatchObject({ status: 406, value: { code: 'not_acceptable' } });
    expect(String(answer.body)).toMatch(/csv/);
  }
  expect((await ask('/v1/things.ttl')).value).toMatchObject({
    detail: 'There is no /v1/things.ttl. There is: /v1/things.json, /v1/things.csv.',
  });
  expect(await ask('/v1/things?format=tsv')).toMatchObject({
    status: 400,
    value: { code: 'invalid_parameter', errors: [{ parameter: 'format', suggestion: 'csv' }] },
  });
});

test('each form links to the others, beside the links it has, and varies by Accept', async () => {
  const inJson = await ask('/v1/things?size=3');
  expect(inJson.headers).toMatchObject({
    vary: 'Accept',
    link: '</next>; rel="next", <https://example.org/v1/things?size=3&format=csv>; rel="alternate"; type="text/csv"',
  });
  const inCsv = await ask('/v1/things.csv?size=3');
  expect(inCsv.headers.link).toContain(
    '<https://example.org/v1/things?size=3&format=json>; rel="alternate"; type="application/json"',
  );
  expect(inCsv.headers.etag).not.toBe(inJson.headers.etag);
  expect((await ask('/v1/plain')).headers.link).toBe('</next>; rel="next"');
});

test('routes of the registry keep to their own ways', async () => {
  expect(await typeOf('/ce/envelopes', 'text/turtle')).toBe('application/json');
  expect(await typeOf('/ce/envelopes?format=csv')).toBe('application/json');
});

test('OpenAPI tells the media types and the parameter', () => {
  const { paths } = openApiDocument({ routes, title: 'Test', version: '1' });
  const { responses, parameters } = paths!['/v1/things/{id}']!.get!;
  expect(Object.keys((responses as { 200: { content: object } })[200].content)).toEqual([
    'application/json',
    'application/ld+json',
    'text/turtle',
    'text/csv',
  ]);
  expect(Object.keys(responses!)).toContain('406');
  expect(parameters).toContainEqual(
    expect.objectContaining({
      name: 'format',
      schema: expect.objectContaining({ enum: ['json', 'jsonld', 'ttl', 'csv'] }),
    }),
  );
});
