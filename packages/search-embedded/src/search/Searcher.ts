import type {
  Clause,
  CoverageAnswer,
  CoverageQuery,
  GroupAnswer,
  GroupQuery,
  KeywordField,
  SearchAnswer,
  SearchCursor,
  SearchHit,
  SearchQuery,
  SortKey,
  Suggestion,
  TaggedClause,
  TextQuery,
} from '@credatlas/model';
import type { WantedTerms } from '@credatlas/ports';
import { compareUtf8 } from '@credatlas/skills';
import { documentOf } from '../segment/documentOf.ts';
import type { SuggestionField } from '../segment/Segment.ts';
import type { SetChange } from '../segment/SegmentData.ts';
import { flagsOf } from './clauses.ts';
import { coverageOf } from './coverage.ts';
import { malformedCursor } from './cursorFaults.ts';
import { facetOf } from './facets.ts';
import { GlobalValues } from './GlobalValues.ts';
import { groupsOf } from './groups.ts';
import { LiveSegment } from './LiveSegment.ts';
import { MergedRanking } from './MergedRanking.ts';
import { type Found, found, type Matches, scored } from './matches.ts';
import { type LaterMatches, unscored } from './mostRelevant.ts';
import { firstByRelevance, idOf, pageBySort, type Ranked, relevanceAmong } from './ranking.ts';
import { Snapshots } from './Snapshots.ts';
import { suggestionsOf } from './suggest.ts';
import { tableByValue, tableQueryOf } from './tableByValue.ts';
import { type FoundTerms, mostFrequent, termsLike } from './vocabulary.ts';

/** Everything that only reads, over one state of the segments at a time. Synchronous: it is meant to run in a thread of its own. */
export class Searcher {
  readonly #snapshots: Snapshots;
  #segments: LiveSegment[] = [];
  #values = new Map<KeywordField, GlobalValues>();
  #seq = 0;

  /** `now` in milliseconds; `name` keeps the snapshots of several searchers apart. */
  constructor(options: { now: () => number; name: string }) {
    this.#snapshots = new Snapshots(options);
  }

  /** What the keeper of the segments says has changed; the next search sees all of it. */
  change({ added, removed, deleted, state }: SetChange): void {
    if (added.length > 0 || removed.length > 0) {
      const gone = new Set(removed);
      for (const live of this.#segments) if (gone.has(live.uid)) live.close();
      this.#segments = [
        ...this.#segments.filter(({ uid }) => !gone.has(uid)),
        ...added.map((data) => new LiveSegment(data)),
      ];
      this.#values = new Map();
    }
    for (const { uid, document } of deleted) this.#segments.find((live) => live.uid === uid)?.delete(document);
    this.#seq = state.seq;
  }

