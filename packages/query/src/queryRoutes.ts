import type { Route, RouteRequest } from '@credatlas/ports';
import { z } from 'zod';
import { totalsAsOf } from './asOf/totalsAsOf.ts';
import { bundleRoutes } from './bundles/bundleRoutes.ts';
import { checkRoutes } from './checks/checkRoutes.ts';
import { clusteredCredential } from './clusters/clusterAnswers.ts';
import { clusterRoutes } from './clusters/clusterRoutes.ts';
import { clusteredCredentialSchema } from './clusters/schemas.ts';
import { compareRoutes } from './compare/compareRoutes.ts';
import { coverageRoutes } from './coverage/coverageRoutes.ts';
import type { QueryContext, QueryDependencies } from './dependencies.ts';
import { type AllParameters, credentialForms, refuseAll } from './exports/credentialForms.ts';
import { findCredential } from './findCredential.ts';
import { graphForms, namedResource, type ResourceOfSource } from './forms/graphForms.ts';
import { withTableForms } from './forms/tableForms.ts';
import { lookUpRoutes } from './lookUpRoutes.ts';
import { marketRoutes } from './market/marketRoutes.ts';
import { pageLinks } from './pageLinks.ts';
import { credentialListQuery } from './parameters.ts';
import { pathwayRoutes } from './pathwayRoutes.ts';
import { queryContext } from './queryContext.ts';
import { referenceRoutes } from './references/referenceRoutes.ts';
import { reportRoutes } from './report/reportRoutes.ts';
import { ruleRoutes } from './rules/ruleRoutes.ts';
import { savedQueryRoutes } from './savedQueries/savedQueryRoutes.ts';
import { credentialListSchema } from './schemas.ts';
import { searchCredentials } from './searchCredentials.ts';
import { shortlistRoutes } from './shortlists/shortlistRoutes.ts';
import { similarRoutes } from './similar/similarRoutes.ts';
import { storedGraph, storedResource } from './storedSource.ts';

/** The routes that answer questions: search, comparison, look-ups, and the documents behind them (interface §2). */
export function queryRoutes(given: QueryDependencies): Route[] {
  const context = queryContext(given);
  return [
    ...credentialRoutes(context),
    ...checkRoutes(context),
    ...similarRoutes(context),
    ...compareRoutes(context),
    ...coverageRoutes(context),
    ...bundleRoutes(context),
    ...pathwayRoutes(context),
    ...lookUpRoutes(context),
    ...marketRoutes(context),
    ...ruleRoutes(context),
    ...shortlistRoutes(context),
    ...clusterRoutes(context),
    ...savedQueryRoutes(context),
    ...referenceRoutes(context),
    ...reportRoutes(context),
    ...sourceRoutes(context),
  ].map((route) => withTableForms(context, route));
}

const read = { method: 'GET', access: 'read' } as const;

function credentialRoutes(context: QueryContext): Route[] {
  return [
    {
      ...read,
      path: '/v1/credentials',
      operationId: 'searchCredentials',
      summary: 'Search credentials',
      description:
        'Totals and facets are exact and count credentials. A facet leaves out the clauses of its own field and counts what has no value as unknown.',
      tags: ['credentials'],
      request: { query: credentialListQuery },
      examples: [
        {
          summary: 'Cheap and short credentials about data, cheapest first',
          query: { q: 'data', filter: 'cost:<2000,days:<=180', sort: 'cost', facets: 'family,delivery' },
        },
        {
          summary: 'How many badges, certificates and degrees there are in New Jersey',
          query: { filter: 'region:NJ', facets: 'family,cost.bands(0|500|1000|5000)', size: '0' },
        },
        {
          summary: 'Everything that teaches welding, by stems and inferred skills too',
          query: { q: 'welding', mode: 'expanded', select: 'name,provider,skills,match' },
        },
      ],
      response: { status: 200, schema: credentialListSchema, forms: credentialForms(context) },
      answer: async (request) => {
        const { size, asOf, ...parameters } = request.query as unknown as AllParameters & { asOf?: string };
        refuseAll(size);
        if (asOf !== undefined) return { body: await totalsAsOf(context, { ...parameters, size, asOf }) };
        const body = await searchCredentials(context, { ...parameters, size });
        return { body, headers: pageLinks(context, request, body) };
      },
    },
    {
      ...read,
      path: '/v1/credentials/{id}',
      operationId: 'getCredential',
      summary: 'One credential in full',
      description:
        'As its source states it; where each value stands there is in `sourcePaths`. `cluster` names the records of other sources about the same credential and where they differ: no value is taken from them. 410 with a tombstone when it was withdrawn.',
      tags: ['credentials'],
      request: { path: z.object({ id: z.string().describe('CTID, IRI or our id.') }) },
      examples: [{ summary: 'By its CTID' }],
      response: {
        status: 200,
        schema: clusteredCredentialSchema,
        forms: graphForms(context, oneRecord(context), alone),
      },
      answer: async ({ path }) => ({ body: await clusteredCredential(context, path.id ?? '') }),
    },
  ];
}

const alone = { isList: false };

function oneRecord(context: QueryContext): (request: RouteRequest) => Promise<ResourceOfSource[]> {
  return async ({ path }) => {
    const { ctid, uri, provenance } = await findCredential(context, path.id ?? '');
    return [namedResource({ ctid, uri, source: provenance.source })];
  };
}

function sourceRoutes(context: QueryContext): Route[] {
  const common = {
    ...read,
    tags: ['sources'],
    request: { path: z.object({ ctid: z.string().describe('CTID in any case, IRI or our id.') }) },
    response: { status: 200, schema: z.looseObject({}) },
    dialect: 'registry' as const,
    examples: [{ summary: 'By its CTID' }],
  };
  return [
    {
      ...common,
      path: '/resources/{ctid}',
      operationId: 'getResource',
      summary: 'A resource as its source published it',
      answer: async ({ path }) => storedResource(context, path.ctid ?? ''),
    },
    {
      ...common,
      path: '/graph/{ctid}',
      operationId: 'getGraph',
      summary: 'The document about a resource, word for word as its source published it',
      answer: async ({ path }) => storedGraph(context, path.ctid ?? ''),
    },
  ];
}
