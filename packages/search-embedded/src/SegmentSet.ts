import { randomUUID } from 'node:crypto';
import type { SearchChange, SearchDocument } from '@credatlas/model';
import type { Log } from '@credatlas/ports';
import { buildSegment } from './buildSegment.ts';
import { liveDocuments, liveSegment, markDeleted } from './liveSegment.ts';
import type { LiveSegment } from './Segment.ts';
import { type Manifest, SegmentFiles } from './segmentFiles.ts';

/** Sealed segments kept at most: each adds a look-up per term, so the smallest are merged beyond. */
const maxSealed = 8;
/** Documents of one built segment during a rebuild; a bound on memory. */
const rebuildChunk = 50_000;

/** All segments of one engine: sealed ones in files, younger ones in memory, and where each id stands. */
export class SegmentSet {
  readonly #files: SegmentFiles | undefined;
  readonly #log: Log;
  #segments: LiveSegment[] = [];
  #entries = new Map<string, Manifest['segments'][number]>();
  #place = new Map<string, { live: LiveSegment; document: number }>();
  #nextUid = 1;
  generation: string = randomUUID();
  durableSeq = 0;

  constructor(options: { folder: string | undefined; log: Log }) {
    this.#files = options.folder === undefined ? undefined : new SegmentFiles(options.folder);
    this.#log = options.log;
  }

  get segments(): readonly LiveSegment[] {
    return this.#segments;
  }

  get documents(): number {
    return this.#place.size;
  }

  /** Documents that would be lost by a kill. */
  get unsealed(): number {
    return this.#segments.reduce((sum, { documents, live }) => sum + (documents ? live : 0), 0);
  }

  placeOf(id: string): { live: LiveSegment; document: number } | undefined {
    return this.#place.get(id);
  }

  /** Reads the files; a missing or damaged one discards them all, and the caller replays from zero. */
  open(): void {
    if (!this.#files) return;
    const manifest = this.#files.readManifest();
    if ('reason' in manifest) {
      this.#log.info('index will be built from the store', { reason: manifest.reason });
      return;
    }
    const read = manifest.segments.map((entry) => ({ entry, found: this.#files?.readSegment(entry) }));
    const damaged = read.find(({ found }) => !found);
    if (damaged) {
      this.#log.warn('index is damaged and will be built again from the store', { file: damaged.entry.file });
      return;
    }
    for (const { entry, found } of read) {
      if (!found) continue;
      this.#add(
        liveSegment({ uid: this.#nextUid++, segment: found.segment, deleted: found.deleted, file: entry.file }),
      );
      this.#entries.set(entry.file, entry);
    }
    this.generation = manifest.generation;
    this.durableSeq = manifest.seq;
  }

  apply(changes: readonly SearchChange[]): void {
    // The last change of an id in a batch is the one that counts.
    const last = new Map(changes.map((change) => [change.op === 'upsert' ? change.document.id : change.id, change]));
    const added: SearchDocument[] = [];
    for (const [id, change] of last) {
      this.#remove(id);
      if (change.op === 'upsert') added.push(change.document);
    }
    if (added.length > 0) this.#addInMemory(added);
  }

  /** Writes everything into files that cover `seq`. */
  seal(seq: number): void {
    if (!this.#files) return;
    const young = this.#segments.filter(({ documents }) => documents);
    const documents = young.flatMap((live) => liveDocuments(live, live.documents ?? []));
    this.#segments = this.#segments.filter(({ documents: inMemory, live }) => !inMemory && live > 0);
    if (documents.length > 0) this.#addSealed(documents);
    while (this.#segments.length > maxSealed) this.#mergeSmallest();
    this.#writeManifest(seq);
  }

  /** Replaces everything by a new generation; the old one answers until the end. */
  replace(chunks: readonly SearchDocument[][], seq: number): void {
    this.#segments = [];
    this.#place = new Map();
    this.#entries = new Map();
    this.generation = randomUUID();
    for (const chunk of chunks) {
      if (this.#files) this.#addSealed(chunk);
      else this.#addInMemory(chunk);
    }
    if (this.#files) this.#writeManifest(seq);
  }

  get chunkSize(): number {
    return rebuildChunk;
  }

  /** Small young segments grow together in powers of two: an upsert costs a logarithmic number of builds. */
  #addInMemory(documents: SearchDocument[]): void {
    let own = documents;
    for (
      let last = this.#segments.at(-1);
      last?.documents && last.documents.length <= 2 * own.length;
      last = this.#segments.at(-1)
    ) {
      own = [...liveDocuments(last, last.documents), ...own];
      this.#segments = this.#segments.slice(0, -1);
    }
    this.#add(liveSegment({ uid: this.#nextUid++, segment: buildSegment(own), documents: own }));
  }

  #addSealed(documents: SearchDocument[]): void {
    const file = randomUUID();
    const segment = buildSegment(documents);
    const hashes = this.#files?.writeSegment(file, segment, documents);
    this.#add(liveSegment({ uid: this.#nextUid++, segment, file }));
    if (hashes) this.#entries.set(file, { file, ...hashes, deletedSha256: '' });
  }

  #mergeSmallest(): void {
    const [first, second] = [...this.#segments].sort((a, b) => a.live - b.live);
    if (!first || !second) return;
    const documents = [first, second].flatMap((live) => {
      const entry = this.#entries.get(live.file ?? '');
      return liveDocuments(live, (entry && this.#files?.readDocuments(entry)) ?? []);
    });
    this.#segments = this.#segments.filter((live) => live !== first && live !== second);
    this.#addSealed(documents);
  }

  #writeManifest(seq: number): void {
    const segments = this.#segments.flatMap((live) => {
      const entry = live.file === undefined ? undefined : this.#entries.get(live.file);
      return entry && this.#files
        ? [{ ...entry, deletedSha256: this.#files.writeDeleted(entry.file, live.deleted) }]
        : [];
    });
    this.#entries = new Map(segments.map((entry) => [entry.file, entry]));
    this.#files?.writeManifest({ generation: this.generation, seq, segments });
    this.durableSeq = seq;
  }

  #add(live: LiveSegment): void {
    this.#segments = [...this.#segments, live];
    live.segment.ids.forEach((id, document) => {
      if (!live.deleted[document]) this.#place.set(id, { live, document });
    });
  }

  #remove(id: string): void {
    const place = this.#place.get(id);
    if (!place) return;
    markDeleted(place.live, place.document);
    this.#place.delete(id);
  }
}
