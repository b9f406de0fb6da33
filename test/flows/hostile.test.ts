import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Call, type CallAnswer, callServer } from './callServer.ts';
import { type Description, describedOperations, type Operation } from './describedOperations.ts';
import { hostileBodies, hostileMembers, hostileQueries, hostileTexts } from './hostileValues.ts';
import { ctid, documents } from './queryMarket.ts';
import { credatlas, type Running, startCredatlas } from './startCredatlas.ts';

const token = 'a-token-for-tests-of-hostile-requests';
const folder = mkdtempSync(join(tmpdir(), 'credatlas-hostile-'));
let server: Running;
let origin: URL;
let operations: Operation[];

const call = (given: Call): Promise<CallAnswer> =>
  callServer(origin, { ...given, headers: { authorization: `Bearer ${token}`, ...given.headers } });

beforeAll(async () => {
  const [market, dataDir] = [join(folder, 'market'), join(folder, 'data')];
  mkdirSync(market);
  for (const [at, document] of documents.entries()) writeFileSync(join(market, `${at}.json`), JSON.stringify(document));
  await credatlas(['crawl', market], { dataDir });
  const env = { LOG_LEVEL: 'warn', ADMIN_TOKEN: token, RATE_LIMIT_TOKEN: '1000000' };
  server = startCredatlas(['serve', '--port', '0'], { dataDir, env });
  const [, address] = await server.writes(/Credatlas is ready: (http:\/\/[^/\s]+)\//);
  origin = new URL(address!);
  const description = (await call({ method: 'GET', target: '/openapi.json' })).body as Description;
  const id = await madeExport();
  const known = ['', '/dictionary', '/file'].map((part) => [`/v1/exports/{id}${part} id`, id]);
  operations = describedOperations(description, Object.fromEntries(known));
}, 120_000);
afterAll(async () => {
  server?.process.kill('SIGTERM');
  const ended = await server?.finished;
  rmSync(folder, { recursive: true });
  // Nothing that was asked is a defect of ours in the log.
  expect(ended?.error).not.toContain('request failed');
});

/** The id of an export that is done. */
async function madeExport(): Promise<string> {
  const ordered = await call({ method: 'POST', target: '/v1/exports', body: JSON.stringify({ format: 'csv' }) });
  const { id } = ordered.body as { id: string };
  const isDone = async () =>
    expect((await call({ method: 'GET', target: `/v1/exports/${id}` })).body).toMatchObject({ state: 'done' });
  await vi.waitFor(isDone, { timeout: 30_000, interval: 100 });
  return id;
}

function proper({ method, base }: Operation): Call {
  const search = new URLSearchParams(base.query).toString();
  const target = search ? `${base.path}?${search}` : base.path;
  return { method, target, ...(base.body === undefined ? {} : { body: JSON.stringify(base.body) }) };
}

interface Attempt extends Call {
  what: string;
  /** That a refusal names. */
  parameter?: string;
}

interface Problem {
  status?: number;
  code?: string;
  detail?: string;
  errors?: (string | { parameter?: string; pointer?: string })[];
}

/** What is wrong with an answer to a request that is not well meant; undefined: nothing. */
function complaint({ status, headers, body }: CallAnswer, parameter: string | undefined): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  const told = `${status} ${JSON.stringify(body).slice(0, 300)}`;
  // Too many requests would hide what this one is worth.
  if (status < 400 || status >= 500 || status === 429) return told;
  const { errors = [], ...problem } = body as Problem;
  // The Credential Registry's own routes refuse in its words.
  if (errors.length > 0 && errors.every((each) => typeof each === 'string')) return undefined;
  if (!headers['content-type']?.startsWith('application/problem+json')) return `${headers['content-type']}: ${told}`;
  if (problem.status !== status || !problem.code || !problem.detail) return `no problem: ${told}`;
  const faults = errors.filter((each) => typeof each !== 'string');
  const isNamed = faults.some((fault) => fault.parameter === parameter);
  if (parameter !== undefined && status === 400 && !isNamed) return `${parameter} is not named: ${told}`;
  if (status === 422 && !faults.every(({ pointer }) => pointer !== undefined)) return `no pointer: ${told}`;
  return undefined;
}

