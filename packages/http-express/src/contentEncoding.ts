import { pipeline, Readable, type Transform } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzip,
  zstdCompress,
} from 'node:zlib';
import type { HttpAnswer, HttpRequest } from './exchange.ts';

type Encoding = 'zstd' | 'br' | 'gzip';

interface Coder {
  whole(bytes: Uint8Array): Promise<Uint8Array>;
  stream(): Transform;
}

/** A list of 484 kB takes 2 ms and becomes 24 kB; by brotli's default it takes 394 ms and becomes 20 kB, anew each time. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** Best first: what is taken when the caller likes several alike. */
const coders: Record<Encoding, Coder> = {
  zstd: { whole: promisify(zstdCompress), stream: createZstdCompress },
  br: { whole: (bytes) => promisify(brotliCompress)(bytes, brotli), stream: () => createBrotliCompress(brotli) },
  gzip: { whole: promisify(gzip), stream: createGzip },
};

/** Below this, headers and a round of compression outweigh what is saved. */
const leastBytes = 1024;

/**
 * The answer, compressed in the way that the caller likes best. Its entity tag becomes a weak one, since other bytes then say the
 * same; what must not be transformed stays as it is.
 */
export async function encodedAnswer(
  answer: HttpAnswer,
  { method, headers: asked }: Pick<HttpRequest, 'method' | 'headers'>,
): Promise<HttpAnswer> {
  const { status, stream } = answer;
  if (!mayBeEncoded(answer)) return answer;
  const headers: Record<string, string> = {
    ...answer.headers,
    vary: [answer.headers.vary, 'Accept-Encoding'].filter(Boolean).join(', '),
  };
  const encoding = preferredEncoding(asked['accept-encoding']);
  const body = Buffer.from(answer.body);
  if (!encoding || status === 304 || (!stream && body.length < leastBytes)) return { ...answer, headers };
  const encoded = { ...headers, 'content-encoding': encoding, ...weakTag(headers.etag) };
  if (!stream) return { ...answer, headers: encoded, body: await coders[encoding].whole(body) };
  return { ...answer, headers: encoded, stream: method === 'HEAD' ? stream : encodedStream(stream, coders[encoding]) };
}

/** Text of any kind; pictures, archives and columns of numbers are compressed as they are. */
function mayBeEncoded({ status, headers }: HttpAnswer): boolean {
  if (headers['content-encoding'] || headers['cache-control']?.includes('no-transform')) return false;
  const type = headers['content-type'] ?? '';
  return (
    status === 304 || /^(text|application\/([\w.-]+\+)?(json|xml|(x-)?ndjson|n-quads|n-triples|openmetrics))/.test(type)
  );
}

function weakTag(etag: string | undefined): { etag?: string } {
  return etag ? { etag: etag.replace(/^"/, 'W/"') } : {};
}

/** Fails and ends as the stream does, and ends it when nobody reads on. */
function encodedStream(stream: AsyncIterable<string | Uint8Array>, coder: Coder): AsyncIterable<Uint8Array> {
  const encoder = coder.stream();
  pipeline(Readable.from(stream, { objectMode: false }), encoder, () => undefined);
  return encoder;
}

/** The encoding that the caller likes best, ours first among equals; undefined: as it is (RFC 9110 §12.5.3). */
function preferredEncoding(accepted: string | undefined): Encoding | undefined {
  if (accepted === undefined) return undefined;
  const weights = weightsIn(accepted);
  const weightOf = (name: string): number => weights.get(name) ?? weights.get('*') ?? 0;
  const [best] = (Object.keys(coders) as Encoding[]).toSorted((a, b) => weightOf(b) - weightOf(a));
  const plain = weights.get('identity') ?? 0;
  return weightOf(best!) > 0 && weightOf(best!) >= plain ? best : undefined;
}

function weightsIn(accepted: string): Map<string, number> {
  return new Map(
    accepted.split(',').map((item) => {
      const [name = '', ...parameters] = item.toLowerCase().split(';');
      const weight = parameters.map((each) => each.trim()).find((each) => each.startsWith('q='));
      return [name.trim().replace(/^x-gzip$/, 'gzip'), weight === undefined ? 1 : Number(weight.slice(2)) || 0];
    }),
  );
}
