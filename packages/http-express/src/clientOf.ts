import { isIP, isIPv6 } from 'node:net';
import type { HttpRequest, TokenVerifier } from './exchange.ts';

/** How a client is known: not at all, by a token of ours, or because it runs on this machine. */
export type Tier = 'anonymous' | 'token' | 'loopback';

export interface Client {
  tier: Tier;
  /** What tells it from others of its tier. */
  name: string;
}

/**
 * Who asks. `X-Forwarded-For` is believed as far as the `trustedProxies` in front of this process have written it, and not at all
 * when there are none.
 */
export async function clientOf(
  { headers, address }: Pick<HttpRequest, 'headers' | 'address'>,
  { tokens, trustedProxies }: { tokens?: TokenVerifier | undefined; trustedProxies: number },
): Promise<Client> {
  const token = bearerToken(headers);
  const account = token === undefined ? undefined : await tokens?.(token);
  if (account) return { tier: 'token', name: account.name };
  const [written = ''] = trustedProxies > 0 ? (headers['x-forwarded-for'] ?? '').split(',').slice(-trustedProxies) : [];
  const claimed = plainAddress(written);
  const known = isIP(claimed) > 0 ? claimed : plainAddress(address ?? '');
  return isLoopback(known) ? { tier: 'loopback', name: '' } : { tier: 'anonymous', name: networkOf(known) };
}

/** The token of `Authorization: Bearer …`. */
export function bearerToken(headers: HttpRequest['headers']): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Without port, brackets and zone, and IPv4 as itself. */
function plainAddress(text: string): string {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/%.*$/, '');
  return bare.replace(/^::ffff:(?=\d+\.)/i, '').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}

function isLoopback(address: string): boolean {
  return /^127\./.test(address) || address === '::1';
}

/** An IPv6 host has 2^64 addresses of its own to choose from; its network is what tells it from others. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [front = [], back] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(back ? Math.max(0, 8 - front.length - back.length) : 0).fill('0');
  const groups = [...front, ...zeros, ...(back ?? [])].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}
