import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import type { ReadLimits, RefusedDocument } from './readLimits.ts';

/** Entries worth opening; a dump holds nothing else. */
const documentName = /\.(json|jsonld|ndjson|jsonl|txt)$/i;
/** Unpacked over packed beyond which an entry is taken for a bomb; JSON packs to about a fortieth at best. */
const maxRatio = 1_000;

/** The documents packed in a ZIP, one at a time, never written anywhere. Broken archives and oversized entries come out as refused. */
export async function* readArchive(
  bytes: Uint8Array,
  limits: ReadLimits,
): AsyncIterable<{ name: string; bytes: Uint8Array } | RefusedDocument> {
  let total = 0;
  let count = 0;
  try {
    const archive = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName.endsWith('/') || !documentName.test(entry.fileName)) continue;
      count += 1;
      total += entry.uncompressedSize;
      const reason = tooMuch({ entry, count, total, limits });
      if (reason) {
        yield { part: entry.fileName, refused: { code: 'too_large', reason } };
        if (count > limits.maxEntries || total > limits.maxTotalBytes) return;
        continue;
      }
      const stream = await archive.openReadStreamPromise(entry);
      yield { name: entry.fileName, bytes: await buffer(Readable.from(stream)) };
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    yield {
      part: '',
      refused: { code: 'broken_archive', reason: `The ZIP cannot be read: ${message}. Fetch or pack it again.` },
    };
  }
}

function tooMuch(given: { entry: yauzl.Entry; count: number; total: number; limits: ReadLimits }): string | undefined {
  const { entry, count, total, limits } = given;
  if (count > limits.maxEntries) return `The archive has more than ${limits.maxEntries} documents. Split it.`;
  if (total > limits.maxTotalBytes) return `The archive unpacks to more than ${limits.maxTotalBytes} bytes. Split it.`;
  if (entry.uncompressedSize > limits.maxBytes)
    return `The entry has ${entry.uncompressedSize} bytes; the limit is ${limits.maxBytes}.`;
  if (entry.uncompressedSize > 1_000_000 && entry.uncompressedSize > entry.compressedSize * maxRatio) {
    return `The entry unpacks to more than ${maxRatio} times its size; it is taken for a bomb.`;
  }
  return undefined;
}
