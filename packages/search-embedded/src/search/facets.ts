import type { Clause, FacetAnswer, FacetRequest, KeywordField } from '@credatlas/model';
import type { CountArray } from '../arrays/arrays.ts';
import { add, among, countBy, sizeOfBoth, unite } from '../arrays/bits.ts';
import { rankOf } from '../segment/columns.ts';
import type { KeywordColumn } from '../segment/Segment.ts';
import { areFew, lengthOf, listsOf, unionOf } from './clauseLists.ts';
import { flagsOf, setOf } from './clauses.ts';
import type { DocumentSet } from './DocumentSet.ts';
import type { GlobalValues } from './GlobalValues.ts';
import { Heap } from './Heap.ts';
import type { LiveSegment, Tally } from './LiveSegment.ts';
import type { Found, MatchSet } from './matches.ts';

/** Counts of matching documents per value or band. */
export function facetOf(
  found: Found,
  request: FacetRequest,
  values: (field: KeywordField) => GlobalValues,
): FacetAnswer {
  switch (request.kind) {
    case 'bands':
      return bandFacet(found.sets(request.tag), request);
    case 'clauses':
      return clauseFacet(found.sets(request.tag), request);
    default:
      return valueFacet(found.sets(request.tag), request, values(request.field));
  }
}

type ValueRequest = Extract<FacetRequest, { kind: 'values' }>;

function valueFacet(found: readonly MatchSet[], request: ValueRequest, values: GlobalValues): FacetAnswer {
  const { counts, missing } = tallyOf(found, request.field, values);
  const only = request.only && new Set(request.only);
  const isWanted = (value: number): boolean => {
    if (request.length === undefined && !only) return true;
    const text = values.textAt(value);
    return (request.length === undefined || text.length === request.length) && (!only || only.has(text));
  };
  const heap = new Heap<number>(request.size, (a, b) => counts[b]! - counts[a]! || values.compare(a, b));
  let wanted = 0;
  for (let value = 0; value < counts.length; value++) {
    if (counts[value] === 0 || !isWanted(value)) continue;
    wanted += 1;
    if (!heap.isFull || counts[value]! >= counts[heap.worst]!) heap.offer(value);
  }
  return {
    buckets: heap.sorted().map((value) => ({ value: values.textAt(value), count: counts[value]! })),
    unknown: missing,
    truncated: wanted > request.size,
  };
}

/** What was found by its values, not to be written to. */
function tallyOf(found: readonly MatchSet[], field: KeywordField, values: GlobalValues): Tally {
  const tallies = found.map((own) => tallyIn(own, field));
  const maps = found.map(({ live }) => values.mapOf(live.uid));
  const [only] = tallies;
  if (only && tallies.length === 1 && !maps[0]) return only;
  const counts = new Uint32Array(values.size);
  for (const [at, own] of tallies.entries())
    for (let value = 0; value < own.counts.length; value++) counts[maps[at]?.[value] ?? value]! += own.counts[value]!;
  return { counts, missing: tallies.reduce((sum, { missing }) => sum + missing, 0) };
}

function tallyIn({ live, documents }: MatchSet, field: KeywordField): Tally {
  const column = live.segment.columns[field];
  if (!column) return { counts: new Uint32Array(), missing: documents.length };
  // Everything matches: what the segment has of each value is known.
  return documents.length === live.live ? live.tally(field) : tallied(column, documents);
}

/** Looking at one document's set takes as long as looking at so many sets in order. */
const worthOfADocument = 8;

function tallied({ offsets, members, sets, counts: { length } }: KeywordColumn, documents: DocumentSet): Tally {
  const counts = new Uint32Array(length);
  // Sets come one after the other in memory, those of documents do not.
  if (offsets.length <= documents.length * worthOfADocument) {
    const setCounts = countedBy(sets, documents, offsets.length - 1);
    for (let set = 1; set < setCounts.length; set++) {
      const count = setCounts[set]!;
      if (count > 0) for (let at = offsets[set]!; at < offsets[set + 1]!; at++) counts[members[at]!]! += count;
    }
    return { counts, missing: setCounts[0]! };
  }
  return { counts, missing: countMembers({ offsets, members, sets }, documents.list, counts) };
}

/** How many of the documents have each number below `size`. */
function countedBy(numbers: CountArray, documents: DocumentSet, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  if (documents.isListed || !documents.isDense) {
    const { list } = documents;
    for (let index = 0; index < list.length; index++) counts[numbers[list[index]!]!]! += 1;
  } else countBy(numbers, documents.bits, counts);
  return counts;
}

/** Documents looked at together. */
const blockSize = 1_024;

