import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ConflictError, InvalidInputError, NotAllowedError } from '@credatlas/model';
import { problemOf } from './problem.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ListenOptions {
  host: string;
  /** 0 picks a free one. */
  port: number;
  /** How long open requests may take to end when the server closes; then their connections are cut. */
  drainMs?: number;
}

/** A port that is taken already and may be given its work later. */
export interface HttpServer {
  /** Where it can be reached: scheme, host and port. */
  origin: string;
  /** From now on requests go to this handler; before, they are told 503. */
  serve(handler: RequestHandler): void;
  /** Takes no new connections, lets open requests end, then resolves. */
  close(): Promise<void>;
}

/** Well above what is taken as an address, so that a longer one gets an answer of ours. */
const maxHeaderBytes = 64 * 1024;
/** Slow senders are cut: headers within 10 s, the whole request within 60 s. */
const timeouts = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 10_000 };
/** No answer may take longer (`timeLimitMs`), so whatever was begun is finished; only endless transfers are cut. */
const defaultDrainMs = 30_000;

/**
 * Takes the port. Throws ConflictError `port_in_use`, NotAllowedError `port_not_allowed` or InvalidInputError `no_such_host` when
 * that cannot be.
 */
export async function listen({ host, port, drainMs = defaultDrainMs }: ListenOptions): Promise<HttpServer> {
  let handler: RequestHandler = answerStarting;
  const server = createServer({ maxHeaderSize: maxHeaderBytes, ...timeouts }, (request, response) => {
    // A connection that ends its request while the server closes would be kept alive for another.
    response.on('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    handler(request, response);
  });
  server.on('clientError', answerBroken);
  await started(server, { host, port });
  return {
    origin: originOf(host, (server.address() as AddressInfo).port),
    serve: (next) => {
      handler = next;
    },
    close: () => closed(server, drainMs),
  };
}

function started(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFault(error, `${host}:${port}`)));
    server.listen(port, host, resolve);
  });
}

function listenFault(cause: NodeJS.ErrnoException, address: string): Error {
  if (cause.code === 'EADDRINUSE')
    return new ConflictError(
      'port_in_use',
      `${address} is in use by another process. Set PORT to a free one; 0 picks one.`,
      { cause },
    );
  if (cause.code === 'EACCES')
    return new NotAllowedError('port_not_allowed', `${address} may not be used. Set PORT to one above 1023.`, {
      cause,
    });
  return new InvalidInputError(
    'no_such_host',
    `${address} is no address of this machine (${cause.code}). Correct HOST.`,
    { cause },
  );
}

/** An address that stands for all of the machine's is not one to go to. */
function originOf(host: string, port: number): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

async function closed(server: Server, drainMs: number): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await done;
  clearTimeout(cut);
}

function answerStarting(_request: IncomingMessage, response: ServerResponse): void {
  const answer = problemOf(
    { status: 503, code: 'starting', detail: 'The server is starting. Try again in a moment.' },
    { requestId: '', publicUrl: '' },
  );
  response.writeHead(503, { ...answer.headers, 'retry-after': '1' }).end(answer.body);
}

/** What node's parser refuses never becomes a request, so the answer is written by hand. */
function answerBroken(error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { body, headers, status } = problemOf(brokenRequest(error), { requestId: '', publicUrl: '' });
  const lines = Object.entries({
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`);
}

function brokenRequest({ code, rawPacket }: NodeJS.ErrnoException & { rawPacket?: Buffer }): {
  status: number;
  code: string;
  detail: string;
} {
  if (code === 'HPE_HEADER_OVERFLOW') {
    // Without the end of a line in what came last, it was still the address that went on.
    return rawPacket?.includes('\n')
      ? { status: 431, code: 'headers_too_large', detail: 'The headers are too large. Send fewer or shorter ones.' }
      : { status: 414, code: 'address_too_long', detail: 'The address is too long. Ask for less at once.' };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, code: 'request_timeout', detail: 'The request did not arrive in time. Send it again.' };
  return { status: 400, code: 'malformed_request', detail: 'This is not an HTTP request that can be read.' };
}
