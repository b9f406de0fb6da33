import {
  type Clause,
  ConflictError,
  type CoverageAnswer,
  type CoverageQuery,
  type GroupAnswer,
  type GroupQuery,
  type SearchAnswer,
  type SearchChange,
  type SearchDocument,
  type SearchHit,
  type SearchQuery,
  type SortKey,
  type Suggestion,
  type SuggestionEntry,
  type TaggedClause,
  type TextQuery,
} from '@credatlas/model';
import type { Clock, EngineInfo, Log, SearchEngine, Vocabulary } from '@credatlas/ports';
import { compareUtf8 } from '@credatlas/skills';
import { clauseMask } from './clauseMask.ts';
import { coverageOf } from './coverage.ts';
import { facetsOf } from './facets.ts';
import { groupsOf } from './groups.ts';
import { matchesOf, type SegmentMatches } from './matches.ts';
import { byRelevance, bySort, firstOf, hitsOf, idOf, isAfter, type Ranked, scoreOf, sortValues } from './ranking.ts';
import { SegmentSet } from './SegmentSet.ts';
import { Snapshots } from './Snapshots.ts';
import { StemDictionary } from './StemDictionary.ts';
import { suggestionsIn } from './suggest.ts';

export interface EmbeddedSearchEngineOptions {
  /** Where segments are kept; absent: in memory only. */
  folder?: string;
  /** False: nothing is ever written to the folder. */
  writable: boolean;
  stem: (token: string) => string;
  clock: Clock;
  log: Log;
  /** Documents in memory that make it seal by itself; a seal of this many takes about a second. */
  sealAt?: number;
}

/** Ids of one page of a scan: enough to read their records in one go. */
const scanPage = 1_000;

/** The search port in one process: immutable array segments, sealed to files, rebuilt from the store whenever in doubt. */
export class EmbeddedSearchEngine implements SearchEngine, Vocabulary {
  readonly #set: SegmentSet;
  readonly #snapshots: Snapshots;
  readonly #stems: StemDictionary;
  readonly #writable: boolean;
  readonly #sealAt: number;
  #seq: number;

  private constructor(options: EmbeddedSearchEngineOptions, set: SegmentSet) {
    this.#set = set;
    this.#snapshots = new Snapshots(options.clock);
    this.#stems = new StemDictionary(options.stem);
    this.#writable = options.writable && options.folder !== undefined;
    this.#sealAt = options.sealAt ?? 20_000;
    this.#seq = set.durableSeq;
  }

  static open(options: EmbeddedSearchEngineOptions): EmbeddedSearchEngine {
    const set = new SegmentSet({ folder: options.folder, log: options.log });
    set.open();
    return new EmbeddedSearchEngine(options, set);
  }

