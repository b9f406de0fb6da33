import { NotFoundError } from '@credatlas/model';
import type { Envelope, RouteAnswer, RouteRequest } from '@credatlas/ports';
import { offsetOf, pageOf, pagingHeaders } from './paging.ts';
import type { RegistryDependencies } from './RegistryDependencies.ts';
import { choiceOf, momentOf, textOf } from './readParameters.ts';

export async function registryRoot(
  { envelopes, community }: RegistryDependencies,
  { url }: RouteRequest,
): Promise<RouteAnswer> {
  return {
    body: {
      api_version: '0.1.0',
      total_envelopes: await envelopes.total(),
      metadata_communities: { [community.replaceAll('-', '_')]: `${url.origin}/${community}` },
      info: `${url.origin}/info`,
    },
  };
}

export async function communityInfo({ envelopes }: RegistryDependencies): Promise<RouteAnswer> {
  return { body: { total_envelopes: await envelopes.total(), backup_item: null } };
}

/** Without their documents where `metadata_only` says so. */
export async function listEnvelopes(
  { envelopes }: RegistryDependencies,
  { query, url }: RouteRequest,
): Promise<RouteAnswer> {
  const page = pageOf(query);
  const isBare = choiceOf(query, 'metadata_only', ['true', 'false']) === 'true';
  const { offset, limit } = offsetOf(page);
  const found = await envelopes.page(offset, limit);
  const body = isBare ? found.map(({ decoded_resource: _document, ...metadata }) => metadata) : found;
  return { body, headers: pagingHeaders(url, page, await envelopes.total()) };
}

/** Those at or after a moment, of one CTID, of one kind; newest first. */
export async function listEvents(
  { envelopes }: RegistryDependencies,
  { query, url }: RouteRequest,
): Promise<RouteAnswer> {
  const page = pageOf(query);
  const after = momentOf(query, 'after');
  const ctid = textOf(query, 'ctid');
  const event = choiceOf(query, 'event', ['create', 'update', 'destroy']);
  const { events, total } = await envelopes.events({
    ...(after ? { after } : {}),
    ...(ctid ? { ctid } : {}),
    ...(event ? { event } : {}),
    ...offsetOf(page),
  });
  return { body: events, headers: pagingHeaders(url, page, total) };
}

/** By envelope id, by CTID in any case, or by the id of anything in its graph. */
export async function oneEnvelope({ envelopes }: RegistryDependencies, { path }: RouteRequest): Promise<RouteAnswer> {
  const envelope = await envelopes.envelope(path.id ?? '');
  if (!envelope) throw new NotFoundError('unknown_envelope', "Couldn't find Envelope");
  return { body: envelope, headers: lastModified(envelope) };
}

export function lastModified(envelope: Envelope): Record<string, string> {
  return { 'last-modified': new Date(envelope.updated_at).toUTCString() };
}
