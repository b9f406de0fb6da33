import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { NotAllowedError } from '@credatlas/model';

/** Networks that no stranger's URL may lead to: loopback, private, link-local (cloud metadata), carrier, test, multicast, reserved. */
const refusedNetworks: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['::ffff:0:0', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

function blockList(): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of refusedNetworks) list.addSubnet(network, prefix, family);
  return list;
}

type Lookup = (
  hostname: string,
  options: { all?: boolean; family?: number | string },
  callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
) => void;

/** Looks at the address that is really connected to, so that no name, notation or redirect gets round it. */
export class AddressGuard {
  readonly #refused = blockList();

  /** Throws NotAllowedError `private_address` for an address that is not public. */
  check(address: string, host: string): void {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (!this.#refused.check(address, family)) return;
    throw new NotAllowedError(
      'private_address',
      `${host} leads to ${address}, which is not a public address; it is not fetched. Set CRAWL_ALLOW_PRIVATE=true to crawl your own network.`,
    );
  }

  /** A resolver for connections that refuses before anything is sent. */
  readonly lookup: Lookup = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true, family: 0 }, (error, addresses) => {
      if (error) return callback(error, []);
      try {
        for (const { address } of addresses) this.check(address, hostname);
      } catch (refusal) {
        return callback(refusal as Error, []);
      }
      const first = addresses[0];
      if (options.all) return callback(null, addresses);
      return callback(null, first?.address ?? '', first?.family ?? 4);
    });
  };

  /** Literal addresses are never resolved, so they are checked before connecting. */
  checkLiteral(url: URL): void {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host)) this.check(host, url.host);
  }
}