  async info(): Promise<EngineInfo> {
    const { documents, durableSeq, generation } = this.#set;
    return { engine: 'embedded', documents, seq: this.#seq, durableSeq, generation };
  }

  async apply(changes: SearchChange[], upTo: number): Promise<void> {
    this.#set.apply(changes);
    this.#seq = Math.max(this.#seq, upTo);
    if (this.#writable && this.#set.unsealed >= this.#sealAt) await this.seal();
  }

  async seal(): Promise<void> {
    if (this.#writable && (this.#set.durableSeq !== this.#seq || this.#set.unsealed > 0)) this.#set.seal(this.#seq);
  }

  async rebuild(
    documents: AsyncIterable<SearchDocument>,
    options: { seq: number; expected(): Promise<number>; signal?: AbortSignal },
  ): Promise<void> {
    const chunks: SearchDocument[][] = [[]];
    let count = 0;
    for await (const document of documents) {
      options.signal?.throwIfAborted();
      if ((chunks.at(-1)?.length ?? 0) >= this.#set.chunkSize) chunks.push([]);
      chunks.at(-1)?.push(document);
      count += 1;
    }
    const expected = await options.expected();
    if (count !== expected) {
      throw new ConflictError(
        'counts_disagree',
        `The new index has ${count} documents where ${expected} were expected; the old one stays. Rebuild again.`,
      );
    }
    this.#set.replace(
      chunks.filter((chunk) => chunk.length > 0),
      options.seq,
    );
    this.#seq = options.seq;
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    const matches = matchesOf(this.#set.segments, { ...query, tags: query.facets.map(({ tag }) => tag) });
    const total = matches.reduce((sum, { count }) => sum + count, 0);
    const facets = facetsOf(matches, query.facets);
    const page = this.#page(matches, query, total);
    return { total, ...page, facets, seq: this.#seq };
  }

  async count(query: { text?: TextQuery; filter: TaggedClause[] }): Promise<number> {
    return matchesOf(this.#set.segments, { ...query, tags: [] }).reduce((sum, { count }) => sum + count, 0);
  }

  async matching(ids: string[], clause: Clause): Promise<string[]> {
    const places = ids.flatMap((id) => {
      const place = this.#set.placeOf(id);
      return place ? [{ id, ...place }] : [];
    });
    const masks = new Map([...new Set(places.map(({ live }) => live))].map((live) => [live, clauseMask(live, clause)]));
    return places.filter(({ live, document }) => masks.get(live)?.[document] === 1).map(({ id }) => id);
  }

  async suggest(query: { fields: SuggestionEntry['field'][]; tokens: string[]; size: number }): Promise<Suggestion[]> {
    if (query.tokens.length === 0) return [];
    return query.fields
      .flatMap((field) => suggestionsIn(this.#set.segments, field, query.tokens))
      .sort((a, b) => b.documents - a.documents || compareUtf8(a.value, b.value))
      .slice(0, query.size);
  }

  async coverage(query: CoverageQuery): Promise<CoverageAnswer> {
    return { ...coverageOf(matchesOf(this.#set.segments, { ...query, tags: [] }), query), seq: this.#seq };
  }

  async groupBy(query: GroupQuery): Promise<GroupAnswer> {
    return { ...groupsOf(matchesOf(this.#set.segments, { ...query, tags: [] }), query), seq: this.#seq };
  }

  async *scan(query: { text?: TextQuery; filter: TaggedClause[] }): AsyncIterable<string[]> {
    const ids = [...hitsOf(matchesOf(this.#set.segments, { ...query, tags: [] }))].map(idOf).sort(compareUtf8);
    for (let start = 0; start < ids.length; start += scanPage) yield ids.slice(start, start + scanPage);
  }

  async sharingStem(stem: string, limit: number): Promise<{ terms: string[]; truncated: boolean }> {
    return this.#stems.sharingStem(this.#set.segments, stem, limit);
  }

  async close(): Promise<void> {
    await this.seal();
  }

  #page(matches: SegmentMatches[], query: SearchQuery, total: number): Pick<SearchAnswer, 'hits' | 'next'> {
    if (query.after?.kind === 'snapshot') return this.#snapshotPage(query.after, query.size);
    const isRelevance =
      query.text !== undefined && (query.sort.length === 0 || query.sort.some(({ by }) => by === 'relevance'));
    if (isRelevance) return this.#relevancePage(matches, query, total);
    const sort: SortKey[] = query.sort.length > 0 ? query.sort : [{ by: 'name', descending: false }];
    const compare = bySort(sort);
    const all = hitsOf(matches);
    const rest = query.after ? filtered(all, isAfter(query.after, sort)) : all;
    const found = firstOf(rest, query.size + 1, compare);
    const page = found.slice(0, query.size);
    const last = page.at(-1);
    const hasMore = found.length > query.size && last !== undefined;
    return {
      hits: page.map(hitOf),
      ...(hasMore ? { next: { kind: 'keyset', values: sortValues(last, sort), id: idOf(last) } } : {}),
    };
  }

  #relevancePage(matches: SegmentMatches[], query: SearchQuery, total: number): Pick<SearchAnswer, 'hits' | 'next'> {
    const compare = query.sort.length > 1 || query.sort[0]?.by === 'name' ? relevanceWithin(query.sort) : byRelevance;
    const hits = firstOf(hitsOf(matches), query.size, compare).map(hitOf);
    if (total <= query.size) return { hits };
    // Matches are masks of their own, so later writes do not touch them; ids stay in their segments.
    const snapshot = this.#snapshots.keep(total, () => [...hitsOf(matches)].sort(compare).map(hitOf));
    return { hits, next: { kind: 'snapshot', snapshot, position: query.size } };
  }

  #snapshotPage(after: { snapshot: string; position: number }, size: number): Pick<SearchAnswer, 'hits' | 'next'> {
    const ranking = this.#snapshots.hits(after.snapshot);
    const position = after.position + size;
    return {
      hits: ranking.slice(after.position, position),
      ...(position < ranking.length ? { next: { kind: 'snapshot', snapshot: after.snapshot, position } } : {}),
    };
  }
}

function hitOf(hit: Ranked): SearchHit {
  const { isStrict, score } = scoreOf(hit);
  return { id: idOf(hit), strict: isStrict, ...(hit.match.scores && isStrict ? { score } : {}) };
}

/** Several keys of which one is relevance: strict hits stay first within it. */
function relevanceWithin(sort: readonly SortKey[]): (a: Ranked, b: Ranked) => number {
  const at = sort.findIndex(({ by }) => by === 'relevance');
  const [before, after] = [sort.slice(0, at), sort.slice(at + 1)];
  return (a, b) => keysOnly(before)(a, b) || byScore(a, b) || bySort(after)(a, b);
}

function byScore(a: Ranked, b: Ranked): number {
  const [left, right] = [scoreOf(a), scoreOf(b)];
  return Number(right.isStrict) - Number(left.isStrict) || right.score - left.score;
}

function keysOnly(sort: readonly SortKey[]): (a: Ranked, b: Ranked) => number {
  const compare = bySort(sort);
  return (a, b) =>
    sort.length > 0 && sortValues(a, sort).some((value, index) => value !== sortValues(b, sort)[index])
      ? compare(a, b)
      : 0;
}

function* filtered(hits: Iterable<Ranked>, keep: (hit: Ranked) => boolean): Iterable<Ranked> {
  for (const hit of hits) if (keep(hit)) yield hit;
}
