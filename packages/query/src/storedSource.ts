import { readCtid, referenceKey } from '@credatlas/ctdl';
import { shapeOf } from '@credatlas/linked-data';
import { NotFoundError, type StoredRecord } from '@credatlas/model';
import type { CredentialReader, RecordReader, RouteAnswer } from '@credatlas/ports';

interface SourceDependencies {
  credentials: CredentialReader;
  records: RecordReader;
}

const mediaType = 'application/json';

/**
 * The stored document about a resource as its source published it: word for word, an envelope unwrapped. Throws NotFoundError with the
 * registry's words.
 */
export async function storedGraph(given: SourceDependencies, identity: string): Promise<RouteAnswer> {
  const record = await liveRecord(given, identity, "Couldn't find Envelope");
  const { shape, resource } = shapeOf(JSON.parse(record.text));
  return answerOf(record, shape === 'envelope' ? JSON.stringify(resource) : record.text);
}

/** The one node of the document that is the resource, with the document's @context. Throws NotFoundError with the registry's words. */
export async function storedResource(given: SourceDependencies, identity: string): Promise<RouteAnswer> {
  const record = await liveRecord(given, identity, 'Resource not found');
  const { resource } = shapeOf(JSON.parse(record.text));
  const document = isObject(resource) ? resource : {};
  const nodes = Array.isArray(document['@graph']) ? document['@graph'] : [resource].flat();
  const wanted = referenceKey(await iriOf(given, identity));
  const prefixes = prefixesOf(document['@context']);
  const node = nodes
    .filter(isObject)
    .find((each) => namesOf(each, prefixes).some((name) => referenceKey(name) === wanted));
  if (!node) throw new NotFoundError('unknown_record', 'Resource not found');
  const context = document['@context'] === undefined ? {} : { '@context': document['@context'] };
  return answerOf(record, JSON.stringify({ ...context, ...node }));
}

/** Documents know nothing of our ids. */
async function iriOf({ credentials }: SourceDependencies, identity: string): Promise<string> {
  if (readCtid(identity).ctid) return identity;
  const known = (await credentials.credential(identity)) ?? (await credentials.organization(identity));
  return known?.ctid ?? known?.uri ?? identity;
}

/** CTID, and `@id` with the prefix of the document's own context written out. */
function namesOf(node: Record<string, unknown>, prefixes: Map<string, string>): string[] {
  return [node['@id'], node['ceterms:ctid']].flatMap((name) => {
    if (typeof name !== 'string') return [];
    const [, prefix = '', rest = ''] = /^([^:/]+):(?!\/\/)(.*)$/s.exec(name) ?? [];
    const namespace = prefixes.get(prefix);
    return [namespace === undefined ? name : `${namespace}${rest}`];
  });
}

function prefixesOf(context: unknown): Map<string, string> {
  const entries = [context].flat().filter(isObject).flatMap(Object.entries) as [string, unknown][];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function liveRecord({ records }: SourceDependencies, identity: string, message: string): Promise<StoredRecord> {
  const record = await records.recordOf(identity);
  if (!record || record.deletedAt) throw new NotFoundError('unknown_record', message);
  return record;
}

function answerOf(record: StoredRecord, body: string): RouteAnswer {
  const modified = Date.parse(record.modifiedAt ?? record.fetchedAt);
  return {
    body,
    mediaType,
    headers: {
      etag: `"${record.contentHash}"`,
      ...(Number.isNaN(modified) ? {} : { 'last-modified': new Date(modified).toUTCString() }),
    },
  };
}
