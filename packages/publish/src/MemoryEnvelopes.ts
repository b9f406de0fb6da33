import { createHash } from 'node:crypto';
import { readCtid, referenceKey } from '@credatlas/ctdl';
import type { Envelope, EnvelopeEvent, EnvelopeReader } from '@credatlas/ports';

/** A graph to publish: its main CTID and class, and the document. */
export interface PublishedGraph {
  ctid: string;
  type: string;
  graph: { '@graph': Record<string, unknown>[] } & Record<string, unknown>;
}

interface Held {
  type: string;
  /** JSON text: an object of this size would take several times its memory. */
  graph: string;
  createdAt: string;
  updatedAt: string;
}

/** Envelopes in memory, with the events that changes make. Newest created first, as the registry lists them. */
export class MemoryEnvelopes implements EnvelopeReader {
  readonly #held = new Map<string, Held>();
  readonly #owner = new Map<string, string>();
  readonly #events: EnvelopeEvent[] = [];
  readonly #community: string;
  #order: string[] | undefined;

  constructor(options: { community: string }) {
    this.#community = options.community.replaceAll('-', '_');
  }

  /** Publishes or replaces; `at` is the registry's clock. */
  put({ ctid, type, graph }: PublishedGraph, at: string): void {
    const known = this.#held.get(ctid);
    this.#held.set(ctid, { type, graph: JSON.stringify(graph), createdAt: known?.createdAt ?? at, updatedAt: at });
    for (const node of graph['@graph'])
      if (typeof node['@id'] === 'string' && !node['@id'].startsWith('_:'))
        this.#owner.set(referenceKey(node['@id']), ctid);
    this.#events.unshift({ envelope_ceterms_ctid: ctid, event: known ? 'update' : 'create', created_at: at });
    if (!known) this.#order = undefined;
  }

  remove(ctid: string, at: string): void {
    if (!this.#held.delete(ctid)) return;
    for (const [key, owner] of this.#owner) if (owner === ctid) this.#owner.delete(key);
    this.#events.unshift({ envelope_ceterms_ctid: ctid, event: 'destroy', created_at: at });
    this.#order = undefined;
  }

  async total(): Promise<number> {
    return this.#held.size;
  }

  async page(offset: number, limit: number): Promise<Envelope[]> {
    return this.#listing()
      .slice(offset, offset + limit)
      .flatMap((ctid) => this.#envelope(ctid) ?? []);
  }

  async envelope(identity: string): Promise<Envelope | undefined> {
    const ctid = readCtid(identity).ctid;
    const main =
      ctid && this.#held.has(ctid) ? ctid : (this.#owner.get(referenceKey(identity)) ?? this.#byEnvelopeId(identity));
    return main ? this.#envelope(main) : undefined;
  }

  async events(query: {
    after?: string;
    ctid?: string;
    event?: EnvelopeEvent['event'];
    offset: number;
    limit: number;
  }): Promise<{ events: EnvelopeEvent[]; total: number }> {
    const after = query.after ? Date.parse(query.after) : Number.NEGATIVE_INFINITY;
    const found = this.#events.filter(
      (each) =>
        Date.parse(each.created_at) >= after &&
        (!query.ctid || each.envelope_ceterms_ctid === query.ctid.toLowerCase()) &&
        (!query.event || each.event === query.event),
    );
    return { events: found.slice(query.offset, query.offset + query.limit), total: found.length };
  }

  async *all(): AsyncIterable<Envelope> {
    for (const ctid of [...this.#held.keys()].sort()) {
      const envelope = this.#envelope(ctid);
      if (envelope) yield envelope;
    }
  }

  #listing(): string[] {
    this.#order ??= [...this.#held.keys()].reverse();
    return this.#order;
  }

  #byEnvelopeId(identity: string): string | undefined {
    return this.#listing().find((ctid) => envelopeId(ctid) === identity);
  }

  #envelope(ctid: string): Envelope | undefined {
    const held = this.#held.get(ctid);
    if (!held) return undefined;
    return {
      envelope_community: this.#community,
      envelope_id: envelopeId(ctid),
      envelope_ceterms_ctid: ctid,
      envelope_ctdl_type: held.type,
      envelope_type: 'resource_data',
      envelope_version: '1.0.0',
      decoded_resource: JSON.parse(held.graph) as Record<string, unknown>,
      resource_format: 'json',
      resource_encoding: 'jwt',
      publisher_id: null,
      secondary_publisher_id: null,
      resource_publish_type: 'primary',
      node_headers: {
        resource_digest: null,
        revision_history: [],
        created_at: held.createdAt,
        updated_at: held.updatedAt,
        deleted_at: null,
      },
      owned_by: null,
      published_by: null,
      changed: false,
      updated_at: held.updatedAt,
      last_verified_on: held.updatedAt.slice(0, 10),
    };
  }
}

/** A UUID of its own for each envelope, the same every time. */
function envelopeId(ctid: string): string {
  const hex = createHash('sha256').update(`envelope ${ctid}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
