import { nearestOf, type SearchCursor, type SortKey } from '@credatlas/model';
import type { CountArray } from '../arrays/arrays.ts';
import { type Bits, intersect, listed, marked, sizeOf } from '../arrays/bits.ts';
import { compareEntries, lowerBound, textAt } from '../arrays/StringTable.ts';
import { rankOf } from '../segment/columns.ts';
import { malformedCursor } from './cursorFaults.ts';
import { Heap } from './Heap.ts';
import type { LiveSegment } from './LiveSegment.ts';
import type { Matches, MatchSet } from './matches.ts';
import type { Unscored } from './mostRelevant.ts';

/** A matching document; `index` is its place in the matches of its segment. */
export interface Ranked {
  match: Matches;
  document: number;
  index: number;
}

export type Compare = (a: Ranked, b: Ranked) => number;

export function idOf({ match, document }: Ranked): string {
  return textAt(match.live.segment.ids, document);
}

export function compareIds(a: Ranked, b: Ranked): number {
  const [left, right] = [a.match.live.segment, b.match.live.segment];
  if (left === right) return left.idRanks[a.document]! - left.idRanks[b.document]!;
  return compareEntries(left.ids, a.document, { table: right.ids, at: b.document });
}

/** Strict hits by score, then the others by evidence; ties by id. */
export const byRelevance: Compare = (a, b) => byScore(a, b) || compareIds(a, b);

function byScore(a: Ranked, b: Ranked): number {
  const strict = (b.match.isStrict?.[b.index] ?? 1) - (a.match.isStrict?.[a.index] ?? 1);
  return strict || (b.match.scores?.[b.index] ?? 0) - (a.match.scores?.[a.index] ?? 0);
}

/** The first `size` of all matches by relevance, in order. */
export function firstByRelevance(sets: readonly Unscored[], size: number): Ranked[] {
  if (size === 0) return [];
  const heap = new Heap<Ranked>(size, byRelevance);
  for (const { first } of sets) offerByRelevance(first(size), heap);
  return heap.sorted();
}

function offerByRelevance(match: Matches, heap: Heap<Ranked>): void {
  const { documents, isStrict } = match;
  const scores = match.scores!;
  const { idRanks } = match.live.segment;
  let worst = worstOf(heap, match);
  for (let index = 0; index < documents.length; index++) {
    const score = scores[index]!;
    const strict = isStrict ? isStrict[index]! : 1;
    // Most hits end here: clearly worse than all that are kept.
    if (strict < worst.strict) continue;
    if (strict === worst.strict && score <= worst.score) {
      if (score < worst.score || idRanks[documents[index]!]! > worst.idRank) continue;
    }
    heap.offer({ match, document: documents[index]!, index });
    worst = worstOf(heap, match);
  }
}

/** What another hit of the segment has to be better than; ids tell only within one. */
function worstOf(heap: Heap<Ranked>, match: Matches): { strict: number; score: number; idRank: number } {
  if (!heap.isFull) return { strict: -1, score: 0, idRank: 0 };
  const { match: own, document, index } = heap.worst;
  return {
    strict: own.isStrict?.[index] ?? 1,
    score: own.scores![index]!,
    idRank: own === match ? match.live.segment.idRanks[document]! : Number.POSITIVE_INFINITY,
  };
}

/** A sort over one segment: whole numbers in the order of the key, missing values last, and the value a number stands for. */
interface KeyOrder {
  /** Of a document; `missing` when it has no value. */
  numberOf(document: number): number;
  keyValue(document: number): number | string | null;
  /** Number below which every document comes before a value, and above which after. */
  boundOf(value: number | string | null): number;
  /** Where the order is one of ranks: those of the documents, and whether larger ones come first. */
  ranked?: RankOrder;
}

interface RankOrder {
  key: string;
  ranks: CountArray;
  descending: boolean;
}

const missing = Number.POSITIVE_INFINITY;

