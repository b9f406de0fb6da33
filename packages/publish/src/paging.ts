/** The registry's own defaults and cap. */
const defaultSize = 10;
const maxSize = 200;

export interface Page {
  number: number;
  size: number;
}

/** `page` and `per_page` as the registry reads them: nonsense falls back, too much is cut. */
export function pageOf(query: Record<string, unknown>): Page {
  const whole = (value: unknown, fallback: number): number => {
    const read = Number(value ?? fallback);
    return Number.isSafeInteger(read) && read > 0 ? read : fallback;
  };
  return { number: whole(query.page, 1), size: Math.min(whole(query.per_page, defaultSize), maxSize) };
}

/** All header styles that clients of the registry read. */
export function pagingHeaders(url: URL, page: Page, total: number): Record<string, string> {
  const last = Math.max(1, Math.ceil(total / page.size));
  const links = [
    ['first', 1],
    ...(page.number > 1 ? [['prev', page.number - 1] as const] : []),
    ...(page.number < last ? [['next', page.number + 1] as const] : []),
    ['last', last],
  ] as const;
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
