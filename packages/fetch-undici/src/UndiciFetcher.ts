import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import {
  CredatlasError,
  InvalidInputError,
  NotAllowedError,
  ThrottledError,
  TooLargeError,
  UnavailableError,
} from '@credatlas/model';
import type { Clock, FetchAnswer, Fetcher, FetchRequest, Log } from '@credatlas/ports';
import { type Dispatcher, Pool } from 'undici';
import { AddressGuard } from './addressGuard.ts';
import { HostGate } from './HostGate.ts';
import { RobotsRules, robotsMaxBytes } from './RobotsRules.ts';

export interface FetchLimits {
  /** Exchanges at once with one host; above 4 the rate hardly rises and the other side notices. */
  concurrency: number;
  /** Between the starts of two exchanges with one host. */
  spacingMs: number;
  connectMs: number;
  /** Until the answer's headers, and between two pieces of its body. */
  answerMs: number;
  /** Whole exchange, body included. */
  totalMs: number;
  maxBytes: number;
  maxRedirects: number;
  /** Tries after the first. */
  retries: number;
  /** Longest wait that a site may ask for; beyond it the caller hears ThrottledError. */
  maxWaitMs: number;
}

export const defaultFetchLimits: FetchLimits = {
  concurrency: 4,
  spacingMs: 0,
  connectMs: 10_000,
  answerMs: 60_000,
  totalMs: 300_000,
  maxBytes: 512 * 1024 * 1024,
  maxRedirects: 5,
  retries: 4,
  maxWaitMs: 120_000,
};

export interface UndiciFetcherOptions {
  /** Names us and how to reach whoever runs this. */
  userAgent: string;
  clock: Clock;
  log: Log;
  /** Exact origins that may be private or loopback. */
  allowedOrigins?: string[];
  allowPrivate?: boolean;
  limits?: Partial<FetchLimits>;
}

const redirects = new Set([301, 302, 303, 307, 308]);
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The Fetcher over undici: one pool per origin, one gate per host, addresses checked where the connection is made. */
export class UndiciFetcher implements Fetcher {
  readonly #options: UndiciFetcherOptions;
  readonly #limits: FetchLimits;
  readonly #pools = new Map<string, Pool>();
  readonly #gates = new Map<string, HostGate>();
  readonly #guard = new AddressGuard();
  readonly #robots: RobotsRules;

