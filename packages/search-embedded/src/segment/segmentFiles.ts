import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Arrays } from '../arrays/arrays.ts';
import { alignment, bytesOf, kindOf, type Packed, type PackedEntry } from '../arrays/packed.ts';
import { positionsName } from './TextBuilder.ts';

/** Changes whenever what is in the files does. */
const formatVersion = 5;
/** Bytes read or written at once. */
const chunkBytes = 16 * 1024 * 1024;

export interface FileEntry {
  file: string;
  sha256: string;
  positionsSha256: string;
  deletedSha256: string;
}

export interface Manifest {
  version: number;
  generation: string;
  /** Change sequence that the segments cover. */
  seq: number;
  segments: FileEntry[];
}

/** Segments, what was deleted from them, and the list of them, each in a file of its own that is checked by its SHA-256. */
export class SegmentFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The list of segments, or why there is none to be used. */
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

  /** From now on these segments are the index; the files of all others go. */
  writeManifest(manifest: Omit<Manifest, 'version'>): void {
    this.#write('manifest.json', [Buffer.from(JSON.stringify({ version: formatVersion, ...manifest }))]);
    const kept = new Set(['manifest.json', ...manifest.segments.flatMap(({ file }) => namesOf(file))]);
    for (const name of readdirSync(this.#folder))
      if (!kept.has(name)) rmSync(join(this.#folder, name), { force: true });
  }

  writeSegment(file: string, arrays: Arrays): Omit<FileEntry, 'deletedSha256'> {
    const positions = arrays.get(positionsName) as Uint8Array;
    return {
      file,
      sha256: this.#write(`${file}.segment`, segmentBytes(arrays)),
      positionsSha256: this.#write(`${file}.positions`, [positions]),
    };
  }

  writeDeleted(file: string, deleted: Uint8Array): string {
    return this.#write(`${file}.deleted`, [deleted]);
  }

  /** The segment as written, in memory that threads share; undefined when a byte of it is not. */
  readSegment(entry: FileEntry): { packed: Packed; deleted: Uint8Array } | undefined {
    const bytes = this.#read(`${entry.file}.segment`, entry.sha256);
    const deleted = this.#read(`${entry.file}.deleted`, entry.deletedSha256);
    if (!bytes || !deleted || !this.#isIntact(`${entry.file}.positions`, entry.positionsSha256)) return undefined;
    return {
      packed: { entries: entriesIn(new Uint8Array(bytes)), buffer: bytes },
      deleted: new Uint8Array(deleted),
    };
  }

  /** What a segment's arrays are called and how large they are. */
  arraysIn(file: string): { name: string; bytes: number }[] {
    const path = join(this.#folder, `${file}.segment`);
    return entriesIn(readFileSync(path)).map(({ name, kind, length }) => ({ name, bytes: length * bytesOf(kind) }));
  }

  positionsPath(file: string): string {
    return join(this.#folder, `${file}.positions`);
  }

  remove(files: readonly string[]): void {
    for (const name of files.flatMap(namesOf)) rmSync(join(this.#folder, name), { force: true });
  }

  /** Temporary file, flushed to the disk, renamed: a kill leaves either the old or the new. Answers the SHA-256. */
  #write(name: string, pieces: Iterable<Uint8Array>): string {
    mkdirSync(this.#folder, { recursive: true });
    const path = join(this.#folder, name);
    const hash = createHash('sha256');
    const file = openSync(`${path}.new`, 'w');
    try {
      for (const piece of pieces) writeWhole(file, piece, hash);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
    return hash.digest('hex');
  }

  #read(name: string, sha256: string): SharedArrayBuffer | undefined {
    const path = join(this.#folder, name);
    if (!existsSync(path)) return undefined;
    const bytes = new SharedArrayBuffer(statSync(path).size);
    return readInto(path, (offset, length) => new Uint8Array(bytes, offset, length)) === sha256 ? bytes : undefined;
  }

  #isIntact(name: string, sha256: string): boolean {
    const path = join(this.#folder, name);
    const buffer = new Uint8Array(chunkBytes);
    return existsSync(path) && readInto(path, (_, length) => buffer.subarray(0, length)) === sha256;
  }
}

const footerBytes = 8;

function namesOf(file: string): string[] {
  return [`${file}.segment`, `${file}.positions`, `${file}.deleted`];
}

/** The arrays end to end, where each lies, and how long that list is. */
function* segmentBytes(arrays: Arrays): Iterable<Uint8Array> {
  const entries: PackedEntry[] = [];
  let offset = 0;
  for (const [name, array] of arrays) {
    if (name === positionsName) continue;
    entries.push({ name, kind: kindOf(array), offset, length: array.length });
    yield new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const padding = (alignment - (array.byteLength % alignment)) % alignment;
    yield new Uint8Array(padding);
    offset += array.byteLength + padding;
  }
  const header = Buffer.from(JSON.stringify(entries));
  yield header;
  const footer = Buffer.alloc(footerBytes);
  footer.writeUInt32LE(header.length, 0);
  yield footer;
}

function entriesIn(segment: Uint8Array): PackedEntry[] {
  const end = segment.byteLength - footerBytes;
  const headerBytes = new DataView(segment.buffer, segment.byteOffset + end, footerBytes).getUint32(0, true);
  return JSON.parse(Buffer.from(segment.subarray(end - headerBytes, end)).toString('utf8')) as PackedEntry[];
}

function writeWhole(file: number, bytes: Uint8Array, hash: Hash): void {
  for (let at = 0; at < bytes.length; ) {
    const piece = bytes.subarray(at, at + chunkBytes);
    const written = writeSync(file, piece);
    hash.update(piece.subarray(0, written));
    at += written;
  }
}

/** Reads a file piece by piece into what `target` gives; answers its SHA-256. */
function readInto(path: string, target: (offset: number, length: number) => Uint8Array): string {
  const { size } = statSync(path);
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    for (let offset = 0; offset < size; ) {
      const piece = target(offset, Math.min(chunkBytes, size - offset));
      const read = readSync(file, piece, 0, piece.length, offset);
      if (read === 0) break;
      hash.update(piece.subarray(0, read));
      offset += read;
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
