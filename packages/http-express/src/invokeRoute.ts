import { randomUUID } from 'node:crypto';
import type { Clock, Log, Route } from '@credatlas/ports';
import { answerRequest } from './answerRequest.ts';
import type { HttpAnswer } from './exchange.ts';
import { RouteTable } from './RouteTable.ts';

export interface Invocation {
  method?: Route['method'];
  /** Encoded, without the query. */
  path: string;
  query?: Record<string, string | undefined>;
  /** JSON, unless `mediaType` says otherwise; then bytes. */
  body?: unknown;
  mediaType?: string;
  signal?: AbortSignal;
}

/**
 * Answers a request within the process, with the same reading, checks, errors and body text as over HTTP. Time is not limited:
 * whoever calls can end it by its signal. `mayWrite`: as the holder of a token would.
 */
export async function invokeRoute(
  routes: readonly Route[],
  invocation: Invocation,
  given: { log: Log; clock: Clock; publicUrl: string; mayWrite?: boolean },
): Promise<HttpAnswer> {
  const { body, mediaType = 'application/json', method = 'GET' } = invocation;
  const query = new URLSearchParams(
    Object.entries(invocation.query ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const request = {
    method,
    target: query.size > 0 ? `${invocation.path}?${query}` : invocation.path,
    headers: {
      ...(body === undefined ? {} : { 'content-type': mediaType }),
      ...(given.mayWrite ? { authorization: `Bearer ${withinProcess}` } : {}),
    },
    readBody: async () => (body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body))),
    requestId: randomUUID(),
    signal: invocation.signal ?? new AbortController().signal,
  };
  // A shell has no caps of its own, so an id list or a filter may be longer than an address.
  const limits = { maxTargetLength: 1024 * 1024, timeLimitMs: 2 ** 31 - 1 };
  const tokens = async () => ({ name: withinProcess, mayWrite: true });
  return answerRequest(tableOf(routes), request, { ...given, limits, ...(given.mayWrite ? { tokens } : {}) });
}

const tables = new WeakMap<readonly Route[], RouteTable>();

/** Made once for the same list of routes: that takes some milliseconds. */
function tableOf(routes: readonly Route[]): RouteTable {
  const table = tables.get(routes) ?? new RouteTable(routes);
  tables.set(routes, table);
  return table;
}

/** Whoever may open the store's file may write into it: no secret, and known to this one call only. */
const withinProcess = 'within-process';
