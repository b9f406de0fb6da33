import type { NumberField } from '@credatlas/model';
import type { CountArray } from '../arrays/arrays.ts';
import type { NumberColumn } from '../segment/Segment.ts';
import { blockSize, keysIn, type Lists, ofMatches, type Rows } from './Rows.ts';

/** Counters of all groups together: what a processor's caches hold. */
const mostCounters = 1 << 20;

interface Wanted {
  field: NumberField;
  p: number;
  groups: number;
}

/**
 * For each group the value at h = (n − 1)p of its n sorted values, linear between its neighbours; null without values. Values are
 * first counted by bucket; only those of the buckets that hold the neighbours are then gathered and sorted.
 */
export function percentiles(rows: readonly Rows[], wanted: Wanted): (number | null)[] {
  const shift = shiftFor(wanted.groups);
  const parts = partsOf(rows, { ...wanted, shift });
  const places = new Places(countsByBucket(parts, { ...wanted, size: sizeAt(shift) }), wanted);
  const gathered = gatheredValues(parts, places);
  return Array.from({ length: wanted.groups }, (_, group) => {
    const own = gathered.subarray(places.starts[group], places.starts[group + 1]).sort();
    if (own.length === 0) return null;
    const [at, share] = [places.low[group]!, places.share[group]!];
    return share === 0 ? own[at]! : own[at]! + (own[at + 1]! - own[at]!) * share;
  });
}

/** Of so many groups, buckets are put together by 2^shift. */
function shiftFor(groups: number): number {
  let shift = 0;
  while (groups * sizeAt(shift) > mostCounters && shift < 8) shift += 1;
  return shift;
}

/** Buckets 1 to 255, and the missing ones. */
function sizeAt(shift: number): number {
  return shifted(255, shift) + 1;
}

function shifted(bucket: number, shift: number): number {
  return (bucket + (1 << shift) - 1) >>> shift;
}

/** What one segment has of the field. */
interface Part {
  rows: Rows;
  column: NumberColumn;
  /** Bucket of each row; 0: missing. Buckets are ranges of values, the same in all segments. */
  buckets: CountArray;
}

function partsOf(rows: readonly Rows[], { field, shift }: { field: NumberField; shift: number }): Part[] {
  const found = rows.flatMap((own) => {
    const column = own.match.live.segment.numbers[field];
    return column ? [{ rows: own, column }] : [];
  });
  const [first] = found;
  if (!first) return [];
  const largest = found.reduce((a, b) => (b.column.ranks.length > a.column.ranks.length ? b : a), first);
  const edges = largest.rows.match.live.buckets.edgesOf(largest.column);
  return found.map((part) => {
    const { match } = part.rows;
    const buckets = ofMatches(match.live.buckets.byDocument(part.column, edges), match);
    return { ...part, buckets: shift === 0 ? buckets : buckets.map((bucket) => shifted(bucket, shift)) };
  });
}

/** How many values of group g lie in bucket b: byGroup[g × size + b]; bucket 0 is the missing ones. */
interface Counts {
  byGroup: Uint32Array;
  size: number;
}

function countsByBucket(parts: readonly Part[], { groups, size }: { groups: number; size: number }): Counts {
  const counts = { byGroup: new Uint32Array(groups * size), size };
  for (const part of parts) (keysIn(part.rows.lists) * size <= mostCounters ? countKeys : countEach)(part, counts);
  return counts;
}

/** Counts for each key, then adds up for each group. */
function countKeys({ rows: { keys, lists, match }, buckets }: Part, { byGroup, size }: Counts): void {
  const byKey = match.live.room.take(keysIn(lists) * size, 0xffffffff).fill(0);
  for (let from = 0; from < keys.length; from += blockSize) countBlock({ keys, buckets, size }, from, byKey);
  for (let key = 0; key < keysIn(lists); key++)
    for (let at = lists.offsets[key]!; at < lists.offsets[key + 1]!; at++)
      for (let bucket = 1; bucket < size; bucket++)
        byGroup[lists.values[at]! * size + bucket]! += byKey[key * size + bucket]!;
}

interface Bucketed {
  keys: CountArray;
  buckets: CountArray;
  size: number;
}

function countBlock({ keys, buckets, size }: Bucketed, from: number, byKey: CountArray): void {
  const to = Math.min(from + blockSize, keys.length);
  for (let index = from; index < to; index++) byKey[Math.imul(keys[index]!, size) + buckets[index]!]! += 1;
}

