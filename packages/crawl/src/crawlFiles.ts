import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { contentHash, type FoundDocument, type RefusedDocument, readDocuments } from '@credatlas/documents';
import { readRdf, shapeOf } from '@credatlas/linked-data';
import { CredatlasError, type RunSummary } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { CrawlDependencies, CrawlOptions } from './CrawlDependencies.ts';
import { CrawlRun } from './CrawlRun.ts';
import type { SourceDescription } from './sourceOf.ts';

/** Files that may hold documents; everything else in a folder is passed over. */
const documentFile = /\.(json|jsonld|ndjson|jsonl|txt|zip|csv|html?|ttl|nt|nq)$/i;

type FileCrawl = CrawlDependencies & { source: Extract<SourceDescription, { kind: 'files' }> };

/** Reads a file or every document file of a folder, in the order of their paths. What is no longer there is gone. */
export async function crawlFiles(given: FileCrawl, { signal }: CrawlOptions): Promise<RunSummary> {
  const run = await CrawlRun.open(given, 'full');
  return run.close(async () => {
    const files = await documentFiles(given.source.path);
    for (const [index, file] of files.entries()) {
      signal?.throwIfAborted();
      if (run.checkpoint !== undefined && compareUtf8(file.key, run.checkpoint) <= 0) continue;
      await crawlFile(run, file);
      // A checkpoint per file would cost a commit per file; documents of a file met twice are counted once anyway.
      if (index % 100 === 99) await run.flush(file.key);
      given.progress.report('crawl', index + 1, files.length);
    }
    const gone = await run.sweep();
    if (gone > 0) given.log.info('files gone', { source: given.source.id, gone });
  }, signal);
}

interface DocumentFile {
  path: string;
  /** Path within the source, with forward slashes. */
  key: string;
}

async function documentFiles(path: string): Promise<DocumentFile[]> {
  if ((await stat(path)).isFile()) return [{ path, key: path.split(sep).at(-1) ?? path }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && documentFile.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file, key: relative(path, file).replaceAll(sep, '/') }))
    .filter(({ key }) => !key.split('/').some((part) => part.startsWith('.')))
    .sort((a, b) => compareUtf8(a.key, b.key));
}

async function crawlFile(run: CrawlRun, file: DocumentFile): Promise<void> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file.path);
  } catch (error) {
    const reason = `The file cannot be read: ${(error as Error).message}. Check its rights.`;
    await run.refuse({ key: file.key, uri: file.path, code: 'unreadable_file', reason });
    return;
  }
  if (rdfFile.test(file.key)) await addStatements(run, file, bytes);
  else for await (const found of readDocuments({ name: file.key, bytes })) await addDocument(run, file, found);
}

const rdfFile = /\.(ttl|nt|nq)$/i;

/** A file of Turtle, N-Triples or N-Quads is one document, kept as it is. */
async function addStatements(run: CrawlRun, file: DocumentFile, bytes: Uint8Array): Promise<void> {
  const text = Buffer.from(bytes).toString('utf8');
  const place = { key: file.key, uri: file.path };
  try {
    const nodes = await readRdf(text);
    const { identity, reason } = shapeOf(nodes);
    if (!identity)
      await run.refuse({ ...place, code: 'no_identity', reason: `${reason}. Name what it describes by an IRI.` });
    else
      await run.add({
        ...place,
        mediaType: /\.nq$/i.test(file.key) ? 'application/n-quads' : 'text/turtle',
        text,
        contentHash: contentHash(text),
        fetchedAt: run.now(),
      });
  } catch (error) {
    if (!(error instanceof CredatlasError)) throw error;
    await run.refuse({ ...place, code: error.code, reason: error.message });
  }
}

async function addDocument(run: CrawlRun, file: DocumentFile, found: FoundDocument | RefusedDocument): Promise<void> {
  const ending = found.part === '' ? '' : `#${found.part}`;
  const address = 'address' in found ? found.address : undefined;
  const place = { key: `${file.key}${ending}`, uri: `${address ?? file.path}${ending}` };
  if ('refused' in found) {
    await run.refuse({ ...place, ...found.refused });
    return;
  }
  const shape = shapeOf(found.value);
  // What a page describes without naming it may go by the address of the page.
  if (!shape.identity && address === undefined) {
    const reason = `Line ${found.line}: ${shape.reason}. Give it an @id or a CTID, or leave the file out.`;
    await run.refuse({ ...place, code: 'no_identity', reason, line: found.line, column: 1 });
    return;
  }
  await run.add({
    ...place,
    mediaType: mediaTypeOf(file.key),
    text: found.text,
    contentHash: contentHash(shape.resource),
    fetchedAt: run.now(),
    ...(shape.modifiedAt ? { modifiedAt: shape.modifiedAt } : {}),
    ...(shape.envelope ? { envelope: shape.envelope } : {}),
  });
}

/** What the file is; the documents taken out of it are JSON either way. */
function mediaTypeOf(name: string): string {
  if (/\.csv$/i.test(name)) return 'text/csv';
  return /\.html?$/i.test(name) ? 'text/html' : 'application/ld+json';
}
