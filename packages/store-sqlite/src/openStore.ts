import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { NotFoundError } from '@credatlas/model';
import type {
  Clock,
  CredentialReader,
  CursorStore,
  GraphReader,
  GraphWriter,
  HistoryReader,
  IdentityReader,
  IdentityWriter,
  LabelReader,
  Log,
  QuestionReader,
  QuestionWriter,
  RecordReader,
  RecordWriter,
  SavedQueryReader,
  SavedQueryWriter,
  ShortlistReader,
  ShortlistWriter,
  WriterLock,
} from '@credatlas/ports';
import { Connection, number } from './Connection.ts';
import { type Migration, migrate, migrations, newerStore, versionOf } from './migrations.ts';
import { SqliteCredentialReader } from './SqliteCredentialReader.ts';
import { SqliteCursorStore } from './SqliteCursorStore.ts';
import { SqliteGraphReader } from './SqliteGraphReader.ts';
import { SqliteGraphWriter } from './SqliteGraphWriter.ts';
import { SqliteHistory } from './SqliteHistory.ts';
import { SqliteIdentities } from './SqliteIdentities.ts';
import { SqliteLabelReader } from './SqliteLabelReader.ts';
import { SqliteQuestions } from './SqliteQuestions.ts';
import { SqliteRecordReader } from './SqliteRecordReader.ts';
import { SqliteRecordWriter } from './SqliteRecordWriter.ts';
import { SqliteSavedQueries } from './SqliteSavedQueries.ts';
import { SqliteShortlists } from './SqliteShortlists.ts';
import { SqliteWriterLock } from './SqliteWriterLock.ts';

export interface Store {
  records: RecordReader;
  recordWriter: RecordWriter;
  cursors: CursorStore;
  graphs: GraphReader;
  graphWriter: GraphWriter;
  credentials: CredentialReader;
  labels: LabelReader;
  lock: WriterLock;
  shortlists: ShortlistReader & ShortlistWriter;
  identities: IdentityReader & IdentityWriter;
  history: HistoryReader;
  questions: QuestionReader & QuestionWriter;
  savedQueries: SavedQueryReader & SavedQueryWriter;
  schemaVersion: number;
  /** Copies the store as of now into a new file, while writes go on. */
  backup(path: string): Promise<void>;
  close(): void;
}

export interface StoreOptions {
  /** A file, made when absent, or `:memory:`. */
  path: string;
  clock: Clock;
  log: Log;
  /** For tests of the mechanism. */
  migrations?: readonly Migration[];
}

/**
 * Opens the one file that holds everything, migrated to this program's version. Throws ConflictError `store_is_newer` for a store
 * of a newer program and UnavailableError when SQLite refuses the file.
 */
export function openStore(options: StoreOptions): Store {
  if (options.path !== ':memory:') mkdirSync(dirname(options.path), { recursive: true });
  const connection = new Connection({ path: options.path, readOnly: false });
  try {
    migrate(connection, { migrations: options.migrations ?? migrations, clock: options.clock, log: options.log });
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    records: new SqliteRecordReader(connection),
    recordWriter: new SqliteRecordWriter(connection),
    cursors: new SqliteCursorStore(connection),
    graphs: new SqliteGraphReader(connection),
    graphWriter: new SqliteGraphWriter(connection, () => options.clock.now()),
    credentials: new SqliteCredentialReader(connection),
    labels: new SqliteLabelReader(connection),
    lock: new SqliteWriterLock(connection, options.clock),
    shortlists: new SqliteShortlists(connection),
    identities: new SqliteIdentities(connection),
    history: new SqliteHistory(connection),
    questions: new SqliteQuestions(connection),
    savedQueries: new SqliteSavedQueries(connection),
    schemaVersion: versionOf(connection),
    backup: async (path) => {
      mkdirSync(dirname(path), { recursive: true });
      connection.run('VACUUM INTO ?', path);
    },
    close: () => connection.close(),
  };
}

/** Checks that a file is a whole store this program can read; answers its version. */
export function checkStore(path: string): number {
  if (!existsSync(path))
    throw new NotFoundError('no_such_store', `There is no file ${path}. Name a backup made by \`credatlas backup\`.`);
  const connection = new Connection({ path, readOnly: true });
  try {
    const version = versionOf(connection);
    if (version > migrations.length) throw newerStore(path, version, migrations.length);
    connection.get('PRAGMA integrity_check');
    number(connection.get('SELECT last FROM sequence WHERE id = 1')!, 'last');
    return version;
  } finally {
    connection.close();
  }
}
