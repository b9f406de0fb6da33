import { readCtid, registryIri } from '@credatlas/ctdl';
import type { EnvelopeFacts } from '@credatlas/model';
import { asArray, isObject } from './pointer.ts';

/** What a JSON document is, and where in it the linked data sits. */
export interface DocumentShape {
  shape: 'graph' | 'envelope' | 'node' | 'array' | 'unknown';
  /** The linked data itself, unwrapped. */
  resource: unknown;
  /** JSON pointer to `resource`. */
  pointer: string;
  /** IRI or CTID of what the document is about; absent: it has no usable identity, `reason` says why. */
  identity?: string;
  reason?: string;
  envelope?: EnvelopeFacts;
  /** ISO 8601 UTC, as an envelope states it. */
  modifiedAt?: string;
}

/** Longest JWT payload that is decoded; production graphs stay below. */
const maxJwtLength = 64 * 1024 * 1024;

/** Recognizes the shapes in which CTDL travels: registry graph, envelope, single node, array of nodes. Never throws. */
export function shapeOf(document: unknown): DocumentShape {
  if (Array.isArray(document)) return withIdentity({ shape: 'array', resource: document, pointer: '' });
  if (!isObject(document)) return unknown(document, 'it is no JSON object');
  if (isEnvelope(document)) return envelopeShape(document);
  if (Array.isArray(document['@graph'])) return withIdentity({ shape: 'graph', resource: document, pointer: '' });
  if (isNode(document)) return withIdentity({ shape: 'node', resource: document, pointer: '' });
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
  const decoded = document.decoded_resource ?? jwtPayload(document.resource);
  if (!isObject(decoded) && !Array.isArray(decoded)) {
    return {
      ...facts,
      ...unknown(document, 'the envelope holds neither decoded_resource nor a readable JWT resource'),
    };
  }
  const inner = shapeOf(decoded);
  return { ...inner, shape: 'envelope', pointer: '/decoded_resource', ...facts };
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

function jwtPayload(token: unknown): unknown {
  if (typeof token !== 'string' || token.length > maxJwtLength) return undefined;
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function withIdentity(shape: DocumentShape): DocumentShape {
  const nodes =
    shape.shape === 'graph' ? asArray((shape.resource as Record<string, unknown>)['@graph']) : asArray(shape.resource);
  const identity = nodes.map(identityOf).find((each) => each !== undefined);
  if (identity) return { ...shape, identity };
  return { ...shape, reason: `none of its ${nodes.length} top-level nodes has an absolute IRI as @id or a valid CTID` };
}

function identityOf(node: unknown): string | undefined {
  if (!isObject(node)) return undefined;
  const id = node['@id'] ?? node.id;
  if (typeof id === 'string' && /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(id)) return id;
  const ctid = asArray(node['ceterms:ctid'] ?? node.ctid)[0] ?? id;
  const read = typeof ctid === 'string' ? readCtid(textOf(ctid)).ctid : undefined;
  return read && registryIri(read);
}

function textOf(value: string): string {
  return value.trim();
}

function unknown(document: unknown, reason: string): DocumentShape {
  return { shape: 'unknown', resource: document, pointer: '', reason };
}
