import { InvalidInputError } from '@credatlas/model';
import type { Route } from '@credatlas/ports';
import { withFormat } from './forms.ts';

export type RouteMatch =
  | { found: 'route'; route: Route; path: Record<string, string> }
  /** The path is known, the method is not; `dialect` of the path's routes. */
  | { found: 'path'; allow: string[]; dialect: Route['dialect'] }
  | { found: 'nothing' };

interface Pattern {
  route: Route;
  names: string[];
  expression: RegExp;
}

/** Finds the route of a request: literal segments win over `{names}`; one slash at the end is passed over. */
export class RouteTable {
  readonly #patterns: Pattern[];

  constructor(routes: readonly Route[]) {
    this.#patterns = routes
      .toSorted((a, b) => compareText(sortKey(a), sortKey(b)))
      .map((route) => compile(withFormat(route)));
  }

  /** Throws InvalidInputError when a segment is not percent-encoded UTF-8. */
  match(method: string, pathname: string): RouteMatch {
    const path = pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
    const wanted = method === 'HEAD' ? 'GET' : method;
    const known = this.#patterns.filter(({ expression }) => expression.test(path));
    const pattern = known.find(({ route }) => route.method === wanted);
    if (pattern) return { found: 'route', route: pattern.route, path: segmentsOf(pattern, path) };
    const first = known[0];
    if (!first) return { found: 'nothing' };
    return { found: 'path', allow: methodsOf(known), dialect: first.route.dialect };
  }
}

/** Literal characters sort before `{`, so the more literal of two patterns comes first. */
function sortKey({ path }: Route): string {
  return path.replaceAll('{', '\u{10FFFF}');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function compile(route: Route): Pattern {
  const names: string[] = [];
  const source = route.path.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^$()[\]\\|]/g, '\\$&');
    names.push(part);
    return '([^/]+)';
  });
  return { route, names, expression: new RegExp(`^${source.join('')}$`) };
}

function segmentsOf({ names, expression }: Pattern, path: string): Record<string, string> {
  const values = expression.exec(path)?.slice(1) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, decoded(values[index] ?? '')]));
}

function methodsOf(patterns: Pattern[]): string[] {
  const methods = new Set<string>(patterns.map(({ route }) => route.method));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods.add('OPTIONS')].sort();
}

/** Throws InvalidInputError when the text is not percent-encoded UTF-8. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new InvalidInputError(
      'malformed_encoding',
      'The address holds a % that is not followed by two hexadecimal digits of UTF-8 text. Write a percent sign as %25.',
      { cause },
    );
  }
}