/**
 * Adds the members of each document's set to `counts`; answers how many have none. A document's set, where its members are, and these lie
 * far apart in memory: each is looked up for a block of documents at once, so that the processor waits for many of them together.
 */
function countMembers(
  { offsets, members, sets }: Pick<KeywordColumn, 'offsets' | 'members' | 'sets'>,
  documents: Uint32Array,
  counts: Uint32Array,
): number {
  const starts = new Uint32Array(blockSize);
  const ends = new Uint32Array(blockSize);
  const firsts = new Uint32Array(blockSize);
  let missing = 0;
  for (let from = 0; from < documents.length; from += blockSize) {
    const size = Math.min(blockSize, documents.length - from);
    for (let index = 0; index < size; index++) {
      const set = sets[documents[from + index]!]!;
      starts[index] = offsets[set]!;
      ends[index] = offsets[set + 1]!;
    }
    for (let index = 0; index < size; index++) firsts[index] = members[starts[index]!]!;
    for (let index = 0; index < size; index++) {
      if (starts[index] === ends[index]) missing += 1;
      else counts[firsts[index]!]! += 1;
      for (let at = starts[index]! + 1; at < ends[index]!; at++) counts[members[at]!]! += 1;
    }
  }
  return missing;
}

function bandFacet(found: readonly MatchSet[], request: Extract<FacetRequest, { kind: 'bands' }>): FacetAnswer {
  const counts = new Uint32Array(request.edges.length + 1);
  let unknown = 0;
  for (const { live, documents } of found) {
    const column = live.segment.numbers[request.field];
    if (!column) {
      unknown += documents.length;
      continue;
    }
    // Ranks that begin each band; the band of a document is told by its rank alone.
    const bands = bandByRank(column.values, request.edges);
    const byRank =
      documents.length === live.live
        ? live.rankTally(request.field)
        : countedBy(column.ranks, documents, column.values.length + 1);
    unknown += byRank[0]!;
    for (let rank = 1; rank < byRank.length; rank++) counts[bands[rank - 1]!]! += byRank[rank]!;
  }
  return {
    buckets: bandNames(request.edges)
      .map((value, band) => ({ value, count: counts[band]! }))
      .filter(({ count }, band) => band > 0 || count > 0),
    unknown,
    truncated: false,
  };
}

function clauseFacet(
  found: readonly { live: LiveSegment; documents: DocumentSet }[],
  { values }: Extract<FacetRequest, { kind: 'clauses' }>,
): FacetAnswer {
  const counts = values.map(() => 0);
  const clauses = values.map(({ clause }) => clause);
  let unknown = 0;
  for (const { live, documents } of found)
    unknown += documents.length - (documents.isDense ? countBits : countFlags)(live, { documents, clauses, counts });
  const buckets = values.map(({ value }, at) => ({ value, count: counts[at]! })).filter(({ count }) => count > 0);
  return { buckets, unknown, truncated: false };
}

interface ClauseCounts {
  documents: DocumentSet;
  clauses: readonly Clause[];
  /** Of documents, by clause. */
  counts: number[];
}

/** Answers for how many documents some clause holds. */
function countBits(live: LiveSegment, { documents, clauses, counts }: ClauseCounts): number {
  const { taken } = live.room;
  const any = live.takeBits();
  const { isAll } = documents;
  clauses.forEach((clause, at) => {
    const lists = listsOf(live, clause);
    if (lists && areFew(live, lengthOf(lists))) {
      const listed = unionOf(live, lists);
      counts[at]! += isAll ? listed.length : among(listed, documents.bits).length;
      add(any, listed);
      return;
    }
    const own = setOf(live, clause);
    counts[at]! += isAll ? own.length : sizeOfBoth(own.bits, documents.bits);
    unite(any, own.bits);
  });
  live.room.leave(taken);
  return sizeOfBoth(any, documents.bits);
}

function countFlags(live: LiveSegment, { documents, clauses, counts }: ClauseCounts): number {
  const any = new Uint8Array(documents.length);
  clauses.forEach((clause, at) => {
    const flags = flagsOf(live, clause, documents.list);
    for (let index = 0; index < flags.length; index++) {
      counts[at]! += flags[index]!;
      any[index]! |= flags[index]!;
    }
  });
  return any.reduce((sum, flag) => sum + flag, 0);
}

/** Band 0 lies below the first edge. */
export function bandByRank(values: Float64Array, edges: readonly number[]): Uint16Array {
  const bands = new Uint16Array(values.length);
  for (const [band, edge] of edges.entries()) bands.fill(band + 1, rankOf(values, edge));
  return bands;
}

export function bandNames(edges: readonly number[]): string[] {
  return Array.from({ length: edges.length + 1 }, (_, band) => `${edges[band - 1] ?? ''}..${edges[band] ?? ''}`);
}
