import { NotAllowedError } from '@credatlas/model';
import type { Log, Route } from '@credatlas/ports';
import {
  createMcpHandler,
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { type McpServerOptions, mcpServer } from './mcpServer.ts';

interface McpRouteOptions extends McpServerOptions {
  log: Log;
  /** Where the service is reached: beside this machine's own names, its host is the only one answered under. */
  publicUrl: string;
}

/**
 * The tools over streamable HTTP, for the revision of 2026-07-28 and, without sessions, for those before it: each request stands by
 * itself and nothing is kept between two. Pages of other sites, and addresses that were bent to this machine (DNS rebinding), are
 * refused.
 */
export function mcpRoute({ log, publicUrl, ...options }: McpRouteOptions): Route {
  const { fetch } = createMcpHandler(() => mcpServer(options), {
    // No tool ever changes, so there is nothing to listen for.
    maxSubscriptions: 0,
    onerror: (error) => log.debug('agent was refused', { error }),
  });
  const hosts = [...localhostAllowedHostnames(), new URL(publicUrl).hostname];
  return {
    method: 'POST',
    path: '/mcp',
    operationId: 'askAsAgent',
    summary: 'Model Context Protocol',
    tags: ['agents'],
    access: 'read',
    request: { query: z.looseObject({}), body: z.unknown() },
    response: { status: 200, schema: z.unknown(), mediaType: '*/*' },
    answer: async ({ body, headers, url, signal }) => {
      refuseForeign(headers, hosts);
      const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
      const request = new Request(url, { method: 'POST', headers: given, signal });
      const response = await fetch(request, { parsedBody: body });
      const text = await response.text();
      return {
        status: response.status,
        body: text === '' ? undefined : text,
        mediaType: response.headers.get('content-type') ?? 'application/json',
        headers: { 'cache-control': 'no-store' },
      };
    },
  };
}

function refuseForeign({ host, origin }: Record<string, string | undefined>, hosts: string[]): void {
  if (!validateHostHeader(host, hosts).ok)
    throw new NotAllowedError(
      'host_not_allowed',
      `Agents are not answered under the host "${host?.slice(0, 100)}", only under ${hosts.join(', ')}. Set PUBLIC_URL to where this service is reached.`,
    );
  if (!validateOriginHeader(origin, hosts).ok)
    throw new NotAllowedError(
      'origin_not_allowed',
      `Agents are not answered for pages of "${origin?.slice(0, 100)}". Ask from a program, or from a page of this service.`,
    );
}
