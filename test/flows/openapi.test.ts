import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Running, startCredatlas } from './startCredatlas.ts';

interface Operation {
  operationId: string;
  security: object[];
  responses: Record<string, { headers?: Record<string, { $ref: string }>; content?: Record<string, object> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { headers: object; securitySchemes: object };
}

const linter = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
const folder = mkdtempSync(join(tmpdir(), 'credatlas-openapi-'));
let server: Running;
let origin: string;
let document: Document;

beforeAll(async () => {
  server = startCredatlas(['serve', '--port', '0'], { dataDir: join(folder, 'data'), env: { LOG_LEVEL: 'warn' } });
  const [, found] = await server.writes(/Credatlas is ready: (http:\/\/[^/\s]+)\//);
  origin = found!;
  document = (await (await fetch(`${origin}/openapi.json`)).json()) as Document;
}, 180_000);
afterAll(async () => {
  server.process.kill('SIGTERM');
  await server.finished;
  rmSync(folder, { recursive: true });
});

test('the description has no fault that a linter finds', () => {
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const env = { PATH: process.env.PATH, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [linter, 'lint', file, '--format=json'], {
    encoding: 'utf8',
    env,
  });
  const { totals, problems } = JSON.parse(stdout) as { totals: object; problems: { message: string }[] };
  expect(problems.map(({ message }) => message)).toEqual([]);
  expect([status, totals, stderr.length]).toEqual([0, { errors: 0, warnings: 0, ignored: 0 }, expect.any(Number)]);
});

test('each operation tells its token, its limits and its problems', () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method, operation })),
  );
  expect(document.components.securitySchemes).toMatchObject({ token: { type: 'http', scheme: 'bearer' } });
  for (const { name, method, operation } of operations) {
    const { security, responses } = operation;
    expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(['400', '429', '503', 'default'])]);
    expect(responses['429']!.headers).toHaveProperty('Retry-After');
    const isWrite = security.every((each) => 'token' in each);
    expect([name, '401' in responses]).toEqual([name, isWrite]);
    expect([name, '304' in responses]).toEqual([name, method === 'get']);
  }
  const byName = Object.fromEntries(operations.map(({ name, operation }) => [name, operation]));
  expect(byName['put /v1/shortlists/{name}']!.security).toEqual([{ token: [] }]);
  expect(byName['get /v1/credentials']!.security).toEqual([{}, { token: [] }]);
});

test('the headers that are described are sent', async () => {
  const { headers = {} } = document.paths['/v1/credentials']!.get!.responses['200']!;
  const answer = await fetch(`${origin}/v1/credentials?size=0`);
  const sent = Object.keys(headers).filter((name) => answer.headers.has(name));
  const expected = ['Cache-Control', 'ETag', 'RateLimit', 'RateLimit-Policy', 'Server-Timing', 'X-Request-Id'];
  expect(sent).toEqual(expect.arrayContaining(expected));
});
