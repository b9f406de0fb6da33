import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { SearchDocument } from '@credatlas/model';
import type { Segment } from './Segment.ts';

/** Raised whenever the layout of a segment changes: older files are then built again from the store. */
const formatVersion = 2;

export interface Manifest {
  version: number;
  generation: string;
  /** Change sequence that the files cover. */
  seq: number;
  segments: { file: string; sha256: string; documentsSha256: string; deletedSha256: string }[];
}

/** The folder of one engine: a manifest that names segment files, each written whole and renamed. */
export class SegmentFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The manifest, or why there is none to go by. */
  readManifest(): Manifest | { reason: string } {
    const path = join(this.#folder, 'manifest.json');
    if (!existsSync(path)) return { reason: 'there is no index yet' };
    try {
      const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
      return manifest.version === formatVersion
        ? manifest
        : { reason: `the index has format ${manifest.version}, this program writes ${formatVersion}` };
    } catch {
      return { reason: 'the manifest cannot be read' };
    }
  }

  writeManifest(manifest: Omit<Manifest, 'version'>): void {
    this.#write('manifest.json', Buffer.from(JSON.stringify({ version: formatVersion, ...manifest })));
    const kept = new Set([
      'manifest.json',
      ...manifest.segments.flatMap(({ file }) => [`${file}.segment`, `${file}.documents`, `${file}.deleted`]),
    ]);
    for (const name of readdirSync(this.#folder))
      if (!kept.has(name)) rmSync(join(this.#folder, name), { force: true });
  }

  writeSegment(
    file: string,
    segment: Segment,
    documents: readonly SearchDocument[],
  ): { sha256: string; documentsSha256: string } {
    return {
      sha256: this.#write(`${file}.segment`, serialize(segment)),
      documentsSha256: this.#write(`${file}.documents`, zstdCompressSync(serialize(documents))),
    };
  }

  writeDeleted(file: string, deleted: Uint8Array): string {
    return this.#write(`${file}.deleted`, deleted);
  }

  /** The segment as written; undefined when a byte of it is not. */
  readSegment(entry: Manifest['segments'][number]): { segment: Segment; deleted: Uint8Array } | undefined {
    const segment = this.#read(`${entry.file}.segment`, entry.sha256);
    const deleted = this.#read(`${entry.file}.deleted`, entry.deletedSha256);
    return segment && deleted
      ? { segment: deserialize(segment) as Segment, deleted: new Uint8Array(deleted) }
      : undefined;
  }

  readDocuments(entry: Manifest['segments'][number]): SearchDocument[] | undefined {
    const bytes = this.#read(`${entry.file}.documents`, entry.documentsSha256);
    return bytes && (deserialize(zstdDecompressSync(bytes)) as SearchDocument[]);
  }

  /** Temporary file, flushed to the disk, renamed: a kill leaves either the old or the new. Answers the SHA-256. */
  #write(name: string, bytes: Uint8Array): string {
    mkdirSync(this.#folder, { recursive: true });
    const path = join(this.#folder, name);
    const file = openSync(`${path}.new`, 'w');
    try {
      writeSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
    return hashOf(bytes);
  }

  #read(name: string, sha256: string): Buffer | undefined {
    const path = join(this.#folder, name);
    if (!existsSync(path)) return undefined;
    const bytes = readFileSync(path);
    return hashOf(bytes) === sha256 ? bytes : undefined;
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
