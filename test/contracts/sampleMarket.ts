import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { searchDocument } from '@credatlas/index';
import type { SearchDocument } from '@credatlas/model';
import { openStore } from '@credatlas/store-sqlite';
import { startCredatlas } from '../flows/startCredatlas.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => Date.now(), sleep: async () => undefined };

/** What `npm start` shows, loaded in the way it is: the process is started with the sample market, and what it then stores is read. */
export async function sampleDocuments(): Promise<SearchDocument[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'credatlas-sample-documents-'));
  const server = startCredatlas(['serve', '--sample', '--port', '0'], { dataDir });
  await server.writes(/Loaded: /);
  server.process.kill('SIGTERM');
  await server.finished;
  const store = openStore({ path: join(dataDir, 'credatlas.sqlite'), clock, log });
  const documents: SearchDocument[] = [];
  for await (const { credential, seq, lead } of store.credentials.allCredentials())
    if (credential) documents.push(searchDocument(credential, seq, lead));
  store.close();
  rmSync(dataDir, { recursive: true });
  return documents;
}
