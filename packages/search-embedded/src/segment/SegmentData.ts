import { closeSync, openSync, readSync } from 'node:fs';
import { type Packed, unpacked } from '../arrays/packed.ts';
import type { PositionReader } from './postings.ts';
import { type Segment, segmentOf } from './Segment.ts';

/** A segment as threads hand it on: memory that they share, and where its positions are. */
export interface SegmentData {
  uid: number;
  packed: Packed;
  positions: { bytes: SharedArrayBuffer } | { path: string };
  /** 1: deleted since it was built. A copy of the receiver's own. */
  deleted: Uint8Array;
}

/** What happened to the set of segments; searches see all of it or nothing. */
export interface SetChange {
  added: SegmentData[];
  /** Segments that are no longer part of it. */
  removed: number[];
  deleted: { uid: number; document: number }[];
  state: SetState;
}

export interface SetState {
  documents: number;
  /** Documents that would be lost by a kill. */
  unsealed: number;
  /** Change sequence that the set shows, and the one that its files show. */
  seq: number;
  durableSeq: number;
  generation: string;
}

export interface OpenedSegment {
  segment: Segment;
  positions: PositionReader;
  /** Lets go of the file, if there is one. */
  close(): void;
}

export function openSegment(data: Pick<SegmentData, 'packed' | 'positions'>): OpenedSegment {
  const segment = segmentOf(unpacked(data.packed));
  const { positions } = data;
  if ('bytes' in positions) {
    const all = new Uint8Array(positions.bytes);
    return { segment, positions: (from, to) => all.subarray(from, to), close() {} };
  }
  // Opened at once: the file may be unlinked while this segment is still being searched.
  const file = openSync(positions.path, 'r');
  return {
    segment,
    positions: (from, to) => {
      const bytes = new Uint8Array(to - from);
      readSync(file, bytes, 0, bytes.length, from);
      return bytes;
    },
    close: () => closeSync(file),
  };
}
