import type { Coordinates, HeldRecognition, NumberField } from '@credatlas/model';
import { type Bits, bitsFor, listed, marked, wordsFor } from '../arrays/bits.ts';
import { Room } from '../arrays/Room.ts';
import { sizeOf, textAt } from '../arrays/StringTable.ts';
import { mostFrequentFirst } from '../segment/byFrequency.ts';
import type { PositionReader } from '../segment/postings.ts';
import type { ColumnName, KeywordColumn, Segment } from '../segment/Segment.ts';
import { type OpenedSegment, openSegment, type SegmentData } from '../segment/SegmentData.ts';
import { weightedFields } from '../segment/weightedFields.ts';
import { DocumentSet } from './DocumentSet.ts';
import { ValueBuckets } from './ValueBuckets.ts';

/** Sets of documents that are remembered, a bit a document each. */
const mostRemembered = 128;

/** Live documents by what they have of one field. */
export interface Tally {
  /** Of each value. */
  counts: Uint32Array;
  /** Without any. */
  missing: number;
}

/** A segment being searched, without what has been deleted from it. */
export class LiveSegment {
  readonly uid: number;
  readonly segment: Segment;
  readonly positions: PositionReader;
  readonly #opened: OpenedSegment;
  /** 1: replaced or withdrawn. */
  readonly deleted: Uint8Array;
  live: number;
  readonly buckets = new ValueBuckets();
  readonly room = new Room();
  /** Of live documents, per weighted field: how many have it, and how many tokens in all. */
  readonly documentsWith = new Uint32Array(weightedFields.length);
  readonly tokensIn = new Float64Array(weightedFields.length);
  /** Values of columns that are kept as JSON, read when first asked for. */
  readonly #read = new Map<ColumnName, unknown[]>();
  readonly #byFrequency = new Map<ColumnName, Uint32Array>();
  readonly #firstIds = new Map<ColumnName, Uint32Array>();
  readonly #tallies = new Map<ColumnName, Tally>();
  readonly #rankTallies = new Map<NumberField, Uint32Array>();
  readonly #remembered = new Map<string, DocumentSet>();
  readonly #setsByValue = new Map<ColumnName, DocumentSet[]>();
  #all: DocumentSet | undefined;
  #gone: Uint32Array | undefined;

  constructor(data: SegmentData) {
    this.uid = data.uid;
    this.#opened = openSegment(data);
    this.segment = this.#opened.segment;
    this.positions = this.#opened.positions;
    this.deleted = data.deleted;
    this.live = this.segment.size;
    for (let document = 0; document < this.segment.size; document++) {
      if (this.deleted[document]) this.live -= 1;
      else this.#count(document, 1);
    }
  }

