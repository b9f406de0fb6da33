/** Clients give up on answers with more than 16 KB of headers (Node, nginx); links repeat the address, which may have eight. */
const mostLinkText = 10_000;

/** The links that fit into a header, the first of them first; what does not fit is left out, as `next` is in the body and forms are described. */
export function linkHeader(links: readonly string[]): { link?: string } {
  let left = mostLinkText;
  const fitting = links.filter((link) => {
    left -= link.length;
    return left >= 0;
  });
  return fitting.length > 0 ? { link: fitting.join(', ') } : {};
}
