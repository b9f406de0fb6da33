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

/** Where each array goes, end to end; `own`: without those that are equal to one before, which lie where that one lies. */
export function placesOf(arrays: Arrays): { entries: PackedEntry[]; own: PackedEntry[]; size: number } {
  const entries: PackedEntry[] = [];
  const own: PackedEntry[] = [];
  let size = 0;
  arrays.forEach((array, name) => {
    const entry = { name, kind: kindOf(array), offset: size, length: array.length };
    const equal = entry.length < leastCompared ? undefined : equalOf(entry, { entries, arrays });
    entries.push(entry);
    if (equal) {
      entry.offset = equal.offset;
      return;
    }
    own.push(entry);
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
  // Written through one view of each kind: a small segment has many short arrays, each of which would want a view of its own.
  const views = Object.fromEntries(
    Object.entries(kinds).map(([kind, View]) => [kind, new View(buffer, 0, size / View.BYTES_PER_ELEMENT)]),
  );
  for (const { name, kind, offset } of own) views[kind]!.set(arrays.get(name)!, offset / bytesOf(kind));
  return { entries, buffer };
}

/** The array of a name, viewed when it is asked for; undefined where there is none. */
export function unpacked({ entries, buffer }: Packed): (name: string) => NumberArray | undefined {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return (name) => {
    const entry = byName.get(name);
    return entry && new kinds[entry.kind](buffer, entry.offset, entry.length);
  };
}