  delete(document: number): void {
    if (this.deleted[document]) return;
    this.deleted[document] = 1;
    this.live -= 1;
    this.#count(document, -1);
    this.#all = undefined;
    this.#gone = undefined;
    for (const [name, tally] of this.#tallies) this.#untally(name, tally, document);
    for (const [name, counts] of this.#rankTallies) counts[this.#rankOf(name, document)]! -= 1;
  }

  /** Every live document. */
  get all(): DocumentSet {
    this.#all ??= new DocumentSet(this.segment.size, { bits: marked(this.deleted, Uint8Array.of(1, 0)) });
    return this.#all;
  }

  /** Every deleted document, ascending. */
  get gone(): Uint32Array {
    this.#gone ??= this.isWhole ? new Uint32Array() : listed(marked(this.deleted, Uint8Array.of(0, 1)));
    return this.#gone;
  }

  /** What has been found by a question that is asked again and again, not to be listed; the longest unused is forgotten. */
  remembered(question: string, find: () => Bits): DocumentSet {
    const set = this.#remembered.get(question) ?? new DocumentSet(this.segment.size, { bits: find() });
    this.#remembered.delete(question);
    this.#remembered.set(question, set);
    for (const [other] of this.#remembered) if (this.#remembered.size > mostRemembered) this.#remembered.delete(other);
    return set;
  }

  /** For each value of a column the documents that have it, deleted ones included, not to be listed. Found when first asked for. */
  setsByValue(name: ColumnName): DocumentSet[] {
    const known = this.#setsByValue.get(name) ?? setsByValue(this.segment.columns[name], this.segment.size);
    this.#setsByValue.set(name, known);
    return known;
  }

  /** An empty set from the room. */
  takeBits(): Bits {
    return this.room.take(wordsFor(this.segment.size), 0xffffffff).fill(0) as Bits;
  }

  /** Those of the documents that are live. */
  living(documents: DocumentSet): DocumentSet {
    return this.isWhole ? documents : documents.within(this.all.bits);
  }

  get isWhole(): boolean {
    return this.live === this.segment.size;
  }

  /** Counted when first asked for, and kept up. */
  tally(name: ColumnName): Tally {
    const known = this.#tallies.get(name);
    if (known) return known;
    const column = this.segment.columns[name];
    const tally = { counts: column?.counts.slice() ?? new Uint32Array(), missing: this.segment.size };
    if (column) tally.missing = unvalued(column.sets);
    if (!this.isWhole)
      for (let document = 0; document < this.segment.size; document++)
        if (this.deleted[document]) this.#untally(name, tally, document);
    this.#tallies.set(name, tally);
    return tally;
  }

  /** Live documents by the rank of their number, 0 where it is missing; counted when first asked for, and kept up. */
  rankTally(name: NumberField): Uint32Array {
    const known = this.#rankTallies.get(name);
    if (known) return known;
    const counts = new Uint32Array((this.segment.numbers[name]?.values.length ?? 0) + 1);
    for (let document = 0; document < this.segment.size; document++)
      if (!this.deleted[document]) counts[this.#rankOf(name, document)]! += 1;
    this.#rankTallies.set(name, counts);
    return counts;
  }

  /** Values by how many documents have them, deleted ones included, most first; then by their bytes. Made when first asked for. */
  byFrequency(name: ColumnName): Uint32Array {
    const known =
      this.#byFrequency.get(name) ?? mostFrequentFirst(this.segment.columns[name]?.counts ?? new Uint32Array());
    this.#byFrequency.set(name, known);
    return known;
  }

  /** Of each value: the place in the order of ids of the first document with it, deleted ones included. Made when first asked for. */
  firstIds(name: ColumnName): Uint32Array {
    const known = this.#firstIds.get(name) ?? firstIdsOf(this.segment, name);
    this.#firstIds.set(name, known);
    return known;
  }

  recognitions(): HeldRecognition[] {
    return this.#json<HeldRecognition>('(recognition)');
  }

  points(): Coordinates[] {
    return this.#json<Coordinates>('(point)');
  }

  close(): void {
    this.#opened.close();
  }

  #json<T>(name: ColumnName): T[] {
    const known = this.#read.get(name);
    if (known) return known as T[];
    const values = this.segment.columns[name]?.values;
    const read = Array.from(
      { length: values ? sizeOf(values) : 0 },
      (_, index) => JSON.parse(textAt(values!, index)) as T,
    );
    this.#read.set(name, read);
    return read;
  }

  #rankOf(name: NumberField, document: number): number {
    return this.segment.numbers[name]?.ranks[document] ?? 0;
  }

  #untally(name: ColumnName, tally: Tally, document: number): void {
    const column = this.segment.columns[name];
    const set = column?.sets[document] ?? 0;
    if (!column || set === 0) tally.missing -= 1;
    else
      for (let at = column.offsets[set]!; at < column.offsets[set + 1]!; at++) tally.counts[column.members[at]!]! -= 1;
  }

  #count(document: number, step: 1 | -1): void {
    const { lengths } = this.segment.text;
    for (let field = 0; field < weightedFields.length; field++) {
      const length = lengths[document * weightedFields.length + field]!;
      if (length === 0) continue;
      this.documentsWith[field]! += step;
      this.tokensIn[field]! += step * length;
    }
  }
}

function unvalued(sets: ArrayLike<number>): number {
  let unknown = 0;
  for (let document = 0; document < sets.length; document++) if (sets[document] === 0) unknown += 1;
  return unknown;
}

function firstIdsOf({ columns, idOrder }: Segment, name: ColumnName): Uint32Array {
  const column = columns[name];
  if (!column) return new Uint32Array();
  const { counts, offsets, members, sets } = column;
  const first = new Uint32Array(counts.length);
  for (let place = idOrder.length - 1; place >= 0; place--) {
    const set = sets[idOrder[place]!]!;
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++) first[members[at]!] = place;
  }
  return first;
}

function setsByValue(column: KeywordColumn | undefined, size: number): DocumentSet[] {
  if (!column) return [];
  const { counts, values, offsets, members, sets } = column;
  const found = Array.from({ length: sizeOf(values) }, () => bitsFor(size));
  for (let document = 0; document < size; document++) {
    const set = sets[document]!;
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++)
      found[members[at]!]![document >>> 5]! |= 1 << (document & 31);
  }
  return found.map((bits, value) => new DocumentSet(size, { bits, length: counts[value]! }));
}
