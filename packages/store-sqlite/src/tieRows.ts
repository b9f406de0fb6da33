import { type Credential, readTies, type TiedRecord, tiesVersion, writeTies } from '@credatlas/model';
import { type Connection, text } from './Connection.ts';

/** Ties beside the records they are made from, for what follows very many. A store from before fills as records are joined again. */
export const tieTable = `
CREATE TABLE ties (id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, text TEXT NOT NULL);
`;

/** Records without edges are as quickly read whole. */
export function writeTieRow(connection: Connection, credential: Credential): void {
  if (credential.edges.length === 0) return;
  connection.run(
    'INSERT OR REPLACE INTO ties (id, version, text) VALUES (?, ?, ?)',
    credential.id,
    tiesVersion,
    writeTies(credential),
  );
}

export function removeTieRow(connection: Connection, id: string): void {
  connection.run('DELETE FROM ties WHERE id = ?', id);
}

export function tieRow(connection: Connection, id: string): TiedRecord | undefined {
  const row = connection.get('SELECT text FROM ties WHERE id = ? AND version = ?', id, tiesVersion);
  return row && readTies(text(row, 'text'));
}
