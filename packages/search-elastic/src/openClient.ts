import { Client, type ClientOptions, SniffingTransport } from '@elastic/elasticsearch';

/** Where Elasticsearch is and who we are there. */
export interface ElasticConnection {
  /** Addresses of one or more nodes of one cluster. */
  nodes: string[];
  apiKey?: string;
  user?: { name: string; password: string };
  /** Certificate authority in PEM, when the system does not know it. */
  certificateAuthority?: string;
}

/** One request may take this long; a rebuild's refresh of 1.85 million documents took 20 s. */
const requestTimeoutMs = 60_000;

/**
 * Speaks to 8.19 and 9.x alike: the client of version 9 asks for `compatible-with=9`, which an 8.x server refuses, while 9.x servers
 * accept 8 as well.
 */
class CompatibleTransport extends SniffingTransport {
  constructor(options: ConstructorParameters<typeof SniffingTransport>[0]) {
    const form = 'application/vnd.elasticsearch+json; compatible-with=8';
    super({
      ...options,
      vendoredHeaders: {
        jsonContentType: form,
        ndjsonContentType: 'application/vnd.elasticsearch+x-ndjson; compatible-with=8',
        accept: `${form},text/plain`,
      },
    });
  }
}

/** A client that never retries by itself: `Patience` does, and says so. */
export function openClient({ nodes, apiKey, user, certificateAuthority }: ElasticConnection): Client {
  const options: ClientOptions = {
    nodes,
    Transport: CompatibleTransport,
    maxRetries: 0,
    requestTimeout: requestTimeoutMs,
    disablePrototypePoisoningProtection: true,
    enableMetaHeader: false,
  };
  if (certificateAuthority) options.tls = { ca: certificateAuthority };
  if (apiKey) options.auth = { apiKey };
  else if (user) options.auth = { username: user.name, password: user.password };
  return new Client(options);
}
