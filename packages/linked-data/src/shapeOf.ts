import { readCtid, registryIri } from '@credatlas/ctdl';
import type { EnvelopeFacts } from '@credatlas/model';
import { asArray, isObject } from './pointer.ts';

/** What a JSON document is, and where in it the linked data sits. */
export interface DocumentShape {
  shape: 'graph' | 'envelope' | 'node' | 'array' | 'row' | 'unknown';
  /** The linked data itself, unwrapped. */
  resource: unknown;
  /** JSON pointer to `resource`; to its encoded form, when that is how it stands in the document. */
  pointer: string;
  /** IRI or CTID of what the document is about; absent: it has no usable identity, `reason` says why. */
  identity?: string;
  reason?: string;
  envelope?: EnvelopeFacts;
  /** ISO 8601 UTC, as an envelope states it. */
  modifiedAt?: string;
}

/** Longest encoded resource that is decoded, in characters; the largest production graphs stay far below. */
const maxResourceLength = 64 * 1024 * 1024;

/** Recognizes the shapes in which CTDL travels: registry graph, envelope, single node, array of nodes. Never throws. */
export function shapeOf(document: unknown): DocumentShape {
  return isObject(document) && isEnvelope(document) ? envelopeShape(document) : linkedDataShape(document);
}

function linkedDataShape(document: unknown): DocumentShape {
  if (Array.isArray(document)) return withIdentity({ shape: 'array', resource: document, pointer: '' });
  if (!isObject(document)) return unknown(document, 'it is no JSON object');
  if (Array.isArray(document['@graph'])) return withIdentity({ shape: 'graph', resource: document, pointer: '' });
  if (isNode(document)) return withIdentity({ shape: 'node', resource: document, pointer: '' });
  if (ctidCell(document) !== undefined) return withIdentity({ shape: 'row', resource: document, pointer: '' });
  return unknown(document, 'it has no @graph, @id, @type or CTDL property, so it is no JSON-LD document');
}

function isEnvelope(document: Record<string, unknown>): boolean {
  return (
    'decoded_resource' in document ||
    ('resource' in document && ('envelope_id' in document || 'envelope_type' in document))
  );
}

function isNode(document: Record<string, unknown>): boolean {
  return Object.keys(document).some(
    (key) => key === '@id' || key === '@type' || key === '@context' || /^(ceterms|ceasn|qdata|asn|skos):/.test(key),
  );
}

function envelopeShape(document: Record<string, unknown>): DocumentShape {
  const facts = envelopeFacts(document);
  const isDecoded = isObject(document.decoded_resource) || Array.isArray(document.decoded_resource);
  const content = isDecoded ? document.decoded_resource : decodedResource(document.resource);
  if (content === undefined) {
    const reason = 'the envelope holds neither decoded_resource nor a resource that is a readable JWT or JSON';
    return { ...facts, ...unknown(document, reason) };
  }
  const pointer = isDecoded ? '/decoded_resource' : '/resource';
  return { ...linkedDataShape(content), shape: 'envelope', pointer, ...facts };
}

function envelopeFacts(document: Record<string, unknown>): Pick<DocumentShape, 'envelope' | 'modifiedAt'> {
  const headers = isObject(document.node_headers) ? document.node_headers : {};
  const modifiedAt = instantOf(document.updated_at) ?? instantOf(headers.updated_at);
  return {
    envelope: {
      ...textField('community', document.envelope_community),
      ...textField('envelopeId', document.envelope_id),
      ...textField('ownedBy', document.owned_by),
      ...textField('publishedBy', document.published_by),
    },
    ...(modifiedAt ? { modifiedAt } : {}),
  };
}

function textField<K extends string>(name: K, value: unknown): { [P in K]?: string } {
  return (typeof value === 'string' && value !== '' ? { [name]: value } : {}) as { [P in K]?: string };
}

/** Both of the registry's styles: ISO 8601, and `2024-01-02 03:04:05 UTC`. */
function instantOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const time = Date.parse(value.trim().replace(/ UTC$/, 'Z').replace(' ', 'T'));
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The content of `resource`: JSON as it is or as text, or the payload of a JWT, whose signature is not checked here. */
function decodedResource(resource: unknown): unknown {
  if (typeof resource !== 'string') return isObject(resource) || Array.isArray(resource) ? resource : undefined;
  if (resource.length > maxResourceLength) return undefined;
  const isJson = /^\s*[[{]/.test(resource);
  try {
    const text = isJson ? resource : Buffer.from(resource.split('.')[1] ?? '', 'base64url').toString('utf8');
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null ? content : undefined;
  } catch {
    return undefined;
  }
}

function withIdentity(shape: DocumentShape): DocumentShape {
  const nodes =
    shape.shape === 'graph' ? asArray((shape.resource as Record<string, unknown>)['@graph']) : asArray(shape.resource);
  for (const node of nodes) {
    const identity = identityOf(node);
    if (identity !== undefined) return { ...shape, identity };
  }
  return { ...shape, reason: `none of its ${nodes.length} top-level nodes has an absolute IRI as @id or a valid CTID` };
}

function identityOf(node: unknown): string | undefined {
  if (!isObject(node)) return undefined;
  const id = node['@id'] ?? node.id;
  if (typeof id === 'string' && /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(id)) return id;
  const ctid = asArray(node['ceterms:ctid'] ?? node.ctid ?? ctidCell(node))[0] ?? id;
  const read = typeof ctid === 'string' ? readCtid(ctid).ctid : undefined;
  if (read) return registryIri(read);
  // What a page describes without an @id is known by the address it names.
  const page = asArray(node.url ?? node['schema:url'])[0];
  return typeof page === 'string' && /^https?:\/\/\S+$/i.test(page) ? page : undefined;
}

/** The cell of a table's row that is headed CTID. */
function ctidCell(row: Record<string, unknown>): unknown {
  if (!Object.values(row).every((cell) => typeof cell === 'string')) return undefined;
  const heading = Object.keys(row).find((key) => /^\uFEFF?\s*ctid\s*$/i.test(key));
  return heading === undefined ? undefined : row[heading];
}

function unknown(document: unknown, reason: string): DocumentShape {
  return { shape: 'unknown', resource: document, pointer: '', reason };
}
