import { createHash, type Hash } from 'node:crypto';
import fileSystem, { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '@credatlas/model';
import type { Arrays } from '../arrays/arrays.ts';
import { alignment, bytesIn, bytesOf, type Packed, type PackedEntry, placesOf } from '../arrays/packed.ts';
import type { Disk } from './Disk.ts';
import { positionsName } from './putPostings.ts';

/** Changes whenever what is in the files does. */
const formatVersion = 9;
/** Bytes read or written at once. */
const chunkBytes = 16 * 1024 * 1024;

export interface FileEntry {
  file: string;
  sha256: string;
  positionsSha256: string;
  /** Also names the file: one that the present manifest names is never overwritten. */
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
  readonly #disk: Disk;

  constructor(folder: string, disk: Disk = fileSystem) {
    this.#folder = folder;
    this.#disk = disk;
  }

  /** The list of segments, or why there is none to be used. */
  readManifest(): Manifest | { reason: string; isDamaged: boolean } {
    const path = join(this.#folder, manifestName);
    if (!existsSync(path)) return { reason: 'there is no index yet', isDamaged: false };
    try {
      const [text = '', sha256] = readFileSync(path, 'utf8').split('\n');
      const manifest = JSON.parse(text) as Manifest;
      if (manifest.version !== formatVersion) {
        const reason = `the index has format ${manifest.version}, this program writes ${formatVersion}`;
        return { reason, isDamaged: false };
      }
      return sha256 === hashOf(text) ? manifest : { reason: 'the manifest is not as it was written', isDamaged: true };
    } catch {
      return { reason: 'the manifest cannot be read', isDamaged: true };
    }
  }

  /** From now on these segments are the index. */
  writeManifest(manifest: Omit<Manifest, 'version'>): void {
    const text = JSON.stringify({ version: formatVersion, ...manifest });
    this.#write(manifestName, [Buffer.from(`${text}\n${hashOf(text)}`)]);
  }

  /** Removes the files of all other segments than these. */
  keepOnly(entries: readonly FileEntry[]): void {
    const kept = new Set([manifestName, ...entries.flatMap(namesOf)]);
    const files = readdirSync(this.#folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    this.#remove(files.map(({ name }) => name).filter((name) => !kept.has(name)));
  }

  writeSegment(file: string, arrays: Arrays): FileEntry {
    const entry = { file, sha256: '', positionsSha256: '', deletedSha256: '' };
    try {
      entry.sha256 = this.#write(`${file}.segment`, segmentBytes(arrays));
      entry.positionsSha256 = this.#write(`${file}.positions`, [arrays.get(positionsName) as Uint8Array]);
      return this.writeDeleted(entry, new Uint8Array((arrays.get('ids.order') ?? []).length));
    } catch (error) {
      // On a full disk every try would leave more behind.
      this.discard([entry]);
      throw error;
    }
  }

  /** The entry with what has been deleted by now. */
  writeDeleted(entry: FileEntry, deleted: Uint8Array): FileEntry {
    const changed = { ...entry, deletedSha256: hashOf(deleted) };
    if (changed.deletedSha256 !== entry.deletedSha256) this.#write(deletedName(changed), [deleted]);
    return changed;
  }

  /** The segment as written, in memory that threads share; undefined when a byte of it is not. */
  readSegment(entry: FileEntry): { packed: Packed; deleted: Uint8Array } | undefined {
    const bytes = this.#read(`${entry.file}.segment`, entry.sha256);
    const deleted = this.#read(deletedName(entry), entry.deletedSha256);
    if (!bytes || !deleted || !this.#isIntact(`${entry.file}.positions`, entry.positionsSha256)) return undefined;
    return {
      packed: { entries: entriesIn(new Uint8Array(bytes)), buffer: bytes },
      deleted: new Uint8Array(deleted),
    };
  }

  /** What a segment's arrays are called and how large they are; of equal ones, which lie once, the first. */
  arraysIn(file: string): { name: string; bytes: number }[] {
    const entries = entriesIn(readFileSync(join(this.#folder, `${file}.segment`))).filter(({ length }) => length > 0);
    const first = entries.filter(({ offset }, at) => entries.findIndex((entry) => entry.offset === offset) === at);
    return first.map(({ name, kind, length }) => ({ name, bytes: length * bytesOf(kind) }));
  }

  positionsPath(file: string): string {
    return join(this.#folder, `${file}.positions`);
  }

  /** Lets go of segments that no manifest names. */
  discard(entries: readonly FileEntry[]): void {
    this.#remove(entries.flatMap(namesOf));
  }

  #remove(names: readonly string[]): void {
    for (const name of names) this.#disk.rmSync(join(this.#folder, name), { force: true });
  }

  /**
   * Temporary file, flushed to the disk, renamed: a kill leaves either the old or the new. Answers the SHA-256. Throws UnavailableError
   * when the disk does not take it; the half of it is gone then.
   */
  #write(name: string, pieces: Iterable<Uint8Array>): string {
    const path = join(this.#folder, name);
    const hash = createHash('sha256');
    try {
      this.#disk.mkdirSync(this.#folder, { recursive: true });
      const file = this.#disk.openSync(`${path}.new`, 'w');
      try {
        for (const piece of pieces) writeWhole({ disk: this.#disk, file, hash }, piece);
        this.#disk.fsyncSync(file);
      } finally {
        closeSync(file);
      }
      this.#disk.renameSync(`${path}.new`, path);
    } catch (error) {
      this.#remove([`${name}.new`]);
      throw notWritten(this.#folder, error);
    }
    return hash.digest('hex');
  }

  #read(name: string, sha256: string): SharedArrayBuffer | undefined {
    const path = join(this.#folder, name);
    if (!isFile(path)) return undefined;
    const bytes = new SharedArrayBuffer(statSync(path).size);
    return readInto(path, (offset, length) => new Uint8Array(bytes, offset, length)) === sha256 ? bytes : undefined;
  }

  #isIntact(name: string, sha256: string): boolean {
    const path = join(this.#folder, name);
    const buffer = new Uint8Array(chunkBytes);
    return isFile(path) && readInto(path, (_, length) => buffer.subarray(0, length)) === sha256;
  }
}

const manifestName = 'manifest.json';
const footerBytes = 8;

function namesOf(entry: FileEntry): string[] {
  return [`${entry.file}.segment`, `${entry.file}.positions`, deletedName(entry)];
}

function deletedName({ file, deletedSha256 }: FileEntry): string {
  return `${file}.${deletedSha256.slice(0, 16)}.deleted`;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function hashOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function notWritten(folder: string, cause: unknown): UnavailableError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new UnavailableError(
    isFull ? 'index_disk_full' : 'index_not_written',
    `The index cannot be written to ${folder} (${message}). ${isFull ? 'Free disk space' : 'Mend it'}: until then it is kept in memory, searches go on, and after a kill it is built from the store.`,
    { cause },
  );
}

/** The arrays end to end, where each lies, and how long that list is. */
function* segmentBytes(arrays: Arrays): Iterable<Uint8Array> {
  const held = new Map(arrays);
  held.delete(positionsName);
  const { entries, own } = placesOf(held);
  for (const { name } of own) {
    const bytes = bytesIn(held.get(name)!);
    yield bytes;
    yield new Uint8Array((alignment - (bytes.length % alignment)) % alignment);
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

function writeWhole({ disk, file, hash }: { disk: Disk; file: number; hash: Hash }, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    const piece = bytes.subarray(at, at + chunkBytes);
    const written = disk.writeSync(file, piece);
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
