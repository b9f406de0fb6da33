import { readCtid, referenceKey } from '@credatlas/ctdl';
import { shapeOf } from '@credatlas/linked-data';
import { NotFoundError, type StoredRecord } from '@credatlas/model';
import type { RouteAnswer } from '@credatlas/ports';
import type { QueryDependencies } from './dependencies.ts';

/** The stored document about a resource, as its source published it (an envelope unwrapped). */
export async function storedGraph(given: QueryDependencies, identity: string): Promise<RouteAnswer> {
  const record = await liveRecord(given, identity);
  return answerOf(record, resourceIn(record));
}

/** The one node of the document that is the resource, with the document's @context. */
export async function storedResource(given: QueryDependencies, identity: string): Promise<RouteAnswer> {
  const record = await liveRecord(given, identity);
  const document = resourceIn(record) as Record<string, unknown>;
  const nodes = Array.isArray(document['@graph']) ? (document['@graph'] as Record<string, unknown>[]) : [document];
  const wanted = referenceKey(identity);
  const node =
    nodes.find((each) => typeof each?.['@id'] === 'string' && referenceKey(each['@id']) === wanted) ??
    nodes.find((each) => isAbout(each, identity));
  if (!node) throw notFound(identity, 'Resource not found');
  return answerOf(record, document['@context'] === undefined ? node : { '@context': document['@context'], ...node });
}

function isAbout(node: Record<string, unknown>, identity: string): boolean {
  const stated = node?.['ceterms:ctid'];
  return typeof stated === 'string' && readCtid(stated).ctid === readCtid(identity).ctid;
}

async function liveRecord({ records }: QueryDependencies, identity: string): Promise<StoredRecord> {
  const record = await records.recordOf(identity);
  if (!record || record.deletedAt) throw notFound(identity, "Couldn't find Envelope");
  return record;
}

function resourceIn(record: StoredRecord): unknown {
  return shapeOf(JSON.parse(record.text)).resource;
}

function answerOf(record: StoredRecord, body: unknown): RouteAnswer {
  return {
    body,
    headers: {
      etag: `"${record.contentHash.slice(0, 32)}"`,
      'last-modified': new Date(record.modifiedAt ?? record.fetchedAt).toUTCString(),
    },
  };
}

function notFound(identity: string, message: string): NotFoundError {
  return new NotFoundError('unknown_record', message, {
    faults: [{ code: 'unknown_record', detail: `No record states "${identity}".` }],
  });
}
