import { type IncomingHttpHeaders, request } from 'node:http';

/** Less than the server's own limit (`took_too_long`), and more than a busy machine needs: what hangs would never come. */
const capMs = 25_000;

export interface Call {
  method: string;
  /** As it is sent, whether it is well formed or not. */
  target: string;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
}

export interface CallAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Parsed where it is JSON. */
  body: unknown;
}

/** One request through a socket of its own. Throws when it hangs or the socket breaks. */
export function callServer(origin: URL, { method, target, body, headers }: Call): Promise<CallAnswer> {
  const what = `${method} ${target.slice(0, 200)}`;
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ host: origin.hostname, port: origin.port, path: target, method, timeout: capMs, agent: false },
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    });
    sent.on('timeout', () => sent.destroy(new TypeError('it hangs')));
    sent.on('error', (cause) => reject(new TypeError(`${what}: ${cause.message}`, { cause })));
    sent.on('response', async (response) => {
      let text = '';
      response.setEncoding('utf8');
      for await (const piece of response) text += piece;
      const { statusCode: status = 0, headers: given } = response;
      const isJson = /json/.test(given['content-type'] ?? '') && text !== '';
      resolve({ status, headers: given, body: isJson ? JSON.parse(text) : text });
    });
    sent.end(body);
  });
}
