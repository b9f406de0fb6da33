import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UnavailableError } from '@credatlas/model';
import type { Piece } from './exportFormats.ts';
import { type Export, exportSchema } from './schemas.ts';
import { type WrittenFile, writePieces } from './writePieces.ts';

const descriptionName = /^([0-9a-f-]{36})\.json$/;

/** The folder of exports: of each a description, and its file once it is whole. */
export class ExportFolder {
  readonly #path: string;
  /** The descriptions given so far: one is written after the other, since two of one export would take each other's place. */
  #written: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** Every export that is described, oldest first; what another version described otherwise is left alone. Half-written files are removed. */
  async read(): Promise<Export[]> {
    await mkdir(this.#path, { recursive: true });
    const names = await readdir(this.#path);
    await Promise.all(names.filter((name) => name.endsWith('.part')).map((name) => this.#remove(name)));
    const texts = await Promise.all(
      names.filter((name) => descriptionName.test(name)).map((name) => readFile(join(this.#path, name), 'utf8')),
    );
    const found = texts.flatMap((text) => exportSchema.safeParse(parsed(text)).data ?? []);
    return found.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  }

  /**
   * Keeps a description, whole or not at all; of one export the last given counts. Throws UnavailableError `export_not_written` where
   * the folder does not take it.
   */
  describe(given: Export): Promise<void> {
    const written = this.#written.then(() => this.#describe(given));
    this.#written = written.catch(() => undefined);
    return written;
  }

  async #describe(given: Export): Promise<void> {
    const path = join(this.#path, `${given.id}.json`);
    try {
      await writeFile(`${path}.part`, JSON.stringify(given));
      await rename(`${path}.part`, path);
    } catch (cause) {
      const detail = `What is known of the export cannot be written (${(cause as Error).message}). Look after the disk, then ask again.`;
      throw new UnavailableError('export_not_written', detail, { cause });
    }
  }

  write(given: Export, pieces: AsyncIterable<Piece>, written: (bytes: number) => void): Promise<WrittenFile> {
    return writePieces(this.#fileOf(given), pieces, written);
  }

  async *bytes(given: Export, { from, to }: { from: number; to: number }): AsyncIterable<Uint8Array> {
    if (from < to) yield* createReadStream(this.#fileOf(given), { start: from, end: to - 1 });
  }

  async removeFile(given: Export): Promise<void> {
    await rm(this.#fileOf(given), { force: true });
  }

  async forget({ id }: Export): Promise<void> {
    await this.#remove(`${id}.json`);
  }

  async #remove(name: string): Promise<void> {
    await rm(join(this.#path, name), { force: true });
  }

  #fileOf({ id, format }: Export): string {
    return join(this.#path, `${id}.${format}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
