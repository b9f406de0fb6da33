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

/** Shorter arrays take too little room to be compared. */
const leastCompared = 1_024;

/** Where each array goes, end to end; of equal ones only the first takes room. */
export function placesOf(arrays: Arrays): { entries: PackedEntry[]; own: Set<string>; size: number } {
  const entries: PackedEntry[] = [];
  const own = new Set<string>();
  let size = 0;
  arrays.forEach((array, name) => {
    const entry = { name, kind: kindOf(array), offset: size, length: array.length };
    const equal = entry.length < leastCompared ? undefined : equalOf(entry, { entries, arrays });
    entries.push(entry);
    if (equal) {
      entry.offset = equal.offset;
      return;
    }
    own.add(name);
    size += Math.ceil(array.byteLength / alignment) * alignment;
  });
  return { entries, own, size };
}

/** The first of the arrays before that is the same. */
function equalOf(
  { name, kind, length }: PackedEntry,
  { entries, arrays }: { entries: readonly PackedEntry[]; arrays: Arrays },
): PackedEntry | undefined {
  const bytes = bytesIn(arrays.get(name)!);
  return entries.find(
    (entry) => entry.kind === kind && entry.length === length && bytesIn(arrays.get(entry.name)!).equals(bytes),
  );
}

export function bytesIn({ buffer, byteOffset, byteLength }: NumberArray): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

export function pack(arrays: Arrays): Packed {
  const { entries, own, size } = placesOf(arrays);
  const buffer = new SharedArrayBuffer(size);
  for (const { name, kind, offset, length } of entries)
    if (own.has(name)) new kinds[kind](buffer, offset, length).set(arrays.get(name)!);
  return { entries, buffer };
}

export function unpack({ entries, buffer }: Packed): Arrays {
  const arrays: Arrays = new Map();
  for (const { name, kind, offset, length } of entries) arrays.set(name, new kinds[kind](buffer, offset, length));
  return arrays;
}
