import type { TextIndex } from './Segment.ts';
import { largestFrequency } from './weightedFields.ts';

/** Bytes of a segment's positions; they may lie in a file. */
export type PositionReader = (from: number, to: number) => Uint8Array;

/** Σ weight × frequency of a posting. */
export function frequencyOf(text: TextIndex, posting: number): number {
  const frequency = text.weights[posting]! & largestFrequency;
  if (frequency < largestFrequency) return frequency;
  return text.overflowFrequencies[text.overflowPostings.indexOf(posting)] ?? frequency;
}

/** Positions of one term, posting after posting. */
export class PositionCursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  #number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  /** Passes over one posting. */
  skip(): void {
    for (let count = this.#number(); count > 0; this.#at++) if (this.#bytes[this.#at]! < 0x80) count -= 1;
  }

  /** Positions of the next posting, ascending. */
  read(): number[] {
    const positions: number[] = [];
    let position = 0;
    for (let count = this.#number(); count > 0; count--) {
      position += this.#number();
      positions.push(position);
    }
    return positions;
  }
}
