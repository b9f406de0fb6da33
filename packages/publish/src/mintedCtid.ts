import { randomUUID } from 'node:crypto';
import type { RouteAnswer } from '@credatlas/ports';

/** A CTID that nobody has yet: `ce-` and a UUID of version 4. */
export async function mintedCtid(): Promise<RouteAnswer> {
  return { body: { ctid: `ce-${randomUUID()}` }, headers: { 'cache-control': 'no-store' } };
}