/** Asks them all, a few at a time, and answers what is wrong. */
async function complaints(attempts: readonly Attempt[], judge = complaint): Promise<string[]> {
  const found: string[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let attempt = attempts[next++]; attempt; attempt = attempts[next++]) {
      const { what, parameter, ...asked } = attempt;
      const wrong = await call(asked).then(
        (answer) => judge(answer, parameter),
        (error: Error) => error.message,
      );
      if (wrong) found.push(`${asked.method} ${what}: ${wrong}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return found;
}

/** Percent-encoded as browsers do; what no address can hold becomes what stands for it. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
/** Those whose base request is there to be varied after all others have been asked. */
const lasting = (): Operation[] => operations.filter(({ method }) => method !== 'DELETE');

test('every operation answers a request that is well meant', async () => {
  for (const operation of operations) {
    const { status, body } = await call(proper(operation));
    expect(status, `${operation.method} ${operation.path} ${JSON.stringify(body).slice(0, 300)}`).toBeLessThan(300);
  }
  // What has been deleted is there again for what follows.
  for (const operation of operations.filter(({ method }) => method === 'PUT')) await call(proper(operation));
}, 120_000);

function attemptsOnParameter(operation: Operation, name: string): Attempt[] {
  const { path, base } = operation;
  const { [name]: _, ...others } = base.query;
  const rest = new URLSearchParams(others).toString();
  const asked = (what: string, query: string): Attempt => ({
    ...proper(operation),
    what: `${path} ${name}: ${what}`,
    target: `${base.path}?${rest ? `${rest}&` : ''}${query}`,
  });
  return [
    ...Object.entries(hostileTexts).map(([what, text]) => ({
      ...asked(what, `${name}=${encoded(text)}`),
      parameter: name,
    })),
    { ...asked('twice', `${name}=1&${name}=2`), parameter: name },
    ...Object.entries(hostileQueries).map(([what, text]) => asked(what, text.replaceAll('%%', name))),
  ];
}

test('no value of a query parameter does harm, and a refusal names the parameter', async () => {
  const attempts = lasting().flatMap((operation) =>
    operation.parameters
      .filter((each) => each.in === 'query')
      .flatMap(({ name }) => attemptsOnParameter(operation, name)),
  );
  expect(attempts.length).toBeGreaterThan(5_000);
  expect(await complaints(attempts)).toEqual([]);
}, 300_000);

test('a parameter that is not known is refused by name', async () => {
  const attempts = lasting()
    .filter(({ path }) => path.startsWith('/v1/'))
    .flatMap((operation) =>
      ['nosuch', 'Filter', '__proto__', 'q ', 'é', '\u0000'].map((name): Attempt => {
        const query = new URLSearchParams({ ...operation.base.query, [name]: '1' });
        const target = `${operation.base.path}?${query}`;
        return { ...proper(operation), what: `${operation.path} ${name}`, target, parameter: name };
      }),
    );
  const judge: typeof complaint = (answer, parameter) =>
    answer.status === 400 ? complaint(answer, parameter) : `status ${answer.status}`;
  expect(await complaints(attempts, judge)).toEqual([]);
}, 120_000);

test('no segment of a path does harm, nor one that names another kind', async () => {
  const segments = {
    ...Object.fromEntries(Object.entries(hostileTexts).map(([what, text]) => [what, encoded(text)])),
    'an organization': ctid('organization', 1),
    'a course': ctid('course', 1),
    'nothing that is there': ctid('credential', 99),
    'broken percent-encoding': '%zz',
    'not UTF-8': '%ff',
  };
  const attempts = operations.flatMap((operation) =>
    operation.parameters
      .filter((each) => each.in === 'path')
      .flatMap(({ name }) =>
        Object.entries(segments).map(([what, segment]): Attempt => {
          const own = operation.base.path.split('/');
          const parts = operation.path.split('/').map((part, at) => (part === `{${name}}` ? segment : own[at]!));
          const [, search] = proper(operation).target.split('?');
          const target = parts.join('/') + (search ? `?${search}` : '');
          return { ...proper(operation), what: `${operation.path} ${name}: ${what}`, target };
        }),
      ),
  );
  expect(await complaints(attempts)).toEqual([]);
}, 120_000);

function attemptsOnBody(operation: Operation): Attempt[] {
  const { path, members, base } = operation;
  const asked = (what: string, more: Partial<Call>): Attempt => ({
    ...proper(operation),
    what: `${path} ${what}`,
    ...more,
  });
  const types = ['text/plain', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', '\u00ff', ''];
  return [
    ...Object.entries(hostileBodies).map(([what, body]) => asked(what, { body })),
    ...[...members, 'nosuch'].flatMap((name) =>
      hostileMembers.map((value, at) =>
        asked(`${name}: member ${at}`, { body: JSON.stringify({ ...(base.body as object), [name]: value }) }),
      ),
    ),
    ...types.map((type) => asked(`as ${type}`, { headers: { 'content-type': type } })),
    asked('said to be compressed', { headers: { 'content-encoding': 'gzip' } }),
  ];
}

test('no body does harm, and a refusal says where in it', async () => {
  const attempts = operations.filter(({ base }) => base.body !== undefined).flatMap(attemptsOnBody);
  expect(attempts.length).toBeGreaterThan(500);
  expect(await complaints(attempts)).toEqual([]);
}, 300_000);

test('an address or a header of a megabyte is refused', async () => {
  const long = 'x'.repeat(1_000_000);
  const attempts: Call[] = [
    { method: 'GET', target: `/v1/credentials?q=${long}` },
    { method: 'GET', target: `/v1/credentials/${long}` },
    { method: 'GET', target: '/v1/credentials', headers: { 'x-long': long } },
    { method: 'GET', target: `/v1/credentials?q=${long.slice(0, 10_000)}` },
  ];
  const statuses = await Promise.all(attempts.map(async (attempt) => (await call(attempt)).status));
  // Which of both a long header is depends on where the pieces of the request end.
  expect(statuses).toEqual([414, 414, expect.toBeOneOf([414, 431]), 414]);
});

test('what is beside the API takes no harm from any parameter either', async () => {
  const paths = [
    '/',
    '/compare',
    '/docs',
    '/docs/problems',
    '/healthz',
    '/readyz',
    '/metrics',
    '/llms.txt',
    '/nothing',
  ];
  const attempts = paths.flatMap((path) =>
    ['q', 'filter', 'ids', 'after', 'facets'].flatMap((name) =>
      Object.entries(hostileTexts).map(
        ([what, text]): Attempt => ({
          what: `${path} ${name}: ${what}`,
          method: 'GET',
          target: `${path}?${name}=${encoded(text)}`,
        }),
      ),
    ),
  );
  const judge: typeof complaint = ({ status }) => (status < 500 ? undefined : `status ${status}`);
  expect(await complaints(attempts, judge)).toEqual([]);
}, 120_000);

test('methods that a path does not have are refused with those that it has', async () => {
  for (const { base } of operations)
    for (const method of ['PATCH', 'PROPFIND', 'DELETE']) {
      if (operations.some((each) => each.method === method && each.base.path === base.path)) continue;
      const { status, headers } = await call({ method, target: base.path });
      expect([method, base.path, status]).toEqual([method, base.path, 405]);
      expect(headers.allow).toContain('OPTIONS');
    }
}, 60_000);
