import { offsetsOf } from './arrays.ts';

/** Many strings as UTF-8 bytes end to end. String i lies at offsets[i] ≤ byte < offsets[i + 1]. */
export interface StringTable {
  bytes: Uint8Array;
  offsets: Uint32Array;
}

export const emptyTable: StringTable = { bytes: new Uint8Array(), offsets: new Uint32Array(1) };

export function tableOf(texts: readonly string[]): StringTable {
  const all = texts.join('');
  const bytes = encoder.encode(all);
  if (bytes.length === all.length) return { bytes, offsets: offsetsOf(texts.map(({ length }) => length)) };
  // One by one: half a character at the end of a text and half a one at the beginning of the next are no character.
  const own = texts.map((text) => encoder.encode(text));
  return { bytes: Uint8Array.from(Buffer.concat(own)), offsets: offsetsOf(own.map(({ length }) => length)) };
}

const encoder = new TextEncoder();

export function sizeOf({ offsets }: StringTable): number {
  return offsets.length - 1;
}

export function textAt({ bytes, offsets }: StringTable, index: number): string {
  const [from, to] = [offsets[index]!, offsets[index + 1]!];
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}

/** The same as it lies there. */
export function bytesAt({ bytes, offsets }: StringTable, index: number): Uint8Array {
  return bytes.subarray(offsets[index], offsets[index + 1]);
}

/** Negative, zero or positive by bytes. */
export function compareEntries(left: StringTable, at: number, right: { table: StringTable; at: number }): number {
  const [a, b] = [left.bytes, right.table.bytes];
  let [i, j] = [left.offsets[at]!, right.table.offsets[right.at]!];
  const [iEnd, jEnd] = [left.offsets[at + 1]!, right.table.offsets[right.at + 1]!];
  while (i < iEnd && j < jEnd) {
    const difference = a[i++]! - b[j++]!;
    if (difference !== 0) return difference;
  }
  return iEnd - i - (jEnd - j);
}

function compareTo({ bytes, offsets }: StringTable, at: number, wanted: Uint8Array): number {
  let i = offsets[at]!;
  const end = offsets[at + 1]!;
  for (let j = 0; j < wanted.length; j++) {
    if (i === end) return -1;
    const difference = bytes[i++]! - wanted[j]!;
    if (difference !== 0) return difference;
  }
  return end - i;
}

/** First index of a sorted table whose string is not below `wanted`. */
export function lowerBound(table: StringTable, wanted: Uint8Array): number {
  let [low, high] = [0, sizeOf(table)];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareTo(table, middle, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a sorted table holds the string, given as such or in UTF-8. */
export function indexOf(table: StringTable, wanted: string | Uint8Array): number | undefined {
  const bytes = typeof wanted === 'string' ? Buffer.from(wanted) : wanted;
  const index = lowerBound(table, bytes);
  return index < sizeOf(table) && compareTo(table, index, bytes) === 0 ? index : undefined;
}

/** The half-open range of a sorted table whose strings begin so. */
export function prefixRange(table: StringTable, prefix: string): [from: number, to: number] {
  const bytes = Buffer.from(prefix);
  // No UTF-8 text holds the byte 0xff.
  return [lowerBound(table, bytes), lowerBound(table, Buffer.concat([bytes, Buffer.of(0xff)]))];
}
