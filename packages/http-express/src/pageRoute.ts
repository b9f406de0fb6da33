import type { Route, RouteAnswer, RouteRequest } from '@credatlas/ports';
import { z } from 'zod';

/** A page or a file of one, for browsers: takes whatever parameters come, and stands in no description of the API. */
export function pageRoute(path: string, answer: (request: RouteRequest) => Promise<RouteAnswer>): Route {
  return {
    method: 'GET',
    path,
    operationId: `page ${path}`,
    summary: 'Page',
    tags: ['pages'],
    access: 'read',
    request: { query: z.looseObject({}) },
    response: { status: 200, schema: z.unknown(), mediaType: '*/*' },
    answer,
  };
}
