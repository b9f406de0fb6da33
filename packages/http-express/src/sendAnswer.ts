import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HttpAnswer } from './exchange.ts';

/**
 * Writes an answer. A stream is read no faster than the caller takes it, and closed when the caller leaves; one that fails breaks the
 * connection off, so that nobody takes half of it for the whole, and rejects.
 */
export async function sendAnswer(
  response: ServerResponse,
  answer: HttpAnswer,
  { requestId, seconds }: { requestId: string; seconds: number },
): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.setHeader('x-request-id', requestId);
  response.setHeader('server-timing', `total;dur=${Math.round(seconds * 1000)}`);
  response.setHeader('timing-allow-origin', '*');
  // A body that was refused unread would otherwise be taken for the next request.
  if (!response.req.complete) response.setHeader('connection', 'close');
  if (answer.stream) {
    // The first pieces may wait in a coder for more; the caller learns at once that they come.
    response.flushHeaders();
    if (response.req.method === 'HEAD') response.end();
    else await sendStream(response, answer.stream);
    return;
  }
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('content-length', body.byteLength);
  response.end(body);
}

async function sendStream(response: ServerResponse, stream: AsyncIterable<string | Uint8Array>): Promise<void> {
  try {
    await pipeline(Readable.from(stream, { objectMode: false }), response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
