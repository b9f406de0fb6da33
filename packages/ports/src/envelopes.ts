/** An envelope as the Credential Registry lists it (`credential-registry` API, entities/envelope). */
export interface Envelope {
  envelope_community: string;
  envelope_id: string;
  envelope_ceterms_ctid: string;
  envelope_ctdl_type: string;
  envelope_type: 'resource_data';
  envelope_version: string;
  decoded_resource?: Record<string, unknown>;
  resource_format: 'json';
  resource_encoding: 'jwt';
  publisher_id: string | null;
  secondary_publisher_id: string | null;
  resource_publish_type: 'primary' | 'secondary';
  node_headers: {
    resource_digest: null;
    revision_history: unknown[];
    created_at: string;
    updated_at: string;
    deleted_at: string | null;
  };
  owned_by: string | null;
  published_by: string | null;
  changed: boolean;
  updated_at: string;
  last_verified_on: string;
}

export interface EnvelopeEvent {
  envelope_ceterms_ctid: string;
  event: 'create' | 'update' | 'destroy';
  created_at: string;
}

/** What a registry serves. CTIDs in any case. */
export interface EnvelopeReader {
  total(): Promise<number>;
  /** Newest created first. */
  page(offset: number, limit: number): Promise<Envelope[]>;
  /** By envelope id, main CTID, or the CTID or IRI of any object in its graph. */
  envelope(identity: string): Promise<Envelope | undefined>;
  /** Newest first, `created_at` at or after the given moment. */
  events(query: {
    after?: string;
    ctid?: string;
    event?: EnvelopeEvent['event'];
    offset: number;
    limit: number;
  }): Promise<{ events: EnvelopeEvent[]; total: number }>;
  /** Every envelope, by CTID, for a dump. */
  all(): AsyncIterable<Envelope>;
}