function keyOrder(live: LiveSegment, key: SortKey): KeyOrder {
  if (key.by === 'distance') return distanceOrder(live, key);
  const { segment } = live;
  const names = key.by === 'name' ? segment.names : undefined;
  const column = key.by === 'name' || key.by === 'relevance' ? undefined : segment.numbers[key.by];
  const ranks = names?.ranks ?? column?.ranks;
  const valueAt = (rank: number): number | string =>
    names ? textAt(names.values, rank - 1) : (column?.values[rank - 1] ?? 0);
  const placeOf = (value: number | string): number =>
    names
      ? lowerBound(names.values, Buffer.from(String(value)))
      : rankOf(column?.values ?? new Float64Array(), Number(value));
  const sign = key.descending ? -1 : 1;
  return {
    numberOf: (document) => {
      const rank = ranks?.[document] ?? 0;
      return rank === 0 ? missing : sign * rank;
    },
    keyValue: (document) => {
      const rank = ranks?.[document] ?? 0;
      return rank === 0 ? null : valueAt(rank);
    },
    // A value that this segment does not hold lies between two ranks.
    boundOf: (value) => {
      if (value === null) return missing;
      const place = placeOf(value);
      const size = names ? names.values.offsets.length - 1 : (column?.values.length ?? 0);
      return sign * (place < size && valueAt(place + 1) === value ? place + 1 : place + 0.5);
    },
    ...(ranks ? { ranked: { key: key.by, ranks, descending: key.descending } } : {}),
  };
}

function distanceOrder(live: LiveSegment, key: Extract<SortKey, { by: 'distance' }>): KeyOrder {
  const column = live.segment.columns['(point)'];
  const distances = live.points().map((point) => nearestOf([point], key.from));
  const nearest = (document: number): number | null => {
    const set = column?.sets[document] ?? 0;
    let least: number | null = null;
    for (let at = column?.offsets[set] ?? 0; at < (column?.offsets[set + 1] ?? 0); at++) {
      const distance = distances[column?.members[at] ?? 0]!;
      if (least === null || distance < least) least = distance;
    }
    return least;
  };
  const sign = key.descending ? -1 : 1;
  return {
    numberOf: (document) => {
      const distance = nearest(document);
      return distance === null ? missing : sign * distance;
    },
    keyValue: nearest,
    boundOf: (value) => (value === null ? missing : sign * Number(value)),
  };
}

type Keyset = Extract<SearchCursor, { kind: 'keyset' }>;

/** One page in the order of the keys, ties by id, after a cursor or before it; and whether there is more on either side. */
export function pageBySort(
  sets: readonly MatchSet[],
  given: { sort: readonly SortKey[]; size: number; after?: Keyset },
): { hits: Ranked[]; next?: Keyset; prev?: Keyset } {
  const { sort, size, after } = given;
  if (after) refuseUnfit(after, sort);
  const orders = new Map(sets.map(({ live }) => [live, sort.map((key) => keyOrder(live, key))]));
  const valuesOf = ({ match, document }: Ranked) => orders.get(match.live)!.map((order) => order.keyValue(document));
  const sign = after?.isBackwards ? -1 : 1;
  const across: Compare = (a, b) => {
    const [left, right] = [valuesOf(a), valuesOf(b)];
    for (const [at, { descending }] of sort.entries()) {
      const difference = compareValues(left[at]!, right[at]!, descending);
      if (difference !== 0) return sign * difference;
    }
    return sign * compareIds(a, b);
  };
  const tops = sets.flatMap((set) => firstInSegment(set, orders.get(set.live)!, given));
  const hits = tops.sort(across).slice(0, size);
  if (after?.isBackwards) hits.reverse();
  const [first, last] = [hits.at(0), hits.at(-1)];
  if (!first || !last) return { hits };
  const isMore = tops.length > size;
  const at = (hit: Ranked): Keyset => ({ kind: 'keyset', values: valuesOf(hit), id: idOf(hit) });
  return {
    hits,
    ...(isMore || after?.isBackwards ? { next: at(last) } : {}),
    ...((after?.isBackwards ? isMore : after) ? { prev: { ...at(first), isBackwards: true } } : {}),
  };
}

/** A value for each key, of its kind: anything else was made for another query, or made up. */
function refuseUnfit({ values }: { values: readonly unknown[] }, sort: readonly SortKey[]): void {
  const fits = sort.every(
    ({ by }, at) => values[at] === null || typeof values[at] === (by === 'name' ? 'string' : 'number'),
  );
  if (values.length !== sort.length || !fits) throw malformedCursor();
}

