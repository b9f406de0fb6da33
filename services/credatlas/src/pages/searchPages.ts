import { readFile } from 'node:fs/promises';
import { invokeRoute, pageRoute, type Readiness } from '@credatlas/http-express';
import type { Clock, Log, Route } from '@credatlas/ports';
import type { Comparison, CredentialList } from '@credatlas/query';
import { comparePage } from './comparePage.ts';
import { searchPage } from './searchPage.ts';
import { addressOf, apiQuery, readState } from './searchState.ts';

export interface SearchPagesOptions {
  /** The API: pages ask it as anybody does. */
  routes: readonly Route[];
  readiness: () => Promise<Readiness>;
  log: Log;
  clock: Clock;
  publicUrl: string;
}

/** The pages for people, and their two files; nothing comes from another host. */
export function searchPages(given: SearchPagesOptions): Route[] {
  return [
    pageRoute('/', async ({ url, signal }) => ({
      ...page(await searchContent(given, url, signal)),
      headers: { link: '</openapi.json>; rel="service-desc", </.well-known/api-catalog>; rel="api-catalog"' },
    })),
    pageRoute('/compare', async ({ url, signal }) => page(await compareContent(given, url, signal))),
    file('style.css', 'text/css'),
    file('search.mjs', 'text/javascript'),
  ];
}

function page(body: string): { body: string; mediaType: string } {
  return { body, mediaType: 'text/html' };
}

function file(name: string, mediaType: string): Route {
  const address = new URL(`../../pages/${name}`, import.meta.url);
  return pageRoute(`/pages/${name}`, async () => ({ body: await readFile(address, 'utf8'), mediaType }));
}

async function searchContent(given: SearchPagesOptions, url: URL, signal: AbortSignal): Promise<string> {
  const state = readState(url.searchParams);
  const { status, value } = await invokeRoute(
    given.routes,
    { path: '/v1/credentials', query: apiQuery(state), signal },
    given,
  );
  const { ready, detail } = await given.readiness();
  const loading = ready ? {} : { loading: [detail?.stage ?? 'starting', detail?.done].filter(Boolean).join(' ') };
  if (status === 200) return searchPage({ state, list: value as CredentialList, ...loading });
  return searchPage({ state, problem: problemIn(value), ...loading });
}

async function compareContent(given: SearchPagesOptions, url: URL, signal: AbortSignal): Promise<string> {
  const state = readState(url.searchParams);
  const { ids } = state;
  const answer = await invokeRoute(given.routes, { path: '/v1/compare', query: { ids: ids.join(',') }, signal }, given);
  const back = addressOf(state);
  if (answer.status === 200) return comparePage({ comparison: answer.value as Comparison, back, ids });
  return comparePage({ detail: problemIn(answer.value).detail, back, ids });
}

function problemIn(value: unknown): { detail: string; suggestions: string[] } {
  const { detail, errors } = value as { detail: string; errors?: { suggestion?: string }[] };
  const suggestions = (errors ?? []).flatMap(({ suggestion }) => (suggestion === undefined ? [] : [suggestion]));
  return { detail, suggestions };
}
