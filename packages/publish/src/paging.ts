import { wholeOf } from './readParameters.ts';

/** The registry's own defaults and cap. */
const defaultSize = 10;
const maxSize = 200;

export interface Page {
  number: number;
  size: number;
}

/** `page` and `per_page`; too much per page is cut. Throws InvalidInputError for what is no number. */
export function pageOf(query: Record<string, unknown>): Page {
  const size = wholeOf(query, 'per_page', { least: 1, otherwise: defaultSize });
  return { number: wholeOf(query, 'page', { least: 1, otherwise: 1 }), size: Math.min(size, maxSize) };
}

export function offsetOf(page: Page): { offset: number; limit: number } {
  return { offset: (page.number - 1) * page.size, limit: page.size };
}

/** All header styles that clients of the registry read. */
export function pagingHeaders(url: URL, page: Page, total: number): Record<string, string> {
  const last = Math.max(1, Math.ceil(total / page.size));
  const links: [relation: string, number: number][] = [['first', 1]];
  if (page.number > 1) links.push(['prev', Math.min(page.number - 1, last)]);
  if (page.number < last) links.push(['next', page.number + 1]);
  links.push(['last', last]);
  return {
    link: links.map(([relation, number]) => `<${addressOf(url, number)}>; rel="${relation}"`).join(', '),
    total: String(total),
    'per-page': String(page.size),
    'x-total': String(total),
    'x-total-pages': String(last),
    'x-page': String(page.number),
  };
}

function addressOf(url: URL, number: number): string {
  const address = new URL(url);
  address.searchParams.set('page', String(number));
  return address.href;
}
