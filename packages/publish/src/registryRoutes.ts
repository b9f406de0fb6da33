import { randomUUID } from 'node:crypto';
import { readCtid, referenceKey } from '@credatlas/ctdl';
import { NotFoundError } from '@credatlas/model';
import type { Envelope, EnvelopeEvent, EnvelopeReader, Route, RouteAnswer, RouteRequest } from '@credatlas/ports';
import { z } from 'zod';
import { pageOf, pagingHeaders } from './paging.ts';

/** What the routes answer from. */
export interface RegistryDependencies {
  envelopes: EnvelopeReader;
  /** With hyphens, as addresses write it. */
  community: string;
}

type Answer = (given: RegistryDependencies, request: RouteRequest) => Promise<RouteAnswer>;

const anything = z.unknown();

/** The read side of the Credential Registry's API, each route with and without its community. */
export function registryRoutes(given: RegistryDependencies): Route[] {
  const communities = [
    ...new Set([given.community, given.community.replaceAll('-', '_'), given.community.replaceAll('_', '-')]),
  ];
  const prefixes = ['', ...communities.map((community) => `/${community}`)];
  return readRoutes.flatMap(({ method, path, operationId, summary, body, answer }) =>
    (path === '/' || path === '/info' ? [''] : prefixes).map(
      (prefix, index): Route => ({
        method,
        path: `${prefix}${path}`,
        operationId: index === 0 ? operationId : `${operationId}In${index}`,
        summary,
        tags: ['registry'],
        access: 'read',
        dialect: 'registry',
        request: body ? { body } : {},
        response: { status: 200, schema: anything },
        answer: (request) => answer(given, request),
      }),
    ),
  );
}

const ctidList = z.object({ ctids: z.array(z.string()).max(1_000) }).loose();

const readRoutes: readonly {
  method: 'GET' | 'POST';
  path: string;
  operationId: string;
  summary: string;
  body?: z.ZodType;
  answer: Answer;
}[] = [
  { method: 'GET', path: '/', operationId: 'registryRoot', summary: 'What this registry is', answer: root },
  { method: 'GET', path: '/info', operationId: 'registryInfo', summary: 'Communities', answer: root },
  {
    method: 'GET',
    path: '/ctid',
    operationId: 'mintCtid',
    summary: 'A new CTID',
    answer: async () => ({ body: { ctid: `ce-${randomUUID()}` } }),
  },
  {
    method: 'GET',
    path: '/community/info',
    operationId: 'communityInfo',
    summary: 'Count of envelopes',
    answer: communityInfo,
  },
  {
    method: 'GET',
    path: '/envelopes',
    operationId: 'listEnvelopes',
    summary: 'Envelopes, newest first',
    answer: listEnvelopes,
  },
  {
    method: 'GET',
    path: '/envelopes/events',
    operationId: 'listEvents',
    summary: 'What was created, updated and deleted',
    answer: listEvents,
  },
  { method: 'GET', path: '/envelopes/{id}', operationId: 'oneEnvelope', summary: 'One envelope', answer: oneEnvelope },
  { method: 'GET', path: '/graph/{id}', operationId: 'oneGraph', summary: 'One graph', answer: oneGraph },
  {
    method: 'POST',
    path: '/graph/search',
    operationId: 'searchGraphs',
    summary: 'Graphs by CTIDs',
    body: ctidList,
    answer: searchGraphs,
  },
  { method: 'GET', path: '/resources/{id}', operationId: 'oneResource', summary: 'One resource', answer: oneResource },
  {
    method: 'POST',
    path: '/resources/search',
    operationId: 'searchResources',
    summary: 'Resources by CTIDs',
    body: ctidList,
    answer: searchResources,
  },
  {
    method: 'POST',
    path: '/resources/check_existence',
    operationId: 'checkExistence',
    summary: 'Which CTIDs exist',
    body: ctidList,
    answer: checkExistence,
  },
];

async function root({ envelopes, community }: RegistryDependencies, { url }: RouteRequest): Promise<RouteAnswer> {
  const total = await envelopes.total();
  const communities = { [community.replaceAll('-', '_')]: `${url.origin}/${community}` };
  return {
    body: {
      api_version: '0.1.0',
      total_envelopes: total,
      metadata_communities: communities,
      info: `${url.origin}/info`,
    },
  };
}

