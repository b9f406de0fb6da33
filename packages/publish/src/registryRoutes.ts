import { NotFoundError } from '@credatlas/model';
import type { Route, RouteAnswer, RouteRequest } from '@credatlas/ports';
import { z } from 'zod';
import { dumpFile, dumpStatus } from './dumpAnswers.ts';
import { communityInfo, listEnvelopes, listEvents, oneEnvelope, registryRoot } from './envelopeAnswers.ts';
import { mintedCtid } from './mintedCtid.ts';
import type { RegistryDependencies } from './RegistryDependencies.ts';
import { checkExistence, oneGraph, oneResource, searchGraphs, searchResources } from './resourceAnswers.ts';

/** One line of the table: where, what it is called, what it does. */
type ReadRoute = Pick<Route, 'method' | 'path' | 'operationId' | 'summary' | 'examples'> & {
  mediaType?: string;
  answer(given: RegistryDependencies, request: RouteRequest): Promise<RouteAnswer>;
};

/**
 * The reading side of the Credential Registry's API, as its version of 2026 serves it: each route with and without its community, which
 * may be written with hyphens or underscores. Refusals are `{errors: [text]}` in the registry's own words; parameters that it does not
 * know are passed over, those it knows and cannot read are 400.
 */
export function registryRoutes(given: RegistryDependencies): Route[] {
  return readRoutes.flatMap((line) =>
    line.path === '/' || line.path === '/info'
      ? [routeOf(line, given)]
      : [routeOf(line, given), withCommunity(routeOf(line, given), given.community)],
  );
}

function routeOf({ mediaType, answer, ...line }: ReadRoute, given: RegistryDependencies): Route {
  return {
    ...line,
    tags: ['registry'],
    access: 'read',
    dialect: 'registry',
    // Read by the answer itself, which refuses in the registry's words.
    request: line.examples ? { body: z.unknown() } : {},
    response: { status: 200, schema: z.unknown(), ...(mediaType ? { mediaType } : {}) },
    answer: (request) => answer(given, request),
  };
}

function withCommunity(route: Route, community: string): Route {
  const dashed = (name: string): string => name.replaceAll('_', '-');
  return {
    ...route,
    path: `/{community}${route.path}`,
    operationId: `${route.operationId}OfCommunity`,
    answer: async (request) => {
      if (dashed(request.path.community ?? '') !== dashed(community))
        throw new NotFoundError('unknown_community', "Couldn't find the envelope community");
      return route.answer(request);
    },
  };
}

/** What asks by CTIDs sends them so. */
const byCtids = [
  {
    summary: 'Two CTIDs',
    body: { ctids: ['ce-00000000-0000-4000-8000-000000000001', 'ce-00000000-0000-4000-8000-000000000002'] },
  },
];

const readRoutes: readonly ReadRoute[] = [
  { method: 'GET', path: '/', operationId: 'registryRoot', summary: 'What this registry is', answer: registryRoot },
  { method: 'GET', path: '/info', operationId: 'registryInfo', summary: 'The communities', answer: registryRoot },
  { method: 'GET', path: '/ctid', operationId: 'mintCtid', summary: 'A new CTID', answer: mintedCtid },
  {
    method: 'GET',
    path: '/community/info',
    operationId: 'communityInfo',
    summary: 'How many envelopes there are',
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
    summary: 'What was created, updated and deleted, newest first',
    answer: listEvents,
  },
  {
    method: 'GET',
    path: '/envelopes/download',
    operationId: 'dumpStatus',
    summary: 'Where the dump is',
    answer: dumpStatus,
  },
  {
    method: 'POST',
    path: '/envelopes/download',
    operationId: 'requestDump',
    summary: 'Where the dump is',
    answer: dumpStatus,
  },
  {
    method: 'GET',
    path: '/envelopes/download/dump.zip',
    operationId: 'downloadDump',
    summary: 'Every envelope, one file each',
    mediaType: 'application/zip',
    answer: dumpFile,
  },
  { method: 'GET', path: '/envelopes/{id}', operationId: 'oneEnvelope', summary: 'One envelope', answer: oneEnvelope },
  { method: 'GET', path: '/graph/{id}', operationId: 'oneGraph', summary: 'One graph', answer: oneGraph },
  {
    method: 'POST',
    path: '/graph/search',
    operationId: 'searchGraphs',
    summary: 'Graphs by CTIDs',
    examples: byCtids,
    answer: searchGraphs,
  },
  { method: 'GET', path: '/resources/{id}', operationId: 'oneResource', summary: 'One resource', answer: oneResource },
  {
    method: 'POST',
    path: '/resources/search',
    operationId: 'searchResources',
    summary: 'Resources by CTIDs',
    examples: byCtids,
    answer: searchResources,
  },
  {
    method: 'POST',
    path: '/resources/check_existence',
    operationId: 'checkExistence',
    summary: 'Which of these CTIDs exist',
    examples: byCtids,
    answer: checkExistence,
  },
];
