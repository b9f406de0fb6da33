import { existsSync } from 'node:fs';
import { ConflictError } from '@credatlas/model';
import type { Clock, Log } from '@credatlas/ports';
import type { Connection } from './Connection.ts';
import { issueCountTable } from './IssueCounts.ts';
import {
  historyTables,
  identityTables,
  liveRecordIndex,
  parentIndex,
  questionTables,
  shortlistTables,
  transferEndIndex,
} from './listTables.ts';
import { addOrganizationCodes } from './organizationCodeRows.ts';
import { schemaVersion1, schemaVersion2 } from './schema.ts';
import { summaryTable } from './summaryRows.ts';
import { tieTable } from './tieRows.ts';

/** Takes the store from the version before it to its own. Position in the list plus one is the version. */
export type Migration = (connection: Connection) => void;

export const migrations: readonly Migration[] = [
  (connection) => connection.exec(schemaVersion1),
  (connection) => connection.exec(schemaVersion2),
  (connection) => connection.exec(shortlistTables),
  (connection) => connection.exec(identityTables),
  (connection) => connection.exec(historyTables),
  (connection) => connection.exec(questionTables),
  (connection) => connection.exec(parentIndex),
  (connection) => connection.exec(summaryTable),
  addOrganizationCodes,
  (connection) => connection.exec(transferEndIndex),
  (connection) => connection.exec(tieTable),
  (connection) => connection.exec(issueCountTable + liveRecordIndex),
];

/**
 * Brings a store up to the newest version, after a backup beside the file when it held anything.
 * Throws ConflictError for a store that a newer program wrote.
 */
export function migrate(
  connection: Connection,
  options: { migrations: readonly Migration[]; clock: Clock; log: Log },
): void {
  const from = versionOf(connection);
  const to = options.migrations.length;
  if (from > to) throw newerStore(connection.path, from, to);
  if (from === to) return;
  if (from > 0 && connection.path !== ':memory:') backUpBefore(connection, from, options);
  connection.transaction(() => {
    // Another process may have migrated while this one waited for the lock.
    const current = versionOf(connection);
    for (const migration of options.migrations.slice(current)) migration(connection);
    connection.exec(`PRAGMA user_version = ${to}`);
  });
  if (from > 0) options.log.info('store migrated', { from, to });
}

export function versionOf(connection: Connection): number {
  return Number(connection.get('PRAGMA user_version')?.user_version ?? 0);
}

export function newerStore(path: string, found: number, known: number): ConflictError {
  return new ConflictError(
    'store_is_newer',
    `The store ${path} has schema version ${found}; this program knows up to ${known}. Use the newer program, or restore a backup made by this one.`,
  );
}

function backUpBefore(connection: Connection, from: number, { clock, log }: { clock: Clock; log: Log }): void {
  const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
  const target = `${connection.path}.v${from}.${stamp}.backup`;
  if (!existsSync(target)) connection.run('VACUUM INTO ?', target);
  log.info('store backed up before migration', { target });
}
