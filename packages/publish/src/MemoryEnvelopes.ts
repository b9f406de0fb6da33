import { createHash } from 'node:crypto';
import { ctidOf, readCtid, referenceKey } from '@credatlas/ctdl';
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
  /** CTID of the owner, when the main resource names one. */
  owner: string | null;
  /** What the graph is found by. */
  keys: string[];
  createdAt: string;
  updatedAt: string;
}

/** Envelopes in memory, with the events that changes make. Newest created first, as the registry lists them. */
export class MemoryEnvelopes implements EnvelopeReader {
  readonly #held = new Map<string, Held>();
  /** Envelope ids and the keys of everything in a graph → its main CTID. */
  readonly #ctids = new Map<string, string>();
  /** Oldest first. */
  readonly #events: EnvelopeEvent[] = [];
  readonly #community: string;
  #newestFirst: string[] | undefined;

  constructor(options: { community: string }) {
    this.#community = options.community.replaceAll('-', '_');
  }

  /** Publishes or replaces; `at` is the registry's clock, ISO 8601. */
  put({ ctid, type, graph }: PublishedGraph, at: string): void {
    const known = this.#held.get(ctid);
    this.#forget(known);
    const [main] = graph['@graph'];
    const ids = graph['@graph'].flatMap(({ '@id': id }) =>
      typeof id === 'string' && !id.startsWith('_:') ? [id] : [],
    );
    const keys = [envelopeId(ctid), ...ids.map(referenceKey)];
    for (const key of keys) this.#ctids.set(key, ctid);
    this.#held.set(ctid, {
      type,
      graph: JSON.stringify(graph),
      owner: ownerOf(main ?? {}),
      keys,
      createdAt: known?.createdAt ?? at,
      updatedAt: at,
    });
    this.#note(ctid, known ? 'update' : 'create', at);
  }

  /** Deletes for good, as the registry does; nothing happens for what is not there. */
  remove(ctid: string, at: string): void {
    const known = this.#held.get(ctid);
    if (!known) return;
    this.#forget(known);
    this.#held.delete(ctid);
    this.#note(ctid, 'destroy', at);
  }

  async total(): Promise<number> {
    return this.#held.size;
  }

  async page(offset: number, limit: number): Promise<Envelope[]> {
    this.#newestFirst ??= [...this.#held.keys()].reverse();
    return this.#newestFirst.slice(offset, offset + limit).flatMap((ctid) => this.#envelope(ctid) ?? []);
  }

  async envelope(identity: string): Promise<Envelope | undefined> {
    const { ctid } = readCtid(identity);
    const isMain = ctid !== undefined && this.#held.has(ctid);
    const main = isMain ? ctid : (this.#ctids.get(referenceKey(identity)) ?? this.#ctids.get(identity.toLowerCase()));
    return main === undefined ? undefined : this.#envelope(main);
  }

  async events(query: Parameters<EnvelopeReader['events']>[0]): Promise<{ events: EnvelopeEvent[]; total: number }> {
    const after = query.after === undefined ? Number.NEGATIVE_INFINITY : Date.parse(query.after);
    const ctid = query.ctid && (readCtid(query.ctid).ctid ?? query.ctid);
    const found = this.#events.filter(
      (each) =>
        (!ctid || each.envelope_ceterms_ctid === ctid) &&
        (!query.event || each.event === query.event) &&
        Date.parse(each.created_at) >= after,
    );
    return { events: found.reverse().slice(query.offset, query.offset + query.limit), total: found.length };
  }

  async *all(): AsyncIterable<Envelope> {
    for (const ctid of [...this.#held.keys()].sort()) {
      const envelope = this.#envelope(ctid);
      if (envelope) yield envelope;
    }
  }

  #forget(held: Held | undefined): void {
    for (const key of held?.keys ?? []) this.#ctids.delete(key);
  }

  #note(ctid: string, event: EnvelopeEvent['event'], at: string): void {
    this.#events.push({ envelope_ceterms_ctid: ctid, event, created_at: at });
    if (event !== 'update') this.#newestFirst = undefined;
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
      owned_by: held.owner,
      published_by: null,
      changed: false,
      updated_at: held.updatedAt,
      last_verified_on: held.updatedAt.slice(0, 10),
    };
  }
}

function ownerOf(main: Record<string, unknown>): string | null {
  const owner = [main['ceterms:ownedBy']].flat()[0];
  return typeof owner === 'string' ? (ctidOf(owner) ?? null) : null;
}

/** A UUID of its own for each envelope, the same every time. */
function envelopeId(ctid: string): string {
  const hex = createHash('sha256').update(`envelope ${ctid}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