async function communityInfo({ envelopes }: RegistryDependencies): Promise<RouteAnswer> {
  return { body: { total_envelopes: await envelopes.total(), backup_item: null } };
}

async function listEnvelopes({ envelopes }: RegistryDependencies, request: RouteRequest): Promise<RouteAnswer> {
  const page = pageOf(request.query);
  const total = await envelopes.total();
  const found = await envelopes.page((page.number - 1) * page.size, page.size);
  const isBare = request.query.metadata_only === 'true';
  const body = isBare ? found.map(({ decoded_resource: _decoded, ...metadata }) => metadata) : found;
  return { body, headers: pagingHeaders(request.url, page, total) };
}

async function listEvents({ envelopes }: RegistryDependencies, request: RouteRequest): Promise<RouteAnswer> {
  const page = pageOf(request.query);
  const text = (name: string): string | undefined =>
    typeof request.query[name] === 'string' ? (request.query[name] as string) : undefined;
  const [after, ctid, event] = [text('after'), text('ctid'), text('event')];
  const { events, total } = await envelopes.events({
    ...(after && !Number.isNaN(Date.parse(after)) ? { after } : {}),
    ...(ctid ? { ctid } : {}),
    ...(event ? { event: event as EnvelopeEvent['event'] } : {}),
    offset: (page.number - 1) * page.size,
    limit: page.size,
  });
  return { body: events, headers: pagingHeaders(request.url, page, total) };
}

async function oneEnvelope({ envelopes }: RegistryDependencies, { path }: RouteRequest): Promise<RouteAnswer> {
  const envelope = await envelopes.envelope(path.id ?? '');
  if (!envelope) throw new NotFoundError('unknown_envelope', "Couldn't find Envelope");
  return { body: envelope, headers: lastModified(envelope) };
}

async function oneGraph({ envelopes }: RegistryDependencies, { path }: RouteRequest): Promise<RouteAnswer> {
  const envelope = await envelopes.envelope(path.id ?? '');
  if (!envelope) throw new NotFoundError('unknown_resource', 'Resource not found');
  return { body: envelope.decoded_resource, headers: lastModified(envelope) };
}

async function searchGraphs({ envelopes }: RegistryDependencies, { body }: RouteRequest): Promise<RouteAnswer> {
  const found = await Promise.all(distinctCtids(body).map((ctid) => envelopes.envelope(ctid)));
  return { body: found.flatMap((envelope) => envelope?.decoded_resource ?? []) };
}

async function oneResource({ envelopes }: RegistryDependencies, { path }: RouteRequest): Promise<RouteAnswer> {
  const envelope = await envelopes.envelope(path.id ?? '');
  const node = envelope && nodeIn(envelope, path.id ?? '');
  if (!node) throw new NotFoundError('unknown_resource', 'Resource not found');
  return { body: { '@context': envelope.decoded_resource?.['@context'], ...node }, headers: lastModified(envelope) };
}

async function searchResources({ envelopes }: RegistryDependencies, { body }: RouteRequest): Promise<RouteAnswer> {
  const ctids = distinctCtids(body);
  const found = await Promise.all(ctids.map((ctid) => envelopes.envelope(ctid)));
  return { body: found.flatMap((envelope, index) => (envelope && nodeIn(envelope, ctids[index] ?? '')) ?? []) };
}

async function checkExistence({ envelopes }: RegistryDependencies, { body }: RouteRequest): Promise<RouteAnswer> {
  const ctids = distinctCtids(body);
  const found = await Promise.all(ctids.map((ctid) => envelopes.envelope(ctid)));
  return { body: ctids.filter((_, index) => found[index]) };
}

function distinctCtids(body: unknown): string[] {
  return [...new Set((body as { ctids: string[] }).ctids.flatMap((raw) => readCtid(raw).ctid ?? []))];
}

function nodeIn(envelope: Envelope, identity: string): Record<string, unknown> | undefined {
  const nodes = envelope.decoded_resource?.['@graph'];
  const wanted = referenceKey(identity);
  return Array.isArray(nodes)
    ? nodes.find((node: Record<string, unknown>) => referenceKey(String(node['@id'] ?? '')) === wanted)
    : undefined;
}

function lastModified(envelope: Envelope): Record<string, string> {
  return { 'last-modified': new Date(envelope.updated_at).toUTCString() };
}
