import { invokeRoute } from '@credatlas/http-express';
import { counted } from '@credatlas/model';
import type { Clock, Log, Route } from '@credatlas/ports';
import type { CredentialList } from '@credatlas/query';
import type { Store } from '@credatlas/store-sqlite';

interface Announced {
  store: Store;
  routes: readonly Route[];
  publicUrl: string;
  /** How long the start took. */
  seconds: number;
  log: Log;
  clock: Clock;
}

type Query = Record<string, string>;

/** What a server says once it can answer: where it is, what there is, and three queries to paste. */
export async function announcement(given: Announced): Promise<string> {
  const { records, credentials, organizations, issues } = await given.store.credentials.counts();
  const figures = [
    counted(records, 'record'),
    counted(credentials, 'credential'),
    counted(organizations, 'organization'),
    counted(issues, 'issue'),
  ];
  const examples = (await exampleQueries(given)).map(({ path, query }) => `  curl '${addressOf(given, path, query)}'`);
  return [
    '',
    `Credatlas is ready: ${given.publicUrl}/`,
    `Loaded: ${figures.join(', ')}, in ${given.seconds.toFixed(1)} s`,
    '',
    'Try:',
    ...examples,
    '',
    `The API: ${given.publicUrl}/docs`,
    '',
  ].join('\n');
}

async function exampleQueries(given: Announced): Promise<{ path: string; query: Query }[]> {
  const select = 'name,provider,cost,durationDays';
  return [
    { path: '/v1/credentials', query: { q: 'data analysis', facets: 'family,delivery', select, size: '5' } },
    {
      path: '/v1/credentials',
      query: { filter: 'region:NJ,cost:<2000,days:<=180', sort: 'cost', select, size: '5' },
    },
    await comparison(given),
  ];
}

/** Two credentials of different providers with skills and a price in common; whatever there is when there are no such. */
async function comparison(given: Announced): Promise<{ path: string; query: Query }> {
  const query = { q: 'data analysis', mode: 'expanded', filter: 'skill:*,cost:*', size: '50', select: 'provider' };
  const { value } = await invokeRoute(given.routes, { path: '/v1/credentials', query }, given);
  const results = (value as Partial<CredentialList>).results ?? [];
  const [first] = results;
  const other = results.find(({ provider }) => provider?.id !== first?.provider?.id);
  if (!first?.id || !other?.id) return { path: '/v1/skills', query: { size: '10' } };
  return { path: '/v1/compare', query: { ids: `${first.id},${other.id}` } };
}

/** Encoded only where an address needs it, so that people can read and change it. */
function addressOf({ publicUrl }: Announced, path: string, query: Query): string {
  const parts = Object.entries(query).map(([name, value]) => `${name}=${readably(value)}`);
  return `${publicUrl}${path}?${parts.join('&')}`;
}

function readably(value: string): string {
  return encodeURIComponent(value)
    .replace(/%(2C|3A|3D)/g, decodeURIComponent)
    .replaceAll('%20', '+');
}
