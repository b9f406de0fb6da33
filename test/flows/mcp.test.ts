import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { credatlas, type Running, startCredatlas } from './startCredatlas.ts';
import { credential, ctidOf, market } from './startMarket.ts';
import { startRegistry, type TestRegistry } from './startRegistry.ts';

const main = fileURLToPath(new URL('../../services/credatlas/src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'credatlas-mcp-'));
const dataDir = join(folder, 'data');
/** Every fifth teaches welding, the first of them for 100 dollars. */
const size = 120;
const names = [
  'search',
  'show',
  'compare',
  'similar',
  'checks',
  'coverage',
  'bundles',
  'pathways',
  'market',
  'suggest',
];

let registry: TestRegistry;
let server: Running;
let origin: string;

/** What the tests look at in one or another answer. */
interface Answer {
  meta: { total: number; truncated: boolean };
  results: { id: string; ctid: string; name: string; label: string }[];
  next: string | null;
  cut: { at: string; shown: number; of: number }[];
  errors: { parameter?: string; pointer?: string; suggestion?: string }[];
}

const connected = async (transport: Parameters<Client['connect']>[0], mode: 'legacy' | 'auto' = 'legacy') => {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(transport);
  return client;
};
const overStdio = (mode?: 'auto') => {
  const env = { PATH: process.env.PATH!, DATA_DIR: dataDir };
  return connected(
    new StdioClientTransport({ command: process.execPath, args: [main, 'mcp'], env, stderr: 'ignore' }),
    mode,
  );
};
const overHttp = (mode?: 'auto') => connected(new StreamableHTTPClientTransport(new URL(`${origin}/mcp`)), mode);

/** Asks a tool. The client checks the answer by the tool's output schema, which it learns from the list of tools. */
const ask = async (client: Client, name: string, given: Record<string, unknown>) => {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: given });
  const [first] = content as { type: string; text: string }[];
  const value = JSON.parse(first!.text) as Answer;
  if (!isError) expect(structuredContent).toEqual(value);
  return { value, text: first!.text, isError: isError === true };
};

