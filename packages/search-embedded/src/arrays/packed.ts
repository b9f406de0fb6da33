import type { Arrays, NumberArray } from './arrays.ts';

type Kind = 'u8' | 'u16' | 'u32' | 'f64';
const kinds: Record<
  Kind,
  (new (buffer: ArrayBufferLike, offset: number, length: number) => NumberArray) & { BYTES_PER_ELEMENT: number }
> = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f64: Float64Array,
};

/** Where one array lies in the shared bytes. */
export interface PackedEntry {
  name: string;
  kind: Kind;
  offset: number;
  length: number;
}

/** Named arrays end to end in memory that threads share. */
export interface Packed {
  entries: PackedEntry[];
  buffer: SharedArrayBuffer;
}

export function kindOf(array: NumberArray): Kind {
  if (array instanceof Uint8Array) return 'u8';
  if (array instanceof Uint16Array) return 'u16';
  return array instanceof Uint32Array ? 'u32' : 'f64';
}

/** Of one element. */
export function bytesOf(kind: Kind): number {
  return kinds[kind].BYTES_PER_ELEMENT;
}

/** Arrays begin at multiples of this, so that any kind may be viewed in place. */
export const alignment = 8;

export function pack(arrays: Arrays): Packed {
  const entries: PackedEntry[] = [];
  let size = 0;
  for (const [name, array] of arrays) {
    entries.push({ name, kind: kindOf(array), offset: size, length: array.length });
    size += Math.ceil(array.byteLength / alignment) * alignment;
  }
  const buffer = new SharedArrayBuffer(size);
  for (const { name, kind, offset, length } of entries) new kinds[kind](buffer, offset, length).set(arrays.get(name)!);
  return { entries, buffer };
}

export function unpack({ entries, buffer }: Packed): Arrays {
  return new Map(entries.map(({ name, kind, offset, length }) => [name, new kinds[kind](buffer, offset, length)]));
}
