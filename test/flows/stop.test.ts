import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { startCredatlas } from './startCredatlas.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-stop-'));
afterAll(() => rmSync(folder, { recursive: true }));

const textOf = async (response: IncomingMessage) =>
  Buffer.concat(await Array.fromAsync(response as AsyncIterable<Buffer>)).toString();

test('a server that is told to stop takes nothing new, finishes what it began, and ends in order', async () => {
  const server = startCredatlas(['serve', '--port', '0'], { dataDir: folder });
  const [, origin = ''] = await server.writes(/Credatlas is ready: (http:\/\/[^/\s]+)\//);
  const { port } = new URL(origin);
  // One connection that waits for another request, one whose request has come by half.
  const kept = new Agent({ keepAlive: true });
  const [idle] = (await once(get(`${origin}/healthz`, { agent: kept }), 'response')) as [IncomingMessage];
  await textOf(idle);
  const idleSocket = Object.values(kept.freeSockets)[0]![0]!;
  const body = JSON.stringify({ skills: ['welding'] });
  const headers = { 'content-type': 'application/json', 'content-length': body.length, 'x-request-id': 'begun-before' };
  const begun = request(`${origin}/v1/coverage`, { method: 'POST', headers, agent: false });
  begun.write(body.slice(0, 5));
  // The server has read the first half once it has answered what came after it.
  await (await fetch(`${origin}/healthz`)).text();

  const closed = once(idleSocket, 'close');
  server.process.kill('SIGTERM');
  await server.writes(/Stopping\./);
  await closed;
  const refused = connect(Number(port), '127.0.0.1');
  const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
  await delay(200);
  expect(server.process.exitCode).toBeNull();

  begun.end(body.slice(5));
  const [answer] = (await once(begun, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  expect(JSON.parse(await textOf(answer))).toMatchObject({ meta: { n: 1, total: 0 } });
  const { code, error: words } = await server.finished;
  expect(code).toBe(0);
  const lines = words.split('\n').filter((line) => line.startsWith('{'));
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(logged).toContainEqual(
    expect.objectContaining({ msg: 'request answered', requestId: 'begun-before', path: '/v1/coverage', status: 200 }),
  );
});
