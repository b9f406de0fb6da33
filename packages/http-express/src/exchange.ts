import type { ByteSource, Clock, Log, Route } from '@credatlas/ports';

/** A request as the pipeline sees it, from a socket or from within the process. */
export interface HttpRequest {
  method: string;
  /** Path and query, as sent. */
  target: string;
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
  /** Who is at the other end of the socket; absent within the process. */
  address?: string;
  /** Reads the body; throws TooLargeError beyond `maxBytes`. */
  readBody(maxBytes: number): Promise<Uint8Array>;
  requestId: string;
  signal: AbortSignal;
}

/** An answer ready to be sent. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
  /** What is sent instead of `body`, piece by piece. */
  stream?: AsyncIterable<string | Uint8Array>;
  /** What is sent instead of `body`, whole or in part. */
  bytes?: ByteSource;
  /** What `body` was made from. */
  value: unknown;
  /** The route that answered, when one did. */
  route?: Route;
}

/** Who a token belongs to, and whether it may write; undefined for an unknown token. Compares hashes, never the token itself. */
export type TokenVerifier = (token: string) => Promise<{ name: string; mayWrite: boolean } | undefined>;

export interface ExchangeOptions {
  log: Log;
  clock: Clock;
  /** Base of the links it makes, without a slash at the end. */
  publicUrl: string;
  tokens?: TokenVerifier | undefined;
  limits?: Partial<ExchangeLimits> | undefined;
}

export interface ExchangeLimits {
  /** Characters of path and query: room for a filter of 64 clauses, and what proxies commonly let through. */
  maxTargetLength: number;
  maxBodyBytes: number;
  /** Nesting of a JSON body; no request of ours needs more than a few levels. */
  maxBodyDepth: number;
  /** How long a route may take before the caller is told 503. */
  timeLimitMs: number;
}

export const defaultLimits: ExchangeLimits = {
  maxTargetLength: 8192,
  maxBodyBytes: 4 * 1024 * 1024,
  maxBodyDepth: 64,
  timeLimitMs: 30_000,
};
