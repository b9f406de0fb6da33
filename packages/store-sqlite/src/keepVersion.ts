import { deflateRawSync } from 'node:zlib';
import { type Connection, number, optional, type Row, text } from './Connection.ts';
import { lastSeq } from './sequence.ts';

/** Versions kept of one credential beside the present one: a year of quarterly changes. */
const maxVersions = 4;
/** Moments nearer to one another are kept as one: nobody asks what was at a second. */
const momentMs = 1_000;

/** Keeps what a credential was before it is written over: its row with id, seq and json. */
export function keepVersion(connection: Connection, before: Row): void {
  const json = optional(before, 'json');
  const id = text(before, 'id');
  connection.run(
    'INSERT OR REPLACE INTO credential_history (id, seq, json) VALUES (?, ?, ?)',
    id,
    number(before, 'seq'),
    // Quick rather than small: a third of the text is left either way.
    json === undefined ? null : deflateRawSync(json, { level: 1 }),
  );
  forgetOldest(connection, id);
}

/** The oldest version that is kept becomes unknown; of several unknown ones only the beginning matters. */
function forgetOldest(connection: Connection, id: string): void {
  const rows = connection.all('SELECT seq, is_lost FROM credential_history WHERE id = ? ORDER BY seq', id);
  const [oldest, next] = rows;
  if (!oldest || !next || rows.filter((row) => row.is_lost === 0).length <= maxVersions) return;
  if (oldest.is_lost === 1)
    connection.run('DELETE FROM credential_history WHERE id = ? AND seq = ?', id, number(next, 'seq'));
  else
    connection.run(
      'UPDATE credential_history SET json = NULL, is_lost = 1 WHERE id = ? AND seq = ?',
      id,
      number(oldest, 'seq'),
    );
}

/** Remembers that the last change sequence had been reached at this moment (milliseconds). */
export function keepMoment(connection: Connection, now: number): void {
  const last = connection.get('SELECT at, seq FROM moments ORDER BY at DESC LIMIT 1');
  if (last && number(last, 'seq') === lastSeq(connection)) return;
  const at = last && now - number(last, 'at') < momentMs ? number(last, 'at') : now;
  connection.run('INSERT OR REPLACE INTO moments (at, seq) VALUES (?, ?)', Math.trunc(at), lastSeq(connection));
}
