/** The kinds of arrays that a segment is made of: plain bytes in memory, in a file and between threads. */
export type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;
export type CountArray = Uint8Array | Uint16Array | Uint32Array;
export type Arrays = Map<string, NumberArray>;

/** Room for `length` whole numbers up to `largest`, in as few bytes as they need. */
export function countArray(length: number, largest: number): CountArray {
  return new (countKind(largest))(length);
}

/** The kind of array whose numbers go up to `largest`. */
export function countKind(largest: number): typeof Uint8Array | typeof Uint16Array | typeof Uint32Array {
  if (largest <= 0xff) return Uint8Array;
  return largest <= 0xffff ? Uint16Array : Uint32Array;
}

/** Running sums with a leading zero: where each run of a list of lists begins. */
export function offsetsOf(counts: ArrayLike<number>): Uint32Array {
  const offsets = new Uint32Array(counts.length + 1);
  for (let index = 0; index < counts.length; index++) offsets[index + 1] = offsets[index]! + counts[index]!;
  return offsets;
}

/** A list of whole numbers below 2^32 that grows. */
export class GrowingList {
  #values: Uint32Array;
  length = 0;

  constructor(room = 16) {
    this.#values = new Uint32Array(room);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** What has been pushed so far; shares its memory. */
  get values(): Uint32Array {
    return this.#values.subarray(0, this.length);
  }

  /** The same in memory of its own; of a short list it is the cheaper one, whose memory is no buffer yet. */
  copy(): Uint32Array {
    return this.#values.slice(0, this.length);
  }
}

/** Up to this many bytes are copied sooner one by one than by a call. */
const fewBytes = 64;

/** Bytes that grow. */
export class GrowingBytes {
  #bytes: Uint8Array;
  length = 0;

  constructor(room = 64) {
    this.#bytes = new Uint8Array(room);
  }

  #room(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.length + more, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }

  /** Appends bytes [from, to). */
  pushBytes(bytes: Uint8Array, from: number, to: number): void {
    this.#room(to - from);
    if (to - from > fewBytes) {
      this.#bytes.set(bytes.subarray(from, to), this.length);
      this.length += to - from;
    } else for (let at = from; at < to; at++) this.#bytes[this.length++] = bytes[at]!;
  }

  /** Appends text as UTF-8. */
  pushText(text: string): void {
    this.#room(text.length * 3);
    this.length += encoder.encodeInto(text, this.#bytes.subarray(this.length)).written;
  }

  get values(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

const encoder = new TextEncoder();