  search(query: SearchQuery): SearchAnswer {
    const all = found(
      this.#segments,
      query,
      query.facets.map(({ tag }) => tag),
    );
    const facets = Object.fromEntries(
      query.facets.map((facet) => [facet.name, facetOf(all, facet, (field) => this.#valuesOf(field))]),
    );
    return { total: all.total, ...this.#page(all, query), facets, seq: this.#seq };
  }

  count(query: { text?: TextQuery; filter: TaggedClause[] }): number {
    return found(this.#segments, query).total;
  }

  matching({ ids, clause }: { ids: string[]; clause: Clause }): string[] {
    const found = new Set<string>();
    for (const live of this.#segments) {
      const held = ids.flatMap((id) => {
        const document = documentOf(live.segment, id);
        return document === undefined || live.deleted[document] ? [] : [{ id, document }];
      });
      const flags = flagsOf(
        live,
        clause,
        Uint32Array.from(held, ({ document }) => document),
      );
      for (const [at, { id }] of held.entries()) if (flags[at] === 1) found.add(id);
    }
    return ids.filter((id) => found.has(id));
  }

  suggest(query: { fields: SuggestionField[]; tokens: string[]; size: number }): Suggestion[] {
    if (query.tokens.length === 0) return [];
    return query.fields
      .flatMap((field) => suggestionsOf(this.#segments, field, query))
      .sort((a, b) => b.documents - a.documents || compareUtf8(a.value, b.value))
      .slice(0, query.size);
  }

  coverage(query: CoverageQuery): CoverageAnswer {
    this.#leaveRoom();
    return { ...coverageOf(this.#segments, query), seq: this.#seq };
  }

  groupBy(query: GroupQuery): GroupAnswer {
    this.#leaveRoom();
    const { matches } = found(this.#segments, query);
    const valuesOf = (field: KeywordField) => this.#valuesOf(field);
    const byValue = tableQueryOf(query, matches);
    const table = byValue ? tableByValue(matches, byValue, valuesOf) : groupsOf(matches, query, valuesOf);
    return { ...table, seq: this.#seq };
  }

  /** Freezes all matches in the UTF-8 byte order of their ids; `scanned` reads them page by page. */
  scan(query: { text?: TextQuery; filter: TaggedClause[] }): string {
    return this.#snapshots.keep(new MergedRanking(found(this.#segments, query).matches.map(listed), 'ids'));
  }

  scanned({ snapshot, position, size }: { snapshot: string; position: number; size: number }): string[] {
    return this.#snapshots.read(snapshot, (ranking) => ranking.page(position, size).map(idOf));
  }

  termsLike({ wanted, limit }: { wanted: WantedTerms; limit: number }): FoundTerms {
    return mostFrequent(this.#segments, limit, (live) => termsLike(live, wanted));
  }

  close(): void {
    for (const live of this.#segments) live.close();
  }

  /** Before a question, not after it: one that fails would not come to that. */
  #leaveRoom(): void {
    for (const { room } of this.#segments) room.leave();
  }

  #valuesOf(field: KeywordField): GlobalValues {
    const known = this.#values.get(field) ?? new GlobalValues(this.#segments, field);
    this.#values.set(field, known);
    return known;
  }

  #page(all: Found, query: SearchQuery): Page {
    if (query.after?.kind === 'snapshot') return this.#snapshotPage(query.after, query.size);
    const isRanked = query.sort.length === 0 || query.sort.some(({ by }) => by === 'relevance');
    if (query.text && isRanked) {
      if (query.after) throw malformedCursor();
      return this.#relevancePage(all, query);
    }
    if (query.size === 0) return { hits: [] };
    const sort: SortKey[] = query.sort.length > 0 ? query.sort : [{ by: 'name', descending: false }];
    const { hits, ...around } = pageBySort(all.sets(), {
      sort,
      size: query.size,
      ...(query.after ? { after: query.after } : {}),
    });
    return { hits: hits.map((hit) => hitOf(alone(hit))), ...around };
  }

  #relevancePage(all: Found, { sort, size }: SearchQuery): Pick<SearchAnswer, 'hits' | 'next'> {
    const isMixed = sort.some(({ by }) => by !== 'relevance');
    // Sets of documents are never written to, so later writes do not touch them; ids stay in their segments.
    const sets = all.sets();
    const later = sets.map(unscored);
    const ranking = new MergedRanking(later, isMixed ? relevanceAmong(sets, sort) : 'relevance');
    const hits = isMixed ? ranking.page(0, size) : firstByRelevance(later, size);
    if (ranking.size <= size) return { hits: hits.map(hitOf) };
    const snapshot = this.#snapshots.keep(ranking);
    return { hits: hits.map(hitOf), next: { kind: 'snapshot', snapshot, position: size } };
  }

  #snapshotPage(after: Extract<SearchCursor, { kind: 'snapshot' }>, size: number): Page {
    const { kind, snapshot, position, isBackwards } = after;
    const from = isBackwards ? Math.max(0, position - size) : position;
    const to = isBackwards ? position : position + size;
    return this.#snapshots.read(snapshot, (ranking) => ({
      hits: ranking.page(from, to - from).map(hitOf),
      ...(to < ranking.size ? { next: { kind, snapshot, position: to } } : {}),
      ...(from > 0 ? { prev: { kind, snapshot, position: from, isBackwards: true } } : {}),
    }));
  }
}

type Page = Pick<SearchAnswer, 'hits' | 'next' | 'prev'>;

function listed(match: Matches): LaterMatches {
  const { length, byteLength } = match.documents;
  return { size: length, bytes: byteLength, all: () => match };
}

/** The same hit with a score, as the only match. */
function alone({ match, document }: Ranked): Ranked {
  return { match: scored({ ...match, documents: Uint32Array.of(document) }), document, index: 0 };
}

function hitOf(hit: Ranked): SearchHit {
  const { scores, isStrict } = hit.match;
  const strict = (isStrict?.[hit.index] ?? 1) === 1;
  return { id: idOf(hit), strict, ...(scores && strict ? { score: scores[hit.index]! } : {}) };
}
