import { identityKey } from '@credatlas/ctdl';
import type { Route, RouteRequest } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from './dependencies.ts';
import { graphFormats, graphForms, namedResource, type ResourceOfSource } from './forms/graphForms.ts';
import { type ListParameters, oneOrganization, organizationList } from './organizations.ts';
import { pageLinks } from './pageLinks.ts';
import { listQuery, suggestQuery } from './parameters.ts';
import {
  listedOrganizationSchema,
  organizationListSchema,
  type SkillDetail,
  skillDetailSchema,
  skillListSchema,
  suggestionListSchema,
} from './schemas.ts';
import { oneSkill } from './skillDetail.ts';
import { skillList } from './skillLists.ts';
import { suggestions } from './suggestions.ts';

/** Suggestions, organizations and skills. */
export function lookUpRoutes(context: QueryContext): Route[] {
  return [suggestRoute(context), ...organizationRoutes(context), ...skillRoutes(context)];
}

const read = { method: 'GET', access: 'read', tags: ['look-ups'] as string[] } as const;

function suggestRoute(context: QueryContext): Route {
  return {
    ...read,
    path: '/v1/suggest',
    operationId: 'suggest',
    summary: 'Complete what is being typed',
    request: { query: suggestQuery },
    examples: [{ summary: 'Skills with a word that begins so', query: { q: 'weld', kind: 'skill' } }],
    response: { status: 200, schema: suggestionListSchema },
    answer: async ({ query }) => ({
      body: await suggestions(context, query as unknown as Parameters<typeof suggestions>[1]),
    }),
  };
}

const alone = { isList: false };

function organizationRoutes(context: QueryContext): Route[] {
  const organization = async ({ path }: RouteRequest) => [namedResource(await oneOrganization(context, path.id ?? ''))];
  return [
    {
      ...read,
      path: '/v1/organizations',
      operationId: 'listOrganizations',
      summary: 'Organizations by name',
      request: { query: listQuery },
      examples: [{ summary: 'Those with a word that begins with "college"', query: { q: 'college' } }],
      response: { status: 200, schema: organizationListSchema },
      answer: async (request) => {
        const body = await organizationList(context, request.query as unknown as ListParameters);
        return { body, headers: pageLinks(context, request, body) };
      },
    },
    {
      ...read,
      path: '/v1/organizations/{id}',
      operationId: 'getOrganization',
      summary: 'One organization',
      request: {
        path: z.object({ id: z.string().describe('CTID, IRI, our id, UNITID, OPEID, or the address of its page.') }),
      },
      examples: [{ summary: 'By its CTID' }],
      response: { status: 200, schema: listedOrganizationSchema, forms: graphForms(context, organization, alone) },
      answer: async ({ path }) => ({ body: await oneOrganization(context, path.id ?? '') }),
    },
  ];
}

function skillRoutes(context: QueryContext): Route[] {
  // A skill that several call the same may be known by its name, and have a record all the same.
  const resources = async ({ key, uri }: SkillDetail): Promise<ResourceOfSource[]> => {
    const keys = [key, ...(uri ? [identityKey(uri)] : [])];
    const holders = await context.graphs.holders(keys);
    return keys.flatMap((each) => (holders.get(each) ?? []).map(({ source }) => ({ source, key: each }))).slice(0, 1);
  };
  const skill = async ({ path }: RouteRequest) => resources(await oneSkill(context, path.key ?? ''));
  return [
    {
      ...read,
      path: '/v1/skills',
      operationId: 'listSkills',
      summary: 'Skills by how many credentials name them',
      request: { query: listQuery },
      examples: [{ summary: 'Those with a word that begins with "data"', query: { q: 'data' } }],
      response: { status: 200, schema: skillListSchema },
      answer: async (request) => {
        const body = await skillList(context, request.query as unknown as ListParameters);
        return { body, headers: pageLinks(context, request, body) };
      },
    },
    {
      ...read,
      path: '/v1/skills/{key}',
      operationId: 'getSkill',
      summary: 'Who names a skill, and how',
      request: { path: z.object({ key: z.string().describe('Key, IRI, code or label.') }) },
      examples: [{ summary: 'By its name' }],
      response: { status: 200, schema: skillDetailSchema, forms: graphForms(context, skill, alone) },
      answer: async ({ path }) => {
        const body = await oneSkill(context, path.key ?? '');
        // Most skills are only named by others.
        const isGraph = (await resources(body)).length > 0;
        return { body, without: isGraph ? [] : graphFormats.map(({ format }) => format) };
      },
    },
  ];
}
