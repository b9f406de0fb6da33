import type { Route } from '@credatlas/ports';

/** What tells a caller that a route is to go (RFC 9745, RFC 8594), beside the links that its answer has. */
export function deprecationHeaders(
  route: Route | undefined,
  { link, publicUrl }: { link: string | undefined; publicUrl: string },
): Record<string, string> {
  if (!route?.deprecated) return {};
  const { since, sunset, instead } = route.deprecated;
  const links = [
    link,
    `<${publicUrl}/docs/stability>; rel="deprecation"; type="text/html"`,
    instead === undefined ? undefined : `<${publicUrl}${instead}>; rel="successor-version"`,
  ];
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    sunset: new Date(sunset).toUTCString(),
    link: links.filter(Boolean).join(', '),
  };
}
