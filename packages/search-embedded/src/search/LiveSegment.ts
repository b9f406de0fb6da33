import type { Coordinates, HeldRecognition } from '@credatlas/model';
import { sizeOf, textAt } from '../arrays/StringTable.ts';
import type { PositionReader } from '../segment/postings.ts';
import type { ColumnName, Segment } from '../segment/Segment.ts';
import { type OpenedSegment, openSegment, type SegmentData } from '../segment/SegmentData.ts';
import { weightedFields } from '../segment/TextBuilder.ts';
import { ValueBuckets } from './ValueBuckets.ts';

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
  /** Of live documents, per weighted field: how many have it, and how many tokens in all. */
  readonly documentsWith = new Uint32Array(weightedFields.length);
  readonly tokensIn = new Float64Array(weightedFields.length);
  /** Values of columns that are kept as JSON, read when first asked for. */
  readonly #read = new Map<ColumnName, unknown[]>();
  #all: Uint32Array | undefined;

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
  }

  /** Every live document, ascending. */
  get all(): Uint32Array {
    if (this.#all) return this.#all;
    const all = new Uint32Array(this.live);
    let count = 0;
    for (let document = 0; document < this.segment.size; document++)
      if (!this.deleted[document]) all[count++] = document;
    this.#all = all;
    return all;
  }

  get isWhole(): boolean {
    return this.live === this.segment.size;
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
