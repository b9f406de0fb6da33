import { offsetsOf } from '../arrays/arrays.ts';

/** Values by how many documents have them, most first, equal ones in their own order. */
export function mostFrequentFirst(counts: Uint32Array): Uint32Array {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const starts = offsetsOf(occurrences(counts, most));
  const order = new Uint32Array(counts.length);
  for (let value = 0; value < counts.length; value++) {
    const rarity = most - counts[value]!;
    order[starts[rarity]!] = value;
    starts[rarity]! += 1;
  }
  return order;
}

/** How many values have `most` documents, one fewer, and so on. */
function occurrences(counts: Uint32Array, most: number): Uint32Array {
  const found = new Uint32Array(most + 1);
  for (const count of counts) found[most - count]! += 1;
  return found;
}
