import { randomUUID } from 'node:crypto';
import { type SearchChange, type SearchDocument, UnavailableError } from '@credatlas/model';
import type { Log } from '@credatlas/ports';
import type { Arrays } from '../arrays/arrays.ts';
import { pack } from '../arrays/packed.ts';
import type { Disk } from './Disk.ts';
import { documentOf } from './documentOf.ts';
import type { MergePart } from './Merge.ts';
import { mergeSegments } from './mergeSegments.ts';
import { positionsName } from './putPostings.ts';
import { segmentOf } from './Segment.ts';
import { buildSegment, SegmentBuilder } from './SegmentBuilder.ts';
import { type OpenedSegment, openSegment, type SegmentData, type SetChange } from './SegmentData.ts';
import { type FileEntry, SegmentFiles } from './segmentFiles.ts';

/** Sealed segments kept at most: each adds a look-up per term, so small ones are merged beyond. */
const maxSealed = 8;

export interface SegmentKeeperOptions {
  /** Absent: in memory only. */
  folder: string | undefined;
  log: Log;
  disk?: Disk;
}

/** Many of one kind as they are handed on: as JSON between threads, which costs a third of cloning objects; as they are within one. */
export type Batch<T> = string | readonly T[];

function read<T>(given: Batch<T>): readonly T[] {
  return typeof given === 'string' ? (JSON.parse(given) as T[]) : given;
}

interface Kept extends MergePart {
  data: SegmentData;
  live: number;
  /** What is in the files, once sealed. */
  entry?: FileEntry | undefined;
  /** What a small young segment was built of: to build from the documents of many anew costs a fifth of merging as many segments. */
  documents?: readonly SearchDocument[];
  close: OpenedSegment['close'];
}

/** The one who writes: all segments of an index, sealed ones in files, younger ones in memory. Every change answers what searchers must be told. */
export class SegmentKeeper {
  readonly #files: SegmentFiles | undefined;
  readonly #log: Log;
  #kept: Kept[] = [];
  #nextUid = 1;
  #seq = 0;
  #rebuild: SegmentBuilder | undefined;
  #generation: string = randomUUID();
  #durableSeq = 0;

  constructor({ folder, log, disk }: SegmentKeeperOptions) {
    this.#files = folder === undefined ? undefined : new SegmentFiles(folder, disk);
    this.#log = log;
  }

  /** Reads the files; a missing or damaged one discards them all, and the caller replays from zero. */
  open(): SetChange {
    const manifest = this.#files?.readManifest() ?? { reason: 'it lies in memory', isDamaged: false };
    if ('reason' in manifest) {
      const { reason, isDamaged } = manifest;
      this.#log[isDamaged ? 'warn' : 'info']('index will be built from the store', { reason });
      return this.#change([], []);
    }
    const found: Kept[] = [];
    for (const entry of manifest.segments) {
      const read = this.#readSealed(entry);
      if (!read) {
        this.#log.warn('index is damaged and will be built again from the store', { file: entry.file });
        for (const each of found) each.close();
        return this.#change([], []);
      }
      found.push(read);
    }
    this.#kept = found;
    this.#generation = manifest.generation;
    this.#durableSeq = manifest.seq;
    this.#seq = manifest.seq;
    return this.#change(found, []);
  }

