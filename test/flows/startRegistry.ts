import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A document a registry publishes under its CTID. */
export interface Published {
  ctid: string;
  graph: object;
  at: string;
}

/** A small registry for tests, over real sockets: lists, events, single envelopes. What it holds can be changed while it runs. */
export interface TestRegistry {
  source: string;
  /** Requests so far. */
  asked(): number;
  put(ctid: string, graph: object): void;
  remove(ctid: string): void;
  close(): Promise<void>;
}

export async function startRegistry(documents: Record<string, object>): Promise<TestRegistry> {
  const held = new Map<string, Published>();
  const events: { envelope_ceterms_ctid: string; event: string; created_at: string }[] = [];
  const note = (ctid: string, event: string, at: string): void => {
    events.unshift({ envelope_ceterms_ctid: ctid, event, created_at: at });
  };
  for (const [ctid, graph] of Object.entries(documents))
    held.set(ctid, { ctid, graph, at: '2026-01-01T00:00:00.000Z' });
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response, { held, events });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    source: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ce-registry`,
    asked: () => asked,
    put: (ctid, graph) => {
      const at = new Date().toISOString();
      note(ctid, held.has(ctid) ? 'update' : 'create', at);
      held.set(ctid, { ctid, graph, at });
    },
    remove: (ctid) => {
      held.delete(ctid);
      note(ctid, 'destroy', new Date().toISOString());
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, holding: Holding): void {
  const { status, body, headers } = answerTo(new URL(request.url ?? '/', 'http://registry.example'), holding);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

interface Holding {
  held: Map<string, Published>;
  events: { envelope_ceterms_ctid: string; created_at: string }[];
}

function answerTo(url: URL, { held, events }: Holding): { status: number; body: unknown; headers?: object } {
  const [, , kind, name] = url.pathname.split('/');
  if (kind === 'community') return { status: 200, body: { total_envelopes: held.size } };
  if (kind === 'envelopes' && name === 'events') {
    const after = Date.parse(url.searchParams.get('after') ?? '');
    return { status: 200, body: events.filter(({ created_at }) => !(Date.parse(created_at) < after)) };
  }
  if (kind === 'envelopes' && name === undefined) {
    const page = Number(url.searchParams.get('page') ?? 1);
    const perPage = Math.min(50, Number(url.searchParams.get('per_page') ?? 25));
    const all = [...held.values()].map(envelopeOf);
    const headers = { Total: String(all.length), 'Per-Page': String(perPage) };
    return { status: 200, body: all.slice((page - 1) * perPage, page * perPage), headers };
  }
  const found = kind === 'envelopes' ? held.get(name ?? '') : undefined;
  return found
    ? { status: 200, body: envelopeOf(found) }
    : { status: 404, body: { errors: ["Couldn't find Envelope"] } };
}

function envelopeOf({ ctid, graph, at }: Published): object {
  return {
    envelope_community: 'ce_registry',
    envelope_id: ctid.slice(3),
    envelope_ceterms_ctid: ctid,
    envelope_type: 'resource_data',
    decoded_resource: graph,
    node_headers: { created_at: '2026-01-01T00:00:00.000Z', updated_at: at, deleted_at: null },
    updated_at: at,
  };
}
