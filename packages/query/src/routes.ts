import { credentialSchema, organizationSchema, type SearchableCurrency, searchableCurrencies } from '@credatlas/model';
import type { Route, RouteRequest } from '@credatlas/ports';
import { z } from 'zod';
import { compareCredentials } from './compareCredentials.ts';
import type { QueryDependencies } from './dependencies.ts';
import { oneCredential, oneOrganization, oneSkill, organizationList, skillList, suggestions } from './lookUps.ts';
import {
  comparisonSchema,
  credentialListSchema,
  organizationListSchema,
  skillDetailSchema,
  skillListSchema,
  suggestionListSchema,
} from './schemas.ts';
import { type SearchParameters, searchCredentials } from './searchCredentials.ts';
import { storedGraph, storedResource } from './sources.ts';

const size = z.coerce.number().int().min(0).max(200).default(20).describe('Results per page, at most 200.');
const after = z.string().max(4_000).optional().describe('Cursor: `next` of the page before.');
const currency = z
  .enum(searchableCurrencies)
  .default('USD')
  .describe('Currency of cost filters, sorts and summaries; nothing is converted.');
const q = z.string().max(2_000).optional();

const searchQuery = z.object({
  q: q.describe('Words, all of which must occur; quoted phrases stay together.'),
  mode: z
    .enum(['strict', 'expanded'])
    .default('strict')
    .describe('expanded adds stems and inferred skills, below the strict hits.'),
  filter: z.string().max(16_000).optional().describe('field:value clauses joined by commas; see the reference.'),
  facets: z.string().max(4_000).optional().describe('family,region:50,cost.bands(0|500|1000),occupation.2'),
  sort: z.string().max(400).optional().describe('-updatedAt,cost; relevance with q, else name.'),
  size,
  after,
  select: z.string().max(1_000).optional().describe('Fields of the results.'),
  currency,
});

const listQuery = z.object({ q: q.describe('Beginning of any word of the name.'), size, after });

/** The routes of search, look-ups and comparison. */
export function queryRoutes(given: QueryDependencies): Route[] {
  return [...credentialRoutes(given), ...lookUpRoutes(given), ...sourceRoutes(given)];
}

const read = { method: 'GET', access: 'read' } as const;

function credentialRoutes(given: QueryDependencies): Route[] {
  return [
    {
      ...read,
      path: '/v1/credentials',
      operationId: 'searchCredentials',
      summary: 'Search credentials',
      tags: ['credentials'],
      request: { query: searchQuery },
      examples: [
        {
          summary: 'Cheap and short credentials about data',
          query: { q: 'data', filter: 'cost:<2000,days:<=180', sort: 'cost', facets: 'family,delivery' },
        },
        {
          summary: 'How many badges, certificates and degrees in New Jersey',
          query: { filter: 'region:NJ', facets: 'family', size: '0' },
        },
      ],
      response: { status: 200, schema: credentialListSchema },
      answer: async (request) => {
        const body = await searchCredentials(given, request.query as unknown as SearchParameters);
        return { body, headers: linkHeader(given, request, body.next) };
      },
    },
    {
      ...read,
      path: '/v1/credentials/{id}',
      operationId: 'getCredential',
      summary: 'One credential in full',
      description: 'By CTID, percent-encoded IRI, or our id. 410 with a tombstone when it was withdrawn.',
      tags: ['credentials'],
      request: {},
      response: { status: 200, schema: credentialSchema },
      answer: async ({ path }) => ({ body: await oneCredential(given, path.id ?? '') }),
    },
    {
      ...read,
      path: '/v1/compare',
      operationId: 'compareCredentials',
      summary: 'Credentials side by side',
      tags: ['credentials'],
      request: {
        query: z.object({
          ids: z.string().max(8_000).describe('Two to ten ids, CTIDs or IRIs, joined by commas.'),
          currency,
        }),
      },
      response: { status: 200, schema: comparisonSchema },
      answer: async ({ query }) => ({
        body: await compareCredentials(given, query as { ids: string; currency: SearchableCurrency }),
      }),
    },
  ];
}

function lookUpRoutes(given: QueryDependencies): Route[] {
  return [
    {
      ...read,
      path: '/v1/suggest',
      operationId: 'suggest',
      summary: 'Complete what is being typed',
      tags: ['look-ups'],
      request: {
        query: z.object({
          q: z.string().max(500),
          kind: z.string().max(100).optional().describe('name, skill, provider, occupation, program, subject'),
          size: size.default(10),
        }),
      },
      examples: [{ summary: 'Skills that begin so', query: { q: 'weld', kind: 'skill' } }],
      response: { status: 200, schema: suggestionListSchema },
      answer: async ({ query }) => ({ body: await suggestions(given, query as { q: string; size: number }) }),
    },
    {
      ...read,
      path: '/v1/organizations',
      operationId: 'listOrganizations',
      summary: 'Organizations by name',
      tags: ['look-ups'],
      request: { query: listQuery },
      response: { status: 200, schema: organizationListSchema },
      answer: async (request) => {
        const body = await organizationList(given, request.query as { size: number });
        return { body, headers: linkHeader(given, request, body.next) };
      },
    },
    {
      ...read,
      path: '/v1/organizations/{id}',
      operationId: 'getOrganization',
      summary: 'One organization',
      tags: ['look-ups'],
      request: {},
      response: { status: 200, schema: organizationSchema.extend({ credentials: z.number().int() }) },
      answer: async ({ path }) => ({ body: await oneOrganization(given, path.id ?? '') }),
    },
    {
      ...read,
      path: '/v1/skills',
      operationId: 'listSkills',
      summary: 'Skills by how many credentials name them',
      tags: ['look-ups'],
      request: { query: listQuery },
      response: { status: 200, schema: skillListSchema },
      answer: async (request) => {
        const body = await skillList(given, request.query as { size: number });
        return { body, headers: linkHeader(given, request, body.next) };
      },
    },
    {
      ...read,
      path: '/v1/skills/{key}',
      operationId: 'getSkill',
      summary: 'Who names a skill, and how',
      tags: ['look-ups'],
      request: {},
      response: { status: 200, schema: skillDetailSchema },
      answer: async ({ path }) => ({ body: await oneSkill(given, path.key ?? '') }),
    },
  ];
}

function sourceRoutes(given: QueryDependencies): Route[] {
  const common = {
    ...read,
    tags: ['sources'],
    request: {},
    response: { status: 200, schema: z.record(z.string(), z.unknown()) },
    dialect: 'registry' as const,
  };
  return [
    {
      ...common,
      path: '/resources/{ctid}',
      operationId: 'getResource',
      summary: 'A resource as its source published it',
      answer: async ({ path }) => storedResource(given, path.ctid ?? ''),
    },
    {
      ...common,
      path: '/graph/{ctid}',
      operationId: 'getGraph',
      summary: 'The document about a resource as its source published it',
      answer: async ({ path }) => storedGraph(given, path.ctid ?? ''),
    },
  ];
}

/** RFC 8288, beside `next` in the body. */
function linkHeader(given: QueryDependencies, request: RouteRequest, next: string | null): Record<string, string> {
  if (next === null) return {};
  const parameters = new URLSearchParams(request.url.search);
  parameters.set('after', next);
  return { link: `<${given.publicUrl}${request.url.pathname}?${parameters}>; rel="next"` };
}