  constructor(options: UndiciFetcherOptions) {
    this.#options = options;
    this.#limits = { ...defaultFetchLimits, ...options.limits };
    this.#robots = new RobotsRules({
      clock: options.clock,
      userAgent: options.userAgent,
      read: async (url) => {
        const answer = await this.#follow({ url, maxBytes: robotsMaxBytes * 2 }, { obeysRobots: false });
        return { status: answer.status, text: new TextDecoder().decode(answer.body) };
      },
    });
  }

  async fetch(request: FetchRequest): Promise<FetchAnswer> {
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await this.#follow(request, { obeysRobots: true });
        if (!passing.has(answer.status) || attempt >= this.#limits.retries) return this.#lastAnswer(answer);
        await this.#waitBeforeRetry({ url: request.url, attempt, answer, signal: request.signal });
      } catch (error) {
        if (!(error instanceof UnavailableError) || error instanceof ThrottledError || attempt >= this.#limits.retries)
          throw error;
        await this.#waitBeforeRetry({ url: request.url, attempt, signal: request.signal });
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  #lastAnswer(answer: FetchAnswer): FetchAnswer {
    if (answer.status === 429) {
      throw new ThrottledError('throttled', `${answer.url} asks to wait (429). Crawl it later, or less often.`, {
        retryAfterMs: this.#retryAfter(answer) ?? 60_000,
      });
    }
    if (passing.has(answer.status))
      throw new UnavailableError('unavailable', `${answer.url} answers ${answer.status} again and again. Try later.`);
    return answer;
  }

  async #waitBeforeRetry(given: {
    url: string;
    attempt: number;
    answer?: FetchAnswer;
    signal?: AbortSignal | undefined;
  }): Promise<void> {
    const asked = given.answer && this.#retryAfter(given.answer);
    if (asked !== undefined && asked > this.#limits.maxWaitMs) {
      throw new ThrottledError(
        'throttled',
        `${given.url} asks to wait ${Math.round(asked / 1000)} s. Crawl it later.`,
        { retryAfterMs: asked },
      );
    }
    // Exponential with full jitter, so that clients which failed together do not come back together.
    const backoff = Math.min(30_000, 500 * 2 ** given.attempt) * (0.5 + Math.random() / 2);
    const waitMs = asked ?? backoff;
    this.#options.log.debug('exchange is tried again', {
      url: given.url,
      attempt: given.attempt + 1,
      waitMs: Math.round(waitMs),
      status: given.answer?.status,
    });
    this.#gate(new URL(given.url)).pauseUntil(this.#options.clock.now() + (asked ?? 0));
    await this.#options.clock.sleep(waitMs, given.signal);
  }

  /** RFC 9110 §10.2.3: seconds, or a date. */
  #retryAfter(answer: FetchAnswer): number | undefined {
    const value = answer.headers['retry-after'];
    if (!value) return undefined;
    const seconds = Number(value);
    const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - this.#options.clock.now();
    return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
  }

  async #follow(request: FetchRequest, { obeysRobots }: { obeysRobots: boolean }): Promise<FetchAnswer> {
    let url = readUrl(request.url);
    for (let hop = 0; ; hop++) {
      if (obeysRobots) await this.#obeyRobots(url);
      const current = url;
      const answer = await this.#gate(url).enter(() => this.#exchange(current, request), request.signal);
      const location = answer.headers.location;
      if (!redirects.has(answer.status) || !location) return answer;
      if (hop >= this.#limits.maxRedirects) {
        throw new UnavailableError(
          'too_many_redirects',
          `${request.url} redirects more than ${this.#limits.maxRedirects} times. Check the address.`,
        );
      }
      url = readUrl(new URL(location, url).href);
    }
  }

  async #obeyRobots(url: URL): Promise<void> {
    const { isAllowed, crawlDelayMs } = await this.#robots.allows(url);
    if (crawlDelayMs) this.#gate(url).slowDown(Math.min(crawlDelayMs, this.#limits.maxWaitMs));
    if (isAllowed) return;
    throw new NotAllowedError(
      'robots_txt',
      `${url.href} may not be fetched: the robots.txt of ${url.origin} forbids it, or could not be read. Ask its owner.`,
    );
  }

  async #exchange(url: URL, request: FetchRequest): Promise<FetchAnswer> {
    const isAllowed = this.#options.allowPrivate || this.#options.allowedOrigins?.includes(url.origin);
    if (!isAllowed) this.#guard.checkLiteral(url);
    const signals = [AbortSignal.timeout(this.#limits.totalMs), ...(request.signal ? [request.signal] : [])];
    try {
      const response = await this.#pool(url).request({
        path: url.pathname + url.search,
        method: request.method ?? 'GET',
        headers: headersOf(request, this.#options.userAgent),
        body: request.body ?? null,
        signal: AbortSignal.any(signals),
      });
      return await this.#answer(url, response, request);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (error instanceof CredatlasError) throw error;
      throw new UnavailableError(
        'unavailable',
        `${url.href} could not be reached: ${messageOf(error)}. Check the address, or try later.`,
        { cause: error },
      );
    }
  }

  async #answer(url: URL, response: Dispatcher.ResponseData, request: FetchRequest): Promise<FetchAnswer> {
    const headers = flat(response.headers);
    const maxBytes = request.maxBytes ?? this.#limits.maxBytes;
    const raw = await bodyOf(response.body, { maxBytes, url: url.href });
    const { etag, 'last-modified': lastModified } = headers;
    return {
      url: url.href,
      status: response.statusCode,
      headers,
      body: decoded(raw, headers['content-encoding'], { maxBytes, url: url.href }),
      notModified: response.statusCode === 304,
      validators: { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) },
      fetchedAt: new Date(this.#options.clock.now()).toISOString(),
    };
  }

  #pool(url: URL): Pool {
    const known = this.#pools.get(url.origin);
    if (known) return known;
    const isAllowed = this.#options.allowPrivate || this.#options.allowedOrigins?.includes(url.origin);
    const pool = new Pool(url.origin, {
      connections: this.#limits.concurrency,
      connect: { timeout: this.#limits.connectMs, ...(isAllowed ? {} : { lookup: this.#guard.lookup as never }) },
      headersTimeout: this.#limits.answerMs,
      bodyTimeout: this.#limits.answerMs,
    });
    this.#pools.set(url.origin, pool);
    return pool;
  }

  #gate(url: URL): HostGate {
    const known = this.#gates.get(url.host);
    if (known) return known;
    const { concurrency, spacingMs } = this.#limits;
    const gate = new HostGate({ clock: this.#options.clock, concurrency, spacingMs });
    this.#gates.set(url.host, gate);
    return gate;
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidInputError('not_a_web_address', `"${text}" is no http or https address. Correct it.`);
  if (url.username || url.password)
    throw new NotAllowedError(
      'credentials_in_url',
      `The address of ${url.host} carries a name or password; it is not fetched. Remove them.`,
    );
  return url;
}

function headersOf(request: FetchRequest, userAgent: string): Record<string, string> {
  const { etag, lastModified } = request.validators ?? {};
  return {
    accept: 'application/ld+json, application/json;q=0.9, */*;q=0.1',
    'accept-encoding': 'gzip, br, deflate',
    'user-agent': userAgent,
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
    ...request.headers,
  };
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

async function bodyOf(
  body: Dispatcher.ResponseData['body'],
  limit: { maxBytes: number; url: string },
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > limit.maxBytes) throw tooLarge(limit);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

/** Synchronous: for bodies of a few kilobytes a fifth of the cost of the streaming form. */
function decoded(raw: Buffer, encoding: string | undefined, limit: { maxBytes: number; url: string }): Buffer {
  if (raw.length === 0 || !encoding || encoding === 'identity') return raw;
  const decoders = { gzip: gunzipSync, 'x-gzip': gunzipSync, br: brotliDecompressSync, deflate: inflateSync };
  const decode = decoders[encoding as keyof typeof decoders];
  if (!decode)
    throw new UnavailableError(
      'unknown_encoding',
      `${limit.url} answers in the encoding ${encoding}, which was not asked for.`,
    );
  try {
    return decode(raw, { maxOutputLength: limit.maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    throw new UnavailableError('broken_encoding', `${limit.url} answers a broken ${encoding} body. Try later.`, {
      cause: error,
    });
  }
}

function tooLarge({ maxBytes, url }: { maxBytes: number; url: string }): TooLargeError {
  return new TooLargeError(
    'answer_too_large',
    `${url} answers more than ${maxBytes} bytes; reading stopped. Ask for less at once.`,
  );
}

function messageOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return [code, message].filter(Boolean).join(' ') || String(error);
}