/** One more than a page of the segment's own first documents after the cursor, or of its last ones before it. */
function firstInSegment(
  set: MatchSet,
  orders: readonly KeyOrder[],
  { size, after }: { size: number; after?: Keyset },
): Ranked[] {
  const first = after ? undefined : leadersAmong(set, orders[0]!, size + 1);
  const match = { ...set, documents: first ?? set.documents.list };
  const bounds = after && orders.map((order, at) => order.boundOf(after.values[at] ?? null));
  const sign = after?.isBackwards ? -1 : 1;
  const idBound = after && idPlace(match.live, after);
  const { idRanks } = match.live.segment;
  const compare: Compare = (a, b) => {
    for (const { numberOf } of orders) {
      const [left, right] = [numberOf(a.document), numberOf(b.document)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return sign * (idRanks[a.document]! - idRanks[b.document]!);
  };
  const isBeyond = (document: number): boolean => {
    for (const [at, { numberOf }] of orders.entries()) {
      const own = numberOf(document);
      if (own !== bounds![at]) return own > bounds![at]! === sign > 0;
    }
    return idRanks[document]! >= idBound! === sign > 0;
  };
  const heap = new Heap<Ranked>(size + 1, compare);
  const ranked = sign > 0 ? orders[0]?.ranked : undefined;
  let worst = lastPlace;
  for (let index = 0; index < match.documents.length; index++) {
    const document = match.documents[index]!;
    if (ranked && placeOf(ranked.ranks[document]!, ranked.descending) > worst) continue;
    if (bounds && !isBeyond(document)) continue;
    heap.offer({ match, document, index });
    if (ranked && heap.isFull) worst = placeOf(ranked.ranks[heap.worst.document]!, ranked.descending);
  }
  return heap.sorted();
}

/** In a smaller share of a segment all are looked at sooner. */
const fewToRank = 1 / 16;
/** Share of a segment that leads in an order. */
const leading = 1 / 64;

/** Where many documents are put in an order of ranks: those among the leading ones of the segment, if these are `least` or more. */
function leadersAmong({ live, documents }: MatchSet, { ranked }: KeyOrder, least: number): Uint32Array | undefined {
  const { size } = live.segment;
  if (!ranked || documents.length < size * fewToRank) return undefined;
  const { key, descending } = ranked;
  const leaders = live.remembered(`${descending ? 'last' : 'first'} by ${key}`, () =>
    leadersBy(ranked, size * leading),
  );
  const found = intersect(leaders.bits.slice(), documents.bits);
  const length = sizeOf(found);
  return length < least ? undefined : listed(found, length);
}

/** Documents of the first places in the order, some `wanted` of them or more. */
function leadersBy({ ranks, descending }: RankOrder, wanted: number): Bits {
  const counts = new Uint32Array(ranks.length + 1);
  for (let document = 0; document < ranks.length; document++) counts[ranks[document]!]! += 1;
  const isLeading = new Uint8Array(counts.length);
  const [first, step] = descending ? [ranks.length, -1] : [1, 1];
  for (let rank = first, sum = 0; rank > 0 && rank < counts.length && sum < wanted; rank += step) {
    isLeading[rank] = 1;
    sum += counts[rank]!;
  }
  return marked(ranks, isLeading);
}

const lastPlace = 0xffff_ffff;

/** Ranks as whole numbers that ascend in the order of the key; missing, which is rank 0, comes last both ways. */
function placeOf(rank: number, descending: boolean): number {
  if (!descending) return (rank - 1) >>> 0;
  return rank === 0 ? lastPlace : lastPlace - rank;
}

/** Rank of the first id that comes after the cursor's; backwards, of the first that does not come before it. */
function idPlace({ segment: { ids, idOrder } }: LiveSegment, { id, isBackwards }: Keyset): number {
  const wanted = { table: { bytes: Buffer.from(id), offsets: Uint32Array.of(0, Buffer.byteLength(id)) }, at: 0 };
  let [low, high] = [0, idOrder.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareEntries(ids, idOrder[middle]!, wanted);
    if (order < 0 || (order === 0 && !isBackwards)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compareValues(a: number | string | null, b: number | string | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const difference =
    typeof a === 'string' && typeof b === 'string'
      ? Buffer.compare(Buffer.from(a), Buffer.from(b))
      : Number(a) - Number(b);
  return descending ? -difference : difference;
}

/** Keys of which one is relevance: strict hits stay first within it. */
export function relevanceAmong(sets: readonly Pick<Matches, 'live'>[], sort: readonly SortKey[]): Compare {
  const orders = new Map(sets.map(({ live }) => [live, sort.map((key) => keyOrder(live, key))]));
  const keyValue = ({ match, document }: Ranked, at: number) => orders.get(match.live)![at]!.keyValue(document);
  return (a, b) => {
    for (const [at, key] of sort.entries()) {
      const difference =
        key.by === 'relevance' ? byScore(a, b) : compareValues(keyValue(a, at), keyValue(b, at), key.descending);
      if (difference !== 0) return difference;
    }
    return compareIds(a, b);
  };
}
