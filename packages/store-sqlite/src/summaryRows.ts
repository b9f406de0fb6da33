import { type Credential, preparedVersion, prepareSummary } from '@credatlas/model';
import type { Connection } from './Connection.ts';

/** Summaries beside the records they are made from, for what reads very many. A store from before fills as records are joined again. */
export const summaryTable = `
CREATE TABLE summaries (id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, holds_from INTEGER, holds_until INTEGER, text TEXT NOT NULL);
`;

/** Writes the summary of a credential as it is now (milliseconds). */
export function writeSummary(connection: Connection, credential: Credential, now: number): void {
  const { text: json, from, until } = prepareSummary(credential, now);
  connection.run(
    `INSERT INTO summaries (id, version, holds_from, holds_until, text) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
     version = excluded.version, holds_from = excluded.holds_from, holds_until = excluded.holds_until, text = excluded.text`,
    credential.id,
    preparedVersion,
    from ?? null,
    until ?? null,
    json,
  );
}

export function removeSummary(connection: Connection, id: string): void {
  connection.run('DELETE FROM summaries WHERE id = ?', id);
}
