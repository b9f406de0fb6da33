/** A set of a segment's documents, a bit each: document d is bit d & 31 of word d >>> 5. Cheaper than a list from some percent of the segment on. */
export type Bits = Uint32Array;

export function wordsFor(size: number): number {
  return (size + 31) >>> 5;
}

export function bitsFor(size: number): Bits {
  return new Uint32Array(wordsFor(size));
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

/** Leaves in `bits` what is not in the other set. */
export function subtract(bits: Bits, other: Bits): Bits {
  for (let word = 0; word < bits.length; word++) bits[word]! &= ~other[word]!;
  return bits;
}

/** Adds to `bits` what is in the other set. */
export function unite(bits: Bits, other: Bits): Bits {
  for (let word = 0; word < bits.length; word++) bits[word]! |= other[word]!;
  return bits;
}

/** A set of what is in any of several, of so many documents. */
export function united(sets: readonly Bits[], size: number): Bits {
  const [first, second, ...others] = sets;
  if (!first || !second) return first?.slice() ?? bitsFor(size);
  const all = bitsFor(size);
  for (let word = 0; word < all.length; word++) all[word] = first[word]! | second[word]!;
  for (let at = 0; at < others.length; at += 2) uniteBoth(all, others[at]!, others[at + 1] ?? others[at]!);
  return all;
}

function uniteBoth(bits: Bits, one: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word]! |= one[word]! | other[word]!;
}

/** Turns `bits` into what is not in it, of so many documents. */
export function complement(bits: Bits, size: number): Bits {
  for (let word = 0; word < bits.length; word++) bits[word] = ~bits[word]!;
  const last = size & 31;
  if (last > 0) bits[bits.length - 1]! &= (1 << last) - 1;
  return bits;
}

export function isEmpty(bits: Bits): boolean {
  for (let word = 0; word < bits.length; word++) if (bits[word] !== 0) return false;
  return true;
}

export function has(bits: Bits, document: number): boolean {
  return ((bits[document >>> 5]! >>> (document & 31)) & 1) === 1;
}

/** For each of the documents: 1 when it is in the set. */
export function flagged(documents: Uint32Array, bits: Bits): Uint8Array {
  const flags = new Uint8Array(documents.length);
  for (let index = 0; index < flags.length; index++) {
    const document = documents[index]!;
    flags[index] = (bits[document >>> 5]! >>> (document & 31)) & 1;
  }
  return flags;
}

/** Those of ascending documents that are in the set. */
export function among(documents: Uint32Array, bits: Bits): Uint32Array {
  const found = new Uint32Array(documents.length);
  let count = 0;
  for (let index = 0; index < documents.length; index++) {
    const document = documents[index]!;
    found[count] = document;
    // Without a branch: which are in it is not to be foreseen.
    count += (bits[document >>> 5]! >>> (document & 31)) & 1;
  }
  return found.subarray(0, count);
}

/** Words of a block: how many documents come before one is kept, so that few words need counting to tell a document's place. */
const blockWords = 8;

export function blocksFor(size: number): number {
  return Math.ceil(wordsFor(size) / blockWords);
}

/** How many documents of the set come before each block. */
export function countsBefore(bits: Bits): Uint32Array {
  const counts = new Uint32Array(Math.ceil(bits.length / blockWords));
  let before = 0;
  for (let word = 0; word < bits.length; word++) {
    if (word % blockWords === 0) counts[word / blockWords] = before;
    before += countIn(bits[word]!);
  }
  return counts;
}

/** How many of the set come before each of ascending documents, and `first` more. */
export function placesOf(
  documents: Uint32Array,
  bits: Bits,
  { counts, first }: { counts: Uint32Array; first: number },
): Uint32Array {
  const places = new Uint32Array(documents.length);
  let [word, before] = [0, first];
  for (let index = 0; index < documents.length; index++) {
    const document = documents[index]!;
    const own = document >>> 5;
    if (own - word >= blockWords) {
      const block = Math.floor(own / blockWords);
      word = block * blockWords;
      before = first + counts[block]!;
    }
    while (word < own) before += countIn(bits[word++]!);
    places[index] = before + countIn(bits[own]! & ((1 << (document & 31)) - 1));
  }
  return places;
}

/** The documents of a set, ascending; `size`: how many they are, where that is known. */
export function listed(bits: Bits, size = sizeOf(bits)): Uint32Array {
  const documents = new Uint32Array(size);
  let count = 0;
  for (let word = 0; word < bits.length; word++)
    for (let left = bits[word]!; left !== 0; left &= left - 1)
      documents[count++] = (word << 5) + (31 - Math.clz32(left & -left));
  return documents;
}

/** Counts the documents of a set by the number that each has, in `counts`. */
export function countBy(numbers: ArrayLike<number>, bits: Bits, counts: Uint32Array): void {
  for (let word = 0; word < bits.length; word++)
    for (let left = bits[word]!; left !== 0; left &= left - 1)
      counts[numbers[(word << 5) + (31 - Math.clz32(left & -left))]!]! += 1;
}

export function sizeOf(bits: Bits): number {
  return sizeOfBoth(bits, bits);
}

/** How many are in both sets. */
export function sizeOfBoth(bits: Bits, other: Bits): number {
  let count = 0;
  let word = 0;
  // Twelve at a time: their sums of bytes are added up before they are put together.
  for (const last = bits.length - 11; word < last; word += 12) {
    let bytes = 0;
    for (let at = word; at < word + 12; at += 3) {
      const third = bits[at + 2]! & other[at + 2]!;
      const pairs = inPairs(bits[at]! & other[at]!) + (third & 0x55555555);
      const more = inPairs(bits[at + 1]! & other[at + 1]!) + ((third >>> 1) & 0x55555555);
      bytes += inBytes(inFours(pairs) + inFours(more));
    }
    count += Math.imul(bytes & 0x00ff00ff, 0x00010001) >>> 16;
    count += Math.imul((bytes >>> 8) & 0x00ff00ff, 0x00010001) >>> 16;
  }
  for (; word < bits.length; word++) count += countIn(bits[word]! & other[word]!);
  return count;
}

export function countIn(word: number): number {
  return Math.imul(inBytes(inFours(inPairs(word))), 0x01010101) >>> 24;
}

/** How many bits are in each pair of them. */
function inPairs(word: number): number {
  return word - ((word >>> 1) & 0x55555555);
}

/** Each two pairs added up. */
function inFours(pairs: number): number {
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}

/** Each two fours added up. */
function inBytes(fours: number): number {
  return (fours & 0x0f0f0f0f) + ((fours >>> 4) & 0x0f0f0f0f);
}