beforeAll(async () => {
  registry = await startRegistry(market(size));
  await credatlas(['crawl', registry.source], { dataDir });
  server = startCredatlas(['serve', '--port', '0'], { dataDir, env: { LOG_LEVEL: 'warn' } });
  [, origin] = (await server.writes(/Credatlas is ready: (http:\/\/[^/\s]+)\//)) as unknown as [string, string];
}, 180_000);
afterAll(async () => {
  server.process.kill('SIGTERM');
  await server.finished;
  await registry.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  ['standard input and output', overStdio, undefined],
  ['standard input and output, newest revision', overStdio, 'auto'],
  ['HTTP', overHttp, undefined],
  ['HTTP, newest revision', overHttp, 'auto'],
] as const)('over %s', (_title, connect, mode) => {
  let client: Client;
  beforeAll(async () => {
    client = await connect(mode);
    await client.listTools();
  }, 180_000);
  afterAll(() => client.close());

  test('the tools are read-only, described, and have schemas of what they take and answer', async () => {
    expect(client.getServerVersion()).toMatchObject({ name: 'credatlas' });
    expect(client.getInstructions()).toContain('Missing is never zero');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    for (const { description, annotations, inputSchema, outputSchema } of tools) {
      expect(description).toMatch(/\w{3}/);
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(outputSchema).toMatchObject({ type: 'object', properties: { cut: { type: 'array' } } });
    }
    const schemaOf = (name: string) => tools.find((tool) => tool.name === name)!.inputSchema;
    expect(schemaOf('compare').required).toEqual(['ids']);
    expect(schemaOf('show').required).toEqual(['id']);
    expect(schemaOf('search').properties).toMatchObject({
      size: { default: 20, description: expect.stringContaining('200') },
      sample: { type: 'integer', minimum: 1, maximum: 200 },
      mode: { enum: ['strict', 'expanded'] },
    });
    expect(schemaOf('coverage').properties).toMatchObject({ skills: { type: 'string' } });
    expect(schemaOf('market').properties).not.toHaveProperty('format');
  });

  test('each tool answers, and its answer fits its schema', async () => {
    const { value: found } = await ask(client, 'search', { filter: 'skill:welding', sort: 'cost', size: 2 });
    expect(found.meta).toMatchObject({ total: 24, truncated: false });
    expect(found.results.map(({ name }) => name)).toEqual(['Welding certificate 0', 'Welding certificate 5']);
    expect(found.cut).toEqual([]);
    const [first, second] = found.results.map(({ id }) => id) as [string, string];
    for (const [name, given, expected] of [
      ['show', { id: first }, { ctid: ctidOf('credential', 0), nameText: 'Welding certificate 0', cut: [] }],
      ['compare', { ids: `${first},${second}` }, { credentials: [{ id: first }, { id: second }] }],
      ['similar', { id: first, size: 3 }, { meta: { of: { id: first } } }],
      ['checks', { id: first }, { credential: { id: first } }],
      ['coverage', { skills: 'welding|patient care', size: 1 }, { meta: { n: 2, total: 48 } }],
      ['bundles', { skills: 'welding|patient care' }, { bundles: [{ cost: { amount: '202.00' } }], optimal: true }],
      ['pathways', { to: first }, { meta: { to: { id: first } } }],
      ['market', { by: 'family', metrics: 'count,providers' }, { rows: [{ values: [120, 10] }] }],
      ['suggest', { q: 'weld', kind: 'skill' }, { results: [{ label: 'Welding', credentials: 24 }] }],
    ] as const) {
      const { value, isError } = await ask(client, name, given);
      expect({ name, isError, value }).toMatchObject({ name, isError: false, value: expected });
    }
  });

  test('a refusal is an error of the tool that names the argument and the nearest right one', async () => {
    const refused = async (name: string, given: Record<string, unknown>) => {
      const { value, isError } = await ask(client, name, given);
      expect(isError).toBe(true);
      return value.errors?.[0];
    };
    expect(await refused('search', { filter: 'famly:badge' })).toMatchObject({
      parameter: 'filter',
      suggestion: 'family',
    });
    expect(await refused('search', { szie: 3 })).toMatchObject({ parameter: 'szie', suggestion: 'size' });
    expect(await refused('search', { size: 1_000 })).toMatchObject({ parameter: 'size' });
    expect(await refused('search', { size: 'all' })).toMatchObject({ parameter: 'size' });
    expect(await refused('show', {})).toMatchObject({ parameter: 'id' });
    expect(await refused('coverage', { skills: ['welding'] })).toMatchObject({ parameter: 'skills' });
    expect((await ask(client, 'show', { id: 'nothing' })).value).toMatchObject({ code: 'unknown_credential' });
    await expect(client.callTool({ name: 'serch', arguments: {} })).rejects.toThrow('Nearest: search');
  });

  test('a page that is too long is given smaller, and its cursor goes on where it ends', async () => {
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { value, text } = await ask(client, 'search', { size: 100, sort: 'name', after });
      expect(text.length).toBeLessThanOrEqual(40_000);
      const of = Math.min(100, size - seen.length);
      seen.push(...value.results.map(({ ctid }) => ctid));
      if (value.next === null) break;
      expect(value.cut).toEqual([{ at: '/results', shown: value.results.length, of }]);
      after = value.next;
    }
    expect(seen).toHaveLength(size);
    expect(new Set(seen).size).toBe(size);
  });
});

describe('standard output', () => {
  test('holds nothing but messages, shows what is crawled meanwhile, and ends with its input', async () => {
    const { process: child, writes, finished } = startCredatlas(['mcp'], { dataDir });
    const say = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
    say({ id: 1, method: 'initialize', params });
    await writes(/"id":1/);
    say({ method: 'notifications/initialized' });
    registry.put(ctidOf('credential', 999), credential(999, { name: 'Quilting badge', price: 1 }));
    await credatlas(['crawl', registry.source], { dataDir });
    say({ id: 2, method: 'tools/call', params: { name: 'search', arguments: { q: 'quilting' } } });
    await writes(/"id":2/);
    child.stdin.end();
    const { code, out, error } = await finished;
    expect(code).toBe(0);
    const messages = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: number; result: object });
    expect(messages.map(({ id }) => id)).toEqual([1, 2]);
    expect(messages[1]!.result).toMatchObject({ structuredContent: { meta: { total: 1 } } });
    expect(error).toContain('Answering an agent');
  });

  test('a signal ends it in order', async () => {
    const running = startCredatlas(['mcp'], { dataDir });
    await running.writes(/Answering an agent/);
    running.process.kill('SIGTERM');
    expect((await running.finished).code).toBe(0);
  });
});

describe('HTTP', () => {
  const post = (
    headers: Record<string, string>,
    method = 'POST',
    body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
  ) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(origin);
      const asked = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers };
      request({ hostname, port, path: '/mcp', method, headers: asked }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () => resolve({ status: response.statusCode!, text }));
      })
        .on('error', reject)
        .end(method === 'POST' ? body : undefined);
    });

  test('an address bent to this machine and a page of another site are refused', async () => {
    expect((await post({})).status).toBe(200);
    expect(await post({ host: 'evil.example' })).toMatchObject({ status: 403 });
    expect((await post({ host: 'evil.example' })).text).toContain('host_not_allowed');
    expect((await post({ origin: 'https://evil.example' })).text).toContain('origin_not_allowed');
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ origin })).status).toBe(200);
    expect((await post({ host: `localhost:${new URL(origin).port}` })).status).toBe(200);
  });

  test('there is no session to open, keep or end, and what is no message is refused', async () => {
    expect((await post({}, 'GET')).status).toBe(405);
    expect((await post({}, 'DELETE')).status).toBe(405);
    expect((await post({}, 'POST', '{"jsonrpc":')).status).toBe(400);
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post({}, 'POST', `"${'x'.repeat(5_000_000)}"`)).status).toBe(413);
    expect((await post({ accept: 'text/html' })).status).toBe(406);
  });
});