function countEach({ rows, buckets }: Part, { byGroup, size }: Counts): void {
  const { offsets, values } = rows.lists;
  for (let index = 0; index < rows.keys.length; index++) {
    const [key, bucket] = [rows.keys[index]!, buckets[index]!];
    for (let at = offsets[key]!; at < offsets[key + 1]!; at++) byGroup[values[at]! * size + bucket]! += 1;
  }
}

/** Where the wanted values of each group lie. */
class Places {
  /** First and last bucket to be gathered. */
  readonly first: Uint8Array;
  readonly last: Uint8Array;
  /** Where the gathered values of each group begin. */
  readonly starts: Uint32Array;
  /** Of the lower neighbour among the gathered values, and how far h lies beyond it. */
  readonly low: Uint32Array;
  readonly share: Float64Array;

  constructor({ byGroup, size }: Counts, { groups, p }: Wanted) {
    // A group without values gathers nothing, for there is no bucket before the first.
    this.first = new Uint8Array(groups).fill(0xff);
    this.last = new Uint8Array(groups);
    this.starts = new Uint32Array(groups + 1);
    this.low = new Uint32Array(groups);
    this.share = new Float64Array(groups);
    for (let group = 0; group < groups; group++)
      this.starts[group + 1] =
        this.starts[group]! + this.#place(group, byGroup.subarray(group * size, (group + 1) * size), p);
  }

  /** How many values are gathered for all groups together. */
  get size(): number {
    return this.starts.at(-1)!;
  }

  /** Answers how many values are to be gathered. */
  #place(group: number, counts: Uint32Array, p: number): number {
    let n = 0;
    for (let bucket = 1; bucket < counts.length; bucket++) n += counts[bucket]!;
    if (n === 0) return 0;
    const h = (n - 1) * p;
    const low = Math.floor(h);
    let [before, bucket] = [0, 1];
    while (before + counts[bucket]! <= low) before += counts[bucket++]!;
    this.first[group] = bucket;
    let gathered = counts[bucket]!;
    // The upper neighbour may lie in a later bucket.
    while (low + 1 < n && before + gathered <= low + 1) gathered += counts[++bucket]!;
    this.last[group] = bucket;
    this.low[group] = low - before;
    this.share[group] = h - low;
    return gathered;
  }
}

function gatheredValues(parts: readonly Part[], places: Places): Float64Array {
  const next = places.starts.slice();
  const gathered = new Float64Array(places.size);
  for (const part of parts) {
    const { keys, match, lists } = part.rows;
    const { values, ranks } = part.column;
    for (const index of between(part, places)) {
      const [key, bucket] = [keys[index]!, part.buckets[index]!];
      for (let at = lists.offsets[key]!; at < lists.offsets[key + 1]!; at++) {
        const group = lists.values[at]!;
        if (bucket < places.first[group]! || bucket > places.last[group]!) continue;
        gathered[next[group]!] = values[ranks[match.documents[index]!]! - 1]!;
        next[group]! += 1;
      }
    }
  }
  return gathered;
}

/** The few rows whose value some group of theirs gathers. */
function between({ rows: { keys, lists }, buckets }: Part, places: Places): Uint32Array {
  const wanted = wantedByKey(lists, places);
  const found = new Uint32Array(places.size);
  let count = 0;
  for (let from = 0; from < keys.length; from += blockSize)
    count = listBlock({ keys, buckets, wanted }, from, { found, count });
  return found.subarray(0, count);
}

/** Answers how many have been found by now. */
function listBlock(
  { keys, buckets, wanted }: Omit<Bucketed, 'size'> & { wanted: Uint32Array },
  from: number,
  { found, count: before }: { found: Uint32Array; count: number },
): number {
  const to = Math.min(from + blockSize, keys.length);
  let count = before;
  for (let index = from; index < to; index++) {
    const bucket = buckets[index]!;
    if ((wanted[(keys[index]! << 3) + (bucket >>> 5)]! >>> (bucket & 31)) & 1) found[count++] = index;
  }
  return count;
}

/** For each key, eight words with a bit for each bucket that a group of its gathers from. */
function wantedByKey(lists: Lists, { first, last }: Places): Uint32Array {
  const wanted = new Uint32Array(keysIn(lists) << 3);
  for (let key = 0; key < keysIn(lists); key++)
    for (let at = lists.offsets[key]!; at < lists.offsets[key + 1]!; at++) {
      const group = lists.values[at]!;
      for (let bucket = first[group]!; bucket <= last[group]!; bucket++)
        wanted[(key << 3) + (bucket >>> 5)]! |= 1 << (bucket & 31);
    }
  return wanted;
}
