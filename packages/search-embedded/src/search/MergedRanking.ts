import { GrowingList } from '../arrays/arrays.ts';
import { add, bitsFor, listed } from '../arrays/bits.ts';
import { gallop } from '../arrays/gallop.ts';
import type { Matches } from './matches.ts';
import type { LaterMatches } from './mostRelevant.ts';
import { byRelevance, type Compare, compareIds, type Ranked } from './ranking.ts';

/** Of a hit that is in order: its document, its score, and its ranks in its segment and among all. */
const bytesAHit = 16;

/** By id, by relevance with ties by id, or by a comparison of hits. */
export type Order = 'ids' | 'relevance' | Compare;

/**
 * All matches in one order, told page by page. Those of each segment are put in order when the first page is asked for, since most
 * rankings never need it; segments are merged as far as pages are asked for.
 */
export class MergedRanking {
  readonly size: number;
  readonly #given: readonly LaterMatches[];
  #matches: readonly Matches[] = [];
  readonly #order: Order;
  readonly #compare: Compare;
  /** Ranks of ids, by segment, in order; undefined: not yet. */
  #runs: Uint32Array[] | undefined;
  /** What has been merged: the segment of each hit, and the rank of its id there. */
  readonly #segments = new GrowingList();
  readonly #ranks = new GrowingList();
  #heads: Head[] = [];

  constructor(given: readonly LaterMatches[], order: Order) {
    this.#given = given;
    this.#order = order;
    this.#compare = order === 'ids' ? compareIds : order === 'relevance' ? byRelevance : order;
    this.size = given.reduce((sum, { size }) => sum + size, 0);
  }

  /** Held in memory, about. */
  get bytes(): number {
    return this.#runs ? this.size * bytesAHit : this.#given.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  page(from: number, size: number): Ranked[] {
    const to = Math.min(from + size, this.size);
    this.#mergeTo(to);
    return Array.from({ length: Math.max(0, to - from) }, (_, at) => this.#at(from + at));
  }

  #at(place: number): Ranked {
    return this.#hit(this.#segments.at(place), this.#ranks.at(place));
  }

  #hit(segment: number, rank: number): Ranked {
    const match = this.#matches[segment]!;
    const document = match.live.segment.idOrder[rank]!;
    const { documents } = match;
    return { match, document, index: gallop(documents, { from: 0, to: documents.length, wanted: document }) };
  }

  #mergeTo(to: number): void {
    if (!this.#runs) this.#begin();
    while (this.#ranks.length < to) {
      const head = this.#heads[0]!;
      const run = this.#runs![head.segment]!;
      this.#segments.push(head.segment);
      this.#ranks.push(run[head.place]!);
      head.place += 1;
      if (head.place === run.length) this.#heads.shift();
      else if (this.#heads.length > 1) {
        head.hit = this.#hit(head.segment, run[head.place]!);
        // Most hits are of one large segment, whose next one is the best again.
        for (let at = 1; at < this.#heads.length && this.#compare(head.hit, this.#heads[at]!.hit) > 0; at++) {
          this.#heads[at - 1] = this.#heads[at]!;
          this.#heads[at] = head;
        }
      }
    }
  }

  #begin(): void {
    this.#matches = this.#given.map(({ all }) => all());
    this.#runs = this.#matches.map((match) => ranksInOrder(match, this.#order));
    const heads = this.#runs.flatMap((run, segment): Head[] =>
      run.length > 0 ? [{ segment, place: 0, hit: this.#hit(segment, run[0]!) }] : [],
    );
    this.#heads = heads.sort((a, b) => this.#compare(a.hit, b.hit));
  }
}

/** Where a segment's run has been merged to. */
interface Head {
  segment: number;
  place: number;
  hit: Ranked;
}

function ranksInOrder(match: Matches, order: Order): Uint32Array {
  if (order === 'ids') return ranksById(match);
  return order === 'relevance' ? ranksByRelevance(match) : ranksBy(match, order);
}

/** Without comparing any: a bit for each rank tells which are there. */
function ranksById({ live, documents }: Matches): Uint32Array {
  const { idRanks, size } = live.segment;
  return listed(
    add(
      bitsFor(size),
      documents.map((document) => idRanks[document]!),
    ),
  );
}

/** Sorted as whole numbers of 64 bits: what is not strict above what is, then the bits of the score from high to low, then the rank. */
function ranksByRelevance({ live, documents, scores, isStrict }: Matches): Uint32Array {
  const { idRanks } = live.segment;
  const keys = new BigUint64Array(documents.length);
  const halves = new Uint32Array(keys.buffer);
  // The bits of numbers that are not negative ascend with them.
  const bits = scores ? new Uint32Array(scores.buffer, scores.byteOffset, scores.length) : undefined;
  for (let index = 0; index < documents.length; index++) {
    halves[2 * index] = idRanks[documents[index]!]!;
    halves[2 * index + 1] = (0x7fffffff - (bits?.[index] ?? 0)) | ((isStrict?.[index] ?? 1) === 1 ? 0 : 0x80000000);
  }
  keys.sort();
  return Uint32Array.from({ length: documents.length }, (_, at) => halves[2 * at]!);
}

function ranksBy(match: Matches, compare: Compare): Uint32Array {
  const { idRanks } = match.live.segment;
  const hits = Array.from(match.documents, (document, index): Ranked => ({ match, document, index }));
  return Uint32Array.from(hits.sort(compare), ({ document }) => idRanks[document]!);
}
