import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { Piece } from './exportFormats.ts';

/** What is gathered before it goes to disk. */
const writeBytes = 256 * 1024;

export interface WrittenFile {
  bytes: number;
  sha256: string;
}

/**
 * Writes a file piece by piece: beside its name until it is whole, so that under its name it is never half of one. What is left of a
 * failed one is removed. `written` is told the bytes so far, and may throw to end it.
 */
export async function writePieces(
  path: string,
  pieces: AsyncIterable<Piece>,
  written: (bytes: number) => void = () => undefined,
): Promise<WrittenFile> {
  const part = `${path}.part`;
  const file = await open(part, 'w');
  const hash = createHash('sha256');
  let bytes = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const flush = async (): Promise<void> => {
    const block = Buffer.concat(waiting, waitingBytes);
    [waiting, waitingBytes] = [[], 0];
    hash.update(block);
    bytes += block.length;
    written(bytes);
    await file.writeFile(block);
  };
  try {
    for await (const piece of pieces) {
      const block = Buffer.from(piece as Uint8Array);
      waiting.push(block);
      waitingBytes += block.length;
      if (waitingBytes >= writeBytes) await flush();
    }
    await flush();
    await file.sync();
    await file.close();
    await rename(part, path);
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
}