  apply(given: Batch<SearchChange>, upTo: number): SetChange {
    const changes = read(given);
    this.#seq = Math.max(this.#seq, upTo);
    // The last change of an id in a batch is the one that counts.
    const last = new Map(changes.map((change) => [change.op === 'upsert' ? change.document.id : change.id, change]));
    const deleted = [...last.keys()].flatMap((id) => this.#delete(id));
    const documents = [...last.values()].flatMap((change) => (change.op === 'upsert' ? [change.document] : []));
    if (documents.length === 0) return { ...this.#change([], []), deleted };
    const removed = grownTogether(this.#kept, documents.length);
    const young = this.#grown(removed, documents);
    this.#kept = [...this.#kept.slice(0, this.#kept.length - removed.length), young];
    return { ...this.#change([young], removed), deleted };
  }

  /** Writes everything into files that cover what has been applied. Throws UnavailableError when they cannot be written; nothing has changed then. */
  seal(): SetChange {
    if (!this.#files) return this.#change([], []);
    const young = this.#kept.filter(({ entry }) => !entry);
    const sealed = this.#kept.filter(({ entry, live }) => entry && live > 0);
    const gone = this.#kept.filter(({ entry, live }) => entry && live === 0);
    const merged = [...tooMany(sealed, young.length > 0), ...young.filter(({ live }) => live > 0)];
    const added = merged.length > 0 ? [this.#sealed(mergeSegments(merged))] : [];
    const left = sealed.filter((each) => !merged.includes(each));
    try {
      this.#publish([...left, ...added], { generation: this.#generation, seq: this.#seq });
    } catch (error) {
      for (const each of added) this.#discard(each);
      throw error;
    }
    return this.#change(added, [...gone, ...new Set([...merged, ...young])]);
  }

  beginRebuild(): void {
    this.abortRebuild();
    this.#rebuild = new SegmentBuilder();
  }

  addToRebuild(given: Batch<SearchDocument>): void {
    this.#rebuild?.add(read(given));
  }

  /** Puts what has been added in the place of everything; throws UnavailableError as `seal` does. */
  finishRebuild(seq: number): SetChange {
    const whole = this.#whole();
    const kept = whole ? [this.#files ? this.#sealed(whole) : this.#young(whole)] : [];
    const old = this.#kept;
    try {
      this.#publish(kept, { generation: randomUUID(), seq });
    } catch (error) {
      for (const each of kept) this.#discard(each);
      throw error;
    }
    return this.#change(kept, old);
  }

  abortRebuild(): void {
    this.#rebuild = undefined;
  }

  close(): void {
    this.abortRebuild();
    for (const { close } of this.#kept) close();
  }

  /** What has been added to the rebuild, as one segment; undefined: nothing. The builder is let go, so that it is not in memory while files are written. */
  #whole(): Arrays | undefined {
    const rebuild = this.#rebuild;
    this.#rebuild = undefined;
    return rebuild && rebuild.size > 0 ? rebuild.finish() : undefined;
  }

  #discard({ close, entry }: Kept): void {
    close();
    if (entry) this.#files?.discard([entry]);
  }

  /** Marks the document deleted wherever it lives. */
  #delete(id: string): SetChange['deleted'] {
    for (const kept of this.#kept) {
      const document = documentOf(kept.segment, id);
      if (document === undefined || kept.deleted[document]) continue;
      kept.deleted[document] = 1;
      kept.live -= 1;
      return [{ uid: kept.data.uid, document }];
    }
    return [];
  }

  /** One young segment of what is live in these, and of the documents. */
  #grown(kept: readonly Kept[], documents: readonly SearchDocument[]): Kept {
    const own = [...kept.flatMap(liveDocuments), ...documents];
    const larger = kept.filter((each) => !each.documents);
    const built = buildSegment(own);
    if (larger.length > 0) return this.#young(mergeSegments([...larger, partOf(built)]));
    const young = this.#young(built);
    return own.length <= fewDocuments ? { ...young, documents: own } : young;
  }

  /** Takes the arrays, which are of no use afterwards. */
  #young(arrays: Arrays): Kept {
    const given = arrays.get(positionsName) as Uint8Array;
    const bytes = new SharedArrayBuffer(given.length);
    new Uint8Array(bytes).set(given);
    arrays.delete(positionsName);
    return this.#keep({ packed: pack(arrays), positions: { bytes } });
  }

  #sealed(arrays: Arrays): Kept {
    const entry = this.#files?.writeSegment(randomUUID(), arrays);
    // Reading back what was just written also proves it.
    const read = entry && this.#readSealed(entry);
    if (read) return read;
    throw new UnavailableError('index_not_written', 'A segment file is not as it was written. Look after the disk.');
  }

  #readSealed(entry: FileEntry): Kept | undefined {
    const read = this.#files?.readSegment(entry);
    if (!read || !this.#files) return undefined;
    const kept = this.#keep({ packed: read.packed, positions: { path: this.#files.positionsPath(entry.file) } });
    read.deleted.forEach((isDeleted, document) => {
      if (!isDeleted) return;
      kept.deleted[document] = 1;
      kept.live -= 1;
    });
    return { ...kept, entry };
  }

  #keep(given: Pick<SegmentData, 'packed' | 'positions'>): Kept {
    const opened = openSegment(given);
    const deleted = new Uint8Array(opened.segment.size);
    return { ...opened, deleted, live: opened.segment.size, data: { uid: this.#nextUid++, ...given, deleted } };
  }

  /** From now on these segments are the index: in the files first, so that a failure there changes nothing here. */
  #publish(kept: Kept[], { generation, seq }: { generation: string; seq: number }): void {
    const files = this.#files;
    if (files) {
      const entries = kept.map(({ entry, deleted }) => entry && files.writeDeleted(entry, deleted));
      files.writeManifest({ generation, seq, segments: present(entries) });
      for (const [position, each] of kept.entries()) each.entry = entries[position];
      this.#durableSeq = seq;
      this.#tidy(files, kept);
    }
    this.#kept = kept;
    this.#generation = generation;
    this.#seq = seq;
  }

  #tidy(files: SegmentFiles, kept: readonly Kept[]): void {
    try {
      files.keepOnly(present(kept.map(({ entry }) => entry)));
    } catch (error) {
      // They are in nobody's way but the disk's, and go with the next seal.
      this.#log.warn('files of the index that nothing needs could not be removed', { error });
    }
  }

  #change(added: Kept[], removed: Kept[]): SetChange {
    const isNew = new Set(added);
    for (const each of removed) if (!isNew.has(each)) each.close();
    return {
      added: added.map(({ data, deleted }) => ({ ...data, deleted: deleted.slice() })),
      removed: removed.map(({ data }) => data.uid),
      deleted: [],
      state: {
        documents: this.#kept.reduce((sum, { live }) => sum + live, 0),
        unsealed: this.#kept.reduce((sum, { entry, live }) => sum + (entry ? 0 : live), 0),
        seq: this.#seq,
        durableSeq: this.#durableSeq,
        generation: this.#generation,
      },
    };
  }
}

