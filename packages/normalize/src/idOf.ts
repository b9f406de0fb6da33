import { hash } from 'node:crypto';

/** Our id: the source, and the CTID or the beginning of the IRI's SHA-256 (decision 0001). */
export function idOf(resource: { source: string; ctid?: string; uri: string }): string {
  return `${resource.source}:${resource.ctid ?? hash('sha256', resource.uri, 'hex').slice(0, 16)}`;
}
