import type { RouteRequest } from '@credatlas/ports';

/** `Link` (RFC 8288): the same as `next` and `prev` in the body, and from a later page the first one. */
export function pageLinks(
  { publicUrl }: { publicUrl: string },
  { url }: RouteRequest,
  { next, prev = null }: { next: string | null; prev?: string | null },
): Record<string, string> {
  const page = (after: string | null): string => {
    const parameters = new URLSearchParams(url.search);
    if (after === null) parameters.delete('after');
    else parameters.set('after', after);
    return `${publicUrl}${url.pathname}${parameters.size > 0 ? `?${parameters}` : ''}`;
  };
  const links = [
    ...(next === null ? [] : [`<${page(next)}>; rel="next"`]),
    ...(prev === null ? [] : [`<${page(prev)}>; rel="prev"`]),
    ...(url.searchParams.has('after') ? [`<${page(null)}>; rel="first"`] : []),
  ];
  return links.length > 0 ? { link: links.join(', ') } : {};
}
