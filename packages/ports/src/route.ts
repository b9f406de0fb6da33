import type { ZodObject, ZodType } from 'zod';

export interface RouteRequest {
  path: Record<string, string>;
  /** Parsed by `request.query`. */
  query: Record<string, unknown>;
  /** Parsed by `request.body`. */
  body: unknown;
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
  url: URL;
  requestId: string;
  signal: AbortSignal;
}

/** Bytes that lie ready and can be read from anywhere; what reads them answers `Range` by itself. */
export interface ByteSource {
  size: number;
  /** From the one byte up to the other, which is left out. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

export interface RouteAnswer {
  status?: number;
  /** JSON unless `mediaType` says otherwise; then text. */
  body?: unknown;
  /**
   * Instead of `body`: pieces made as fast as the caller takes them, and no longer than the caller stays. A failure before the first
   * piece is answered as any other; a later one breaks the transfer off. Needs `mediaType`.
   */
  stream?: AsyncIterable<string | Uint8Array>;
  /** Instead of `body`: what can be taken up again. Needs `mediaType` and a strong `etag` header. */
  bytes?: ByteSource;
  mediaType?: string;
  headers?: Record<string, string>;
  /** Forms of the route, by `format`, that this one answer cannot be had in: no link leads there. */
  without?: readonly string[];
}

/** A form that an answer can have beside JSON: chosen by `format=`, the ending of the path or `Accept`. */
export interface Form {
  /** Its name in `format=`, and the ending. */
  format: string;
  mediaType: string;
  /** `inJson`: what the route itself answers. */
  answer(request: RouteRequest, inJson: () => Promise<RouteAnswer>): Promise<RouteAnswer>;
}

/** One row of a stage's table of routes: what HTTP, OpenAPI, the command line and MCP are made from. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `{name}` marks a path parameter: one segment, percent-encoded. */
  path: string;
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  /** `write` needs a token, from loopback too. */
  access: 'read' | 'write';
  request: {
    path?: ZodObject;
    query?: ZodObject;
    body?: ZodType;
    /** Media types beside JSON that the body may be of, each with what makes of its bytes the value that `body` checks. */
    readers?: Record<string, (bytes: Uint8Array) => unknown>;
  };
  /** Example query strings or bodies, used by the documentation and run by the tests. */
  examples?: { summary: string; path?: Record<string, string>; query?: Record<string, string>; body?: unknown }[];
  /** `forms`: of a route that reads; an unstated `mediaType` is JSON. */
  response: { status: number; schema: ZodType; mediaType?: string; forms?: readonly Form[] };
  /**
   * How refusals look: ours (RFC 9457), or the Credential Registry's `{errors: […]}`. Also: registry routes take unknown
   * parameters without complaint, ours refuse them.
   */
  dialect?: 'credatlas' | 'registry';
  /** Of a route that is to go: days, ISO 8601, a half year apart or more; the path of what takes its place, if anything does. */
  deprecated?: { since: string; sunset: string; instead?: string };
  answer(request: RouteRequest): Promise<RouteAnswer>;
}
