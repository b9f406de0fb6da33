import { UnsupportedMediaError } from '@credatlas/model';
import { formsOf } from './forms.ts';
import type { RouteMatch, RouteTable } from './RouteTable.ts';

/**
 * The route at a path, which may end in the name of a form: `/v1/credentials.csv`. An ending behind an encoded slash belongs to the IRI
 * that it ends. Throws UnsupportedMediaError `not_acceptable` for a form that the route does not have.
 */
export function matchWithEnding(
  table: RouteTable,
  { method, pathname }: { method: string; pathname: string },
): { match: RouteMatch; ending?: string; pathname: string } {
  const match = table.match(method, pathname);
  const [, bare = '', ending] = /^(.*[^/])\.([a-z]+)$/.exec(pathname) ?? [];
  if (ending === undefined || /%2f/i.test(bare.slice(bare.lastIndexOf('/')))) return { match, pathname };
  const bareMatch = table.match(method, bare);
  const forms = bareMatch.found === 'route' ? formsOf(bareMatch.route) : undefined;
  if (forms?.some(({ format }) => format === ending)) return { match: bareMatch, ending, pathname: bare };
  if (!forms || match.found !== 'nothing') return { match, pathname };
  const there = forms.map(({ format }) => `${bare}.${format}`).join(', ');
  throw new UnsupportedMediaError('not_acceptable', `There is no ${pathname.slice(0, 200)}. There is: ${there}.`);
}