function liveDocuments({ documents = [], deleted }: Kept): readonly SearchDocument[] {
  return documents.filter((_, document) => !deleted[document]);
}

/** Arrays just built, to be merged. */
function partOf(arrays: Arrays): MergePart {
  const [segment, bytes] = [segmentOf((name) => arrays.get(name)), arrays.get(positionsName) as Uint8Array];
  const positions = (from: number, to: number): Uint8Array => bytes.subarray(from, to);
  return { segment, positions, deleted: new Uint8Array(segment.size) };
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}

/** Young segments of about one size kept at most, of the smallest size and of others: few changes wait for a merge then, and a search still looks into few. */
const mostOfOneSize = { smallest: 63, others: 15 };
/** As many are remembered of a young segment. */
const fewDocuments = 15;

/** The youngest segments that are to be merged with so many more documents: those of one size when they are too many, then those of the size that this makes. */
function grownTogether(kept: readonly Kept[], documents: number): Kept[] {
  let merged: Kept[] = [];
  for (let live = documents; ; ) {
    const size = sizeClass(live);
    const peers = youngest(kept.slice(0, kept.length - merged.length), size);
    if (peers.length < (size === 0 ? mostOfOneSize.smallest : mostOfOneSize.others)) return merged;
    merged = [...peers, ...merged];
    live += peers.reduce((sum, each) => sum + each.live, 0);
  }
}

/** Those at the end that lie in memory only and are of this size or a smaller one. */
function youngest(kept: readonly Kept[], largest: number): Kept[] {
  const older = kept.findLastIndex(({ entry, live }) => entry || sizeClass(live) > largest);
  return kept.slice(older + 1);
}

/** 0: the smallest. */
function sizeClass(live: number): number {
  const { smallest, others } = mostOfOneSize;
  return live <= smallest ? 0 : 1 + Math.floor(Math.log(live / (smallest + 1)) / Math.log(others + 1));
}

/** The smallest sealed segments, when there are too many: each one that is not much larger than all before it together. */
function tooMany(sealed: readonly Kept[], addsOne: boolean): Kept[] {
  if (sealed.length + Number(addsOne) <= maxSealed) return [];
  const bySize = [...sealed].sort((a, b) => a.live - b.live);
  const merged = bySize.slice(0, 2);
  let sum = merged.reduce((total, { live }) => total + live, 0);
  for (const each of bySize.slice(2)) {
    if (each.live > 2 * sum) break;
    merged.push(each);
    sum += each.live;
  }
  return merged;
}
