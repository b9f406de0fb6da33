/** A set of a segment's documents, a bit each: document d is bit d & 31 of word d >>> 5. Cheaper than a list from some percent of the segment on. */
export type Bits = Uint32Array;

export function bitsFor(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

/** Adds documents to a set. */
export function add(bits: Bits, documents: Uint32Array): Bits {
  for (let index = 0; index < documents.length; index++) {
    const document = documents[index]!;
    bits[document >>> 5]! |= 1 << (document & 31);
  }
  return bits;
}

/** The documents whose number is marked, of all documents in order. */
export function marked(numbers: ArrayLike<number>, marks: Uint8Array): Bits {
  const bits = bitsFor(numbers.length);
  const whole = numbers.length >>> 3;
  // Eight at a time: this looks at every document of a segment.
  for (let eight = 0, at = 0; eight < whole; eight++, at += 8) {
    const own =
      marks[numbers[at]!]! |
      (marks[numbers[at + 1]!]! << 1) |
      (marks[numbers[at + 2]!]! << 2) |
      (marks[numbers[at + 3]!]! << 3) |
      (marks[numbers[at + 4]!]! << 4) |
      (marks[numbers[at + 5]!]! << 5) |
      (marks[numbers[at + 6]!]! << 6) |
      (marks[numbers[at + 7]!]! << 7);
    bits[eight >>> 2]! |= own << ((eight & 3) << 3);
  }
  for (let at = whole << 3; at < numbers.length; at++) bits[at >>> 5]! |= marks[numbers[at]!]! << (at & 31);
  return bits;
}

/** Leaves in `bits` what is in the other set too. */
export function intersect(bits: Bits, other: Bits): Bits {
  for (let word = 0; word < bits.length; word++) bits[word]! &= other[word]!;
  return bits;
}

/** Adds to `bits` what is in the other set. */
export function unite(bits: Bits, other: Bits): Bits {
  for (let word = 0; word < bits.length; word++) bits[word]! |= other[word]!;
  return bits;
}

/** Turns `bits` into what is not in it, of so many documents. */
export function complement(bits: Bits, size: number): Bits {
  for (let word = 0; word < bits.length; word++) bits[word] = ~bits[word]!;
  const last = size & 31;
  if (last > 0) bits[bits.length - 1]! &= (1 << last) - 1;
  return bits;
}

/** The documents of a set, ascending. */
export function listed(bits: Bits): Uint32Array {
  const documents = new Uint32Array(sizeOf(bits));
  let count = 0;
  for (let word = 0; word < bits.length; word++)
    for (let left = bits[word]!; left !== 0; left &= left - 1)
      documents[count++] = (word << 5) + (31 - Math.clz32(left & -left));
  return documents;
}

function sizeOf(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word++) {
    // Bits are added up in pairs, then in fours, then in bytes.
    let own = bits[word]!;
    own -= (own >>> 1) & 0x55555555;
    own = (own & 0x33333333) + ((own >>> 2) & 0x33333333);
    count += Math.imul((own + (own >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}
