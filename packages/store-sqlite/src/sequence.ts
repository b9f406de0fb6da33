import { NotFoundError } from '@credatlas/model';
import { type Connection, number } from './Connection.ts';

/** The next number of the one change sequence. Inside a transaction only: what is rolled back was never given out. */
export function nextSeq(connection: Connection): number {
  return number(connection.get('UPDATE sequence SET last = last + 1 WHERE id = 1 RETURNING last')!, 'last');
}

export function lastSeq(connection: Connection): number {
  return number(connection.get('SELECT last FROM sequence WHERE id = 1')!, 'last');
}

/** Inside, sources are numbers; outside, their readable ids. */
export function sourceNumber(connection: Connection, slug: string): number {
  const row = connection.get('SELECT id FROM sources WHERE slug = ?', slug);
  if (!row) throw new NotFoundError('unknown_source', `There is no source ${slug}. Open it with openSource first.`);
  return number(row, 'id');
}

export function sourceNumberIfAny(connection: Connection, slug: string): number | undefined {
  const row = connection.get('SELECT id FROM sources WHERE slug = ?', slug);
  return row && number(row, 'id');
}
