import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

function start(args: string[], given: { env?: Record<string, string>; stdio?: StdioOptions } = {}): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...process.env, ...given.env },
    stdio: given.stdio ?? ['pipe', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

const announcement = z.strictObject({ origin: z.url(), community: z.string(), envelopes: z.number() });

async function announced(child: ChildProcess): Promise<z.infer<typeof announcement>> {
  const [line] = await once(createInterface(child.stdout!), 'line');
  return announcement.parse(JSON.parse(String(line)));
}

async function jsonOf(response: Response): Promise<unknown> {
  return (await response.json()) as unknown;
}

test('it says where it is and serves the market there, on loopback whatever HOST says', async () => {
  const child = start(['--market', '--port', '0'], { env: { HOST: '0.0.0.0', PORT: '1' } });
  const { origin, community, envelopes } = await announced(child);
  expect(new URL(origin).hostname).toBe('127.0.0.1');
  expect(community).toBe('ce-registry');
  expect(await jsonOf(await fetch(`${origin}/ce_registry/community/info`))).toMatchObject({
    total_envelopes: envelopes,
  });
  const page = await fetch(`${origin}/ce-registry/envelopes?per_page=100`);
  expect(page.headers.get('x-total')).toBe(String(envelopes));
  expect(page.headers.get('link')).toContain(`<${origin}/ce-registry/envelopes?per_page=100&page=2>; rel="next"`);
  const [first] = z.array(z.object({ envelope_ceterms_ctid: z.string() })).parse(await jsonOf(page));
  const address = `${origin}/graph/${first?.envelope_ceterms_ctid.toUpperCase()}`;
  const graph = await fetch(address);
  expect(await jsonOf(graph)).toMatchObject({ '@context': 'https://credreg.net/ctdl/schema/context/json' });
  const again = await fetch(address, { headers: { 'if-none-match': graph.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
});

test('over sockets, refusals are the registry’s: 404, 400 and 405 with errors as a list', async () => {
  const { origin } = await announced(start(['--port', '0', '--community', 'navy_market']));
  const refused = async (path: string, init?: RequestInit): Promise<unknown[]> => {
    const response = await fetch(`${origin}${path}`, init);
    return [response.status, await jsonOf(response)];
  };
  const json = { 'content-type': 'application/json' };
  expect(await refused('/navy-market/graph/ce-1')).toEqual([404, { errors: ['Resource not found'] }]);
  expect(await refused('/ce-registry/envelopes')).toEqual([404, { errors: ["Couldn't find the envelope community"] }]);
  expect(await refused('/envelopes?page=x')).toEqual([400, { errors: ['page is invalid'] }]);
  expect(await refused('/graph/search', { method: 'POST', headers: json, body: '{}' })).toEqual([
    400,
    { errors: ['ctids is missing'] },
  ]);
  expect(await refused('/envelopes', { method: 'DELETE' })).toEqual([405, { errors: [expect.any(String)] }]);
  for (const path of ['/graph/%', '/envelopes?after=%ff', '/resources/%00', `/graph/${'x'.repeat(9000)}`])
    expect((await fetch(origin + path)).status).toBeLessThan(500);
});

test('the dump can be fetched', async () => {
  const { origin } = await announced(start(['--port', '0']));
  const { url } = z.object({ url: z.url() }).parse(await jsonOf(await fetch(`${origin}/envelopes/download`)));
  const dump = await fetch(url);
  expect(dump.headers.get('content-type')).toBe('application/zip');
  expect(new TextDecoder().decode((await dump.bytes()).subarray(0, 2))).toBe('PK');
});

test('it ends when whoever started it lets go of its standard input', async () => {
  const child = start(['--port', '0']);
  await announced(child);
  child.stdin?.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('without a pipe on its standard input it runs on, and ends on SIGTERM', async () => {
  const child = start(['--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const { origin } = await announced(child);
  expect((await fetch(`${origin}/info`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
  [['--port', '70000'], '--port: allowed is a whole number from 0 to 65535 (0 picks a free one).\n'],
  [['--community', 'A b'], '--community: allowed is lower-case letters, digits, - and _.\n'],
  [['--prot', '1'], expect.stringContaining("Unknown option '--prot'")],
])('a wrong setting %j stops the start with what is allowed and exit code 2', async (args, message) => {
  const child = start(args);
  const words = Array.fromAsync(child.stderr as AsyncIterable<Buffer>);
  expect(await once(child, 'exit')).toEqual([2, null]);
  expect(Buffer.concat(await words).toString()).toEqual(message);
});
