import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import yazl from 'yazl';

export interface ArchiveEntry {
  name: string;
  text: string;
  /** Written as the entry's time, so that the same documents make the same bytes. */
  modifiedAt: Date;
}

/** A ZIP of documents, in pieces; one document is held at a time. Fails as `entries` fails. */
export async function* writeArchive(entries: AsyncIterable<ArchiveEntry>): AsyncIterable<Uint8Array> {
  const zip = new yazl.ZipFile();
  const output = zip.outputStream.pipe(new PassThrough());
  const filled = fill(zip, entries).catch((error: Error) => void output.destroy(error));
  yield* output as AsyncIterable<Uint8Array>;
  await filled;
}

/** Each entry waits until the one before is packed: the library would otherwise open a compressor for every one at once. */
async function fill(zip: yazl.ZipFile, entries: AsyncIterable<ArchiveEntry>): Promise<void> {
  for await (const { name, text, modifiedAt } of entries) {
    const source = Readable.from([Buffer.from(text)]);
    const packed = once(source, 'end');
    zip.addReadStreamLazy(name, { mtime: modifiedAt, forceDosTimestamp: false }, (give) => give(undefined, source));
    await packed;
  }
  zip.end();
}
